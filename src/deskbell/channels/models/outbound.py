"""What goes out: one row per message to be handed to an SMTP server."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class OutboundKind(models.TextChoices):
    REPLY = "reply", _("Answer")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    TEST = "test", _("Test of a mailbox")


class OutboundState(models.TextChoices):
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    BOUNCED = "bounced", _("Returned")


class OutboundMessage(models.Model):
    """A message on its way out.

    recipients: list of {"name", "address", "role" (to, cc), "state" (queued, sent, failed, bounced), "error"}.
    mail_id: our Message-ID, without angle brackets, the same in every attempt. raw: as composed for the first attempt.
    handed_over_at: set and committed right before the text is handed to the server and cleared when its answer is
    known: if it is still set after a crash, nobody knows whether the server has the message.
    give_up_at: until when transient failures are tried again.
    """

    kind = models.CharField(max_length=20, choices=OutboundKind, default=OutboundKind.REPLY)
    message = models.OneToOneField("tickets.Message", on_delete=models.CASCADE, null=True, related_name="+")
    mailbox = models.ForeignKey("channels.Mailbox", on_delete=models.SET_NULL, null=True, related_name="+")
    recipients = models.JSONField(default=list)
    mail_id = models.CharField(max_length=300, blank=True, default="", db_index=True)
    subject = models.CharField(max_length=500, blank=True, default="")
    raw = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")

    state = models.CharField(max_length=12, choices=OutboundState, default=OutboundState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    attempted_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, default="")
    response = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state__in=["queued", "sending"]), name="outbound_waiting"
            ),
            models.Index(fields=["-id"], condition=models.Q(state__in=["failed", "bounced"]), name="outbound_failed"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.state}"
