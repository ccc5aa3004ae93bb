"""What a webhook has to send, and every try of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock

WAITING = models.Q(state="waiting")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Not delivered")


class Delivery(models.Model):
    """One event for one webhook; written in the transaction of the event (`handlers`).

    message_id: the receiver's key against doubles, the same for every try.
    event: null for a test. Not to be joined: events have no index of single ids. No constraint: a delivery is written
    in the transaction of its event, which nobody can delete.
    subject_type, subject_id: of the event; deliveries of one subject go in order.
    claimed_until: somebody is sending it right now.
    """

    webhook = models.ForeignKey("webhooks.Webhook", on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    event = models.ForeignKey(
        "kernel.Event", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    message_id = models.CharField(max_length=64, unique=True)
    kind = models.TextField()
    subject_type = models.TextField()
    subject_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=DeliveryState, db_default=DeliveryState.WAITING)
    tries = models.PositiveIntegerField(db_default=0)
    created_at = models.DateTimeField(db_default=Now())
    next_try_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    last_status = models.PositiveIntegerField(null=True)
    last_error = models.TextField(blank=True, db_default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_event_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["webhook", "-id"], name="webhook_log"),
            models.Index(fields=["webhook", "next_try_at"], condition=WAITING, name="webhook_due"),
            models.Index(
                fields=["webhook", "subject_type", "subject_id", "id"], condition=WAITING, name="webhook_order"
            ),
            models.Index(fields=["created_at"], name="webhook_age"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.message_id} {self.kind}"


class Attempt(models.Model):
    """One try. seconds: null when Deskbell was interrupted; then nobody knows whether it arrived.

    request_headers: values of the webhook's own headers are left out. status: null without an answer.
    response: the first 4 KB, as text.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    started_at = models.DateTimeField(default=clock.now)
    seconds = models.FloatField(null=True)
    status = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True, default="")
    address = models.CharField(max_length=64, blank=True, default="")
    request_headers = models.JSONField(default=dict)
    request_body = models.TextField(blank=True, default="")
    response_headers = models.JSONField(default=dict)
    response = models.TextField(blank=True, default="")

    @override
    def __str__(self) -> str:
        return f"{self.delivery_id} {self.started_at:%Y-%m-%d %H:%M}"
