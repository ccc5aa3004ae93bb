"""Who may configure channels and see what came in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.channels.models import InboundMessage, Mailbox, OutboundMessage, OutboxMail
from deskbell.kernel.api import Permission, Policy, Viewer, permissions, policies
from deskbell.tickets.api import Message
from deskbell.tickets.api import access as ticket_access

CONFIGURE = "channels.configure"

permissions.register(CONFIGURE, Permission(CONFIGURE, _("Change mailboxes and see parked mail"), _("Channels")))


class MailboxPolicy(Policy[Mailbox]):
    """Colleagues see the mailboxes of departments in which they see tickets (to send from), managers all."""

    model = Mailbox

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Mailbox]) -> QuerySet[Mailbox]:
        if viewer.may(CONFIGURE):
            return queryset
        departments = viewer.departments_with(ticket_access.SEE)
        return queryset if departments is None else queryset.filter(department_id__in=departments)

    @override
    def may(self, viewer: Viewer, permission: str, instance: Mailbox) -> bool:
        return viewer.may(permission, instance.department_id)


class InboundPolicy(Policy[InboundMessage]):
    """The log of incoming mail is for whoever configures channels; what became a ticket, for who sees that."""

    model = InboundMessage

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[InboundMessage]) -> QuerySet[InboundMessage]:
        if viewer.may(CONFIGURE):
            return queryset
        if not viewer.is_agent:
            return queryset.none()
        return queryset.filter(message__in=policies.of(Message).visible(viewer, Message.objects.all()))

    @override
    def may(self, viewer: Viewer, permission: str, instance: InboundMessage) -> bool:
        return viewer.may(permission)


class OutboundPolicy(Policy[OutboundMessage]):
    model = OutboundMessage

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[OutboundMessage]) -> QuerySet[OutboundMessage]:
        if viewer.may(CONFIGURE):
            return queryset
        if not viewer.is_agent:
            return queryset.none()
        return queryset.filter(message__in=policies.of(Message).visible(viewer, Message.objects.all()))

    @override
    def may(self, viewer: Viewer, permission: str, instance: OutboundMessage) -> bool:
        return viewer.may(permission)


class OutboxPolicy(Policy[OutboxMail]):
    """The demonstration's outbox shows mail of all departments: for whoever configures channels."""

    model = OutboxMail

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[OutboxMail]) -> QuerySet[OutboxMail]:
        return queryset if viewer.may(CONFIGURE) else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: OutboxMail) -> bool:
        return viewer.may(permission)


for _policy in (MailboxPolicy(), InboundPolicy(), OutboundPolicy(), OutboxPolicy()):
    policies.register(_policy)
