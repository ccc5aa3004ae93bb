"""Rows of webhooks: where to send what, what is to be sent, and every try."""

from deskbell.webhooks.models.delivery import Attempt, Delivery, DeliveryState
from deskbell.webhooks.models.webhook import PauseReason, Webhook

__all__ = ["Attempt", "Delivery", "DeliveryState", "PauseReason", "Webhook"]
