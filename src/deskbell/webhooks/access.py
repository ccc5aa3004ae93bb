"""Who may set up webhooks and read what they sent."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import Permission, Policy, Scope, Viewer, permissions, policies, scopes
from deskbell.webhooks.models import Delivery, Webhook

MANAGE = "webhooks.manage"
READ_SCOPE = "webhooks:read"
WRITE_SCOPE = "webhooks:write"

permissions.register(MANAGE, Permission(MANAGE, _("Send events to other servers by webhooks"), _("Desk")))
scopes.register(READ_SCOPE, Scope(READ_SCOPE, _("Read webhooks and their deliveries")))
scopes.register(WRITE_SCOPE, Scope(WRITE_SCOPE, _("Change webhooks")))


class WebhookPolicy(Policy[Webhook]):
    """Managers see all webhooks; only its owner changes what one sends where (`actions.webhooks`)."""

    model = Webhook

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Webhook]) -> QuerySet[Webhook]:
        return queryset if viewer.may(MANAGE) else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Webhook) -> bool:
        return viewer.may(permission)


class DeliveryPolicy(Policy[Delivery]):
    """The log is for managers; the content of a delivery for those who may see its subject (`queries`)."""

    model = Delivery

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        return queryset if viewer.may(MANAGE) else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Delivery) -> bool:
        return viewer.may(permission)


for _policy in (WebhookPolicy(), DeliveryPolicy()):
    policies.register(_policy)
