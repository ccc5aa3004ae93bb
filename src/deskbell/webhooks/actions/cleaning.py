"""What time does to deliveries: jobs that were lost are found, old logs go."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from deskbell.kernel.api import clock
from deskbell.webhooks.actions.queueing import defer_sending
from deskbell.webhooks.models import Delivery, DeliveryState, Webhook
from deskbell.webhooks.options import KEEP_DAYS

FORGOTTEN_AFTER = timedelta(minutes=3)
AT_ONCE = 5_000


def find_forgotten() -> int:
    """Queue jobs for webhooks with something long due, whose job is gone; returns how many."""
    overdue = clock.now() - FORGOTTEN_AFTER
    waiting = Delivery.objects.filter(
        Q(webhook__rest_until=None) | Q(webhook__rest_until__lt=overdue),
        state=DeliveryState.WAITING,
        next_try_at__lt=overdue,
        webhook__is_active=True,
    )
    found = list(waiting.order_by().values_list("webhook_id", flat=True).distinct())
    for webhook_id in found:
        defer_sending(webhook_id)
    return len(found)


def delete_old() -> int:
    """Delete the log beyond its days, and what waited longer than that; returns how many rows of all sorts."""
    oldest = clock.now() - timedelta(days=KEEP_DAYS.get())
    old = Delivery.objects.filter(created_at__lt=oldest).order_by("created_at").values("pk")[:AT_ONCE]
    deleted, _by_model = Delivery.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    Webhook.objects.filter(previous_secret_until__lt=clock.now()).exclude(previous_secret="").update(
        previous_secret="", previous_secret_until=None
    )
    return deleted
