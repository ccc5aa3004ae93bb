"""Who may see and do what with tickets."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import Permission, Policy, Scope, Viewer, permissions, policies, scopes
from deskbell.people import api as people
from deskbell.tickets.models import Message, MessageKind, Participant, Referral, Ticket

SEE = "ticket.see"
NOTE = "ticket.note"
CREATE = "ticket.create"
WORK = "ticket.work"
ASSIGN = "ticket.assign"
TRANSFER = "ticket.transfer"
MERGE = "ticket.merge"
PRIORITY = "ticket.priority"
BULK = "ticket.bulk"
RESTRICTED = "ticket.restricted"
CONFIGURE = "tickets.configure"

for _name, _label in (
    (SEE, _("See the department's tickets")),
    (NOTE, _("Write internal notes")),
    (CREATE, _("Create tickets for others")),
    (WORK, _("Answer, classify and change the state")),
    (ASSIGN, _("Give tickets to colleagues")),
    (TRANSFER, _("Hand over to another department")),
    (MERGE, _("Merge and split")),
    (PRIORITY, _("Override the priority")),
    (BULK, _("Change many tickets at once")),
    (RESTRICTED, _("See restricted tickets without being on their list")),
    (CONFIGURE, _("Change states, categories, priorities and fields")),
):
    permissions.register(_name, Permission(_name, _label, _("Tickets")))

for _name, _label in (
    ("tickets:read", _("Read tickets, messages and attachments")),
    ("tickets:write", _("Create, answer and change tickets")),
):
    scopes.register(_name, Scope(_name, _label))


def seen_as_agent(viewer: Viewer) -> Q:
    """Tickets of the departments in which the viewer may see, and those referred to them.

    A restricted ticket exists only for people on its list, its assignee and owner, and roles with
    `ticket.restricted`.
    """
    if viewer.is_system:
        return Q()
    if not viewer.is_agent:
        return Q(pk__in=())
    departments = viewer.departments_with(SEE)
    unrestricted = unrestricted_for(viewer)
    if departments is None and not unrestricted:
        return Q()
    in_departments = Q() if departments is None else Q(department_id__in=sorted(departments))
    return (in_departments & unrestricted) | Q(
        Exists(Referral.objects.filter(referred_to(viewer), ticket_id=OuterRef("pk")))
    )


def unrestricted_for(viewer: Viewer) -> Q:
    """Tickets that are not restricted, or not for this viewer: their role, assignee or owner."""
    allowed = viewer.departments_with(RESTRICTED)
    if allowed is None:
        return Q()
    found = Q(is_restricted=False) | Q(assignee_id=viewer.user_id) | Q(owner_id=viewer.user_id)
    return found | Q(department_id__in=sorted(allowed)) if allowed else found


def hidden_from_audit(viewer: Viewer) -> QuerySet[Ticket, int] | None:
    """Ids of restricted tickets that do not exist for this viewer; None when all of them do."""
    if viewer.is_system or not unrestricted_for(viewer):
        return None
    return Ticket.objects.filter(is_restricted=True).exclude(seen_as_agent(viewer)).values_list("pk", flat=True)


def referred_to(viewer: Viewer) -> Q:
    """Referrals to the viewer or to a department in which they may see."""
    mine = Q(user_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=())
    departments = viewer.departments_with(SEE)
    if departments is None:
        return mine | Q(department__isnull=False)
    return mine | Q(department_id__in=sorted(departments)) if departments else mine


def seen_as_customer(viewer: Viewer) -> Q:
    """Tickets the viewer asked, is affected by or takes part in, and their organisation's where allowed."""
    if viewer.user_id is None:
        return Q(pk__in=())
    takes_part = Exists(Participant.objects.filter(ticket_id=OuterRef("pk"), user_id=viewer.user_id))
    seen = Q(requester_id=viewer.user_id) | Q(affected_id=viewer.user_id) | Q(takes_part)
    if viewer.organisation_ids:
        seen |= Q(organisation_id__in=viewer.organisation_ids, is_restricted=False)
    return seen


def messages_as_customer(viewer: Viewer) -> QuerySet[Message]:
    """Public messages of tickets in which the viewer has part as one who asks, whatever their roles."""
    return Message.objects.filter(
        kind=MessageKind.PUBLIC, ticket__in=Ticket.objects.filter(seen_as_customer(viewer)).values("pk")
    )


def takes_part_as_customer(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether the viewer asked, is affected, takes part, or follows the organisation's tickets."""
    if viewer.user_id is None:
        return False
    if viewer.user_id in (ticket.requester_id, ticket.affected_id):
        return True
    if ticket.organisation_id in viewer.organisation_ids and not ticket.is_restricted:
        return True
    return ticket.participants.filter(user_id=viewer.user_id).exists()


class TicketPolicy(Policy[Ticket]):
    """Agents see by department and referral; everybody sees what they take part in (`portal` queries)."""

    model = Ticket

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Ticket]) -> QuerySet[Ticket]:
        if viewer.is_system:
            return queryset
        if viewer.is_agent:
            return queryset.filter(seen_as_agent(viewer))
        return queryset.filter(seen_as_customer(viewer))

    @override
    def may(self, viewer: Viewer, permission: str, instance: Ticket) -> bool:
        if viewer.may(permission, instance.department_id):
            return True
        if permission not in {SEE, NOTE, WORK} or not viewer.is_agent:
            return False
        referrals = [referral for referral in instance.referrals.all() if _is_given(viewer, SEE, referral)]
        if permission in {SEE, NOTE}:
            return bool(referrals)
        return any(referral.can_work and _is_given(viewer, WORK, referral) for referral in referrals)


def _is_given(viewer: Viewer, permission: str, referral: Referral) -> bool:
    """Whether the access is the viewer's own, or their department's while they hold the permission there."""
    if referral.department_id is None:
        return viewer.user_id is not None and referral.user_id == viewer.user_id
    return viewer.may(permission, referral.department_id)


class MessagePolicy(Policy[Message]):
    """A message is seen by whoever sees its ticket; notes by colleagues only."""

    model = Message

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Message]) -> QuerySet[Message]:
        if viewer.is_system:
            return queryset
        tickets = policies.of(Ticket).visible(viewer, Ticket.objects.all())
        seen = queryset.filter(ticket__in=tickets)
        return seen if viewer.is_agent else seen.filter(kind=MessageKind.PUBLIC)

    @override
    def may(self, viewer: Viewer, permission: str, instance: Message) -> bool:
        return policies.of(Ticket).may(viewer, permission, instance.ticket)


for _policy in (TicketPolicy(), MessagePolicy()):
    policies.register(_policy)
people.hidden_subjects.register("ticket", hidden_from_audit)
