"""The only door of webhooks for other packages."""

from deskbell.webhooks import events
from deskbell.webhooks.access import MANAGE
from deskbell.webhooks.actions.pausing import pause, resume
from deskbell.webhooks.actions.secrets import rotate_secret, show_secret
from deskbell.webhooks.actions.sending_again import resend, send_test
from deskbell.webhooks.actions.webhooks import (
    WebhookValues,
    create_webhook,
    remove_webhook,
    take_over,
    update_webhook,
)
from deskbell.webhooks.models import Attempt, Delivery, DeliveryState, PauseReason, Webhook
from deskbell.webhooks.options import ALLOWED_TARGETS, KEEP_DAYS, PAUSE_AFTER_DAYS
from deskbell.webhooks.own_headers import MASK
from deskbell.webhooks.queries import (
    DeliveryLog,
    DeliveryPage,
    WebhookHealth,
    check_webhooks,
    deliveries,
    delivery_log,
    health,
    waiting_counts,
    webhook,
    webhooks,
)
from deskbell.webhooks.subjects import Subject, register_subject, subjects

__all__ = [
    "ALLOWED_TARGETS",
    "KEEP_DAYS",
    "MANAGE",
    "MASK",
    "PAUSE_AFTER_DAYS",
    "Attempt",
    "Delivery",
    "DeliveryLog",
    "DeliveryPage",
    "DeliveryState",
    "PauseReason",
    "Subject",
    "Webhook",
    "WebhookHealth",
    "WebhookValues",
    "check_webhooks",
    "create_webhook",
    "deliveries",
    "delivery_log",
    "events",
    "health",
    "pause",
    "register_subject",
    "remove_webhook",
    "resend",
    "resume",
    "rotate_secret",
    "send_test",
    "show_secret",
    "subjects",
    "take_over",
    "update_webhook",
    "waiting_counts",
    "webhook",
    "webhooks",
]
