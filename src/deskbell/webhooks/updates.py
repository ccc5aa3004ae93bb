"""Open pages of a webhook learn that its log has grown."""

from __future__ import annotations

from deskbell.kernel.api import EVENTS_NEWEST_FIRST, Event, Viewer
from deskbell.live import api as live
from deskbell.webhooks.access import MANAGE

TOPIC = "webhook"


def tell(webhook_id: int) -> None:
    """At commit of the caller's transaction. The id of the stream is the log's, which tries do not write to."""
    newest = Event.objects.order_by(*EVENTS_NEWEST_FIRST).values_list("pk", flat=True).first()
    live.publish("webhook.updated", webhook_id, [f"{TOPIC}:{webhook_id}"], newest or 0)


def may_follow(viewer: Viewer, _webhook_id: int) -> bool:
    return viewer.may(MANAGE)


live.register_topic(TOPIC, may_follow)
