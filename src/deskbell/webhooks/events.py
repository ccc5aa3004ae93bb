"""What happens to webhooks, as kinds of event."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import EventData, NoData, event_kind


class NameData(EventData):
    name: str


class PauseData(EventData):
    """pause_reason: a PauseReason. error: what the last try said."""

    pause_reason: str
    error: str = ""


class DeliveryData(EventData):
    message_id: str


WEBHOOK_CREATED = event_kind("webhook.created", _("Webhook added"), NoData)
WEBHOOK_CHANGED = event_kind("webhook.changed", _("Webhook changed"), NoData)
WEBHOOK_REMOVED = event_kind("webhook.removed", _("Webhook removed"), NameData)
WEBHOOK_PAUSED = event_kind("webhook.paused", _("Webhook paused"), PauseData)
WEBHOOK_RESUMED = event_kind("webhook.resumed", _("Webhook goes on"), NoData)
WEBHOOK_TAKEN_OVER = event_kind("webhook.taken_over", _("Webhook taken over"), NoData)
WEBHOOK_SECRET_SHOWN = event_kind("webhook.secret_shown", _("Secret of a webhook looked at"), NoData)
WEBHOOK_SECRET_ROTATED = event_kind("webhook.secret_rotated", _("Secret of a webhook replaced"), NoData)
WEBHOOK_TESTED = event_kind("webhook.tested", _("Webhook tested"), NoData)
WEBHOOK_RESENT = event_kind("webhook.resent", _("Delivery of a webhook sent again"), DeliveryData)
