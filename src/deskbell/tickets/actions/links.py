"""Typed links between tickets."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, clock, record, require, together
from deskbell.tickets import access, events
from deskbell.tickets.locking import lock_tickets
from deskbell.tickets.models import LinkKind, TicketLink

DEEPEST_TREE = 50  # parents above a ticket


@transaction.atomic
@together()
def link(viewer: Viewer, ticket_id: int, other_id: int, kind: str) -> TicketLink:
    """Say how a ticket relates to another one the viewer can see; the same link again changes nothing.

    Raises NotFound, NotAllowed, Invalid for an unknown kind, itself, or a ticket that would be part of itself.
    """
    if kind not in LinkKind.values:
        raise Invalid(fields={"kind": _("Choose how they are related.")})
    if ticket_id == other_id:
        raise Invalid(fields={"other": _("A ticket cannot be linked to itself.")})
    tickets = lock_tickets(viewer, (ticket_id, other_id))
    require(viewer, access.WORK, tickets[ticket_id])
    if kind == LinkKind.CHILD_OF and ticket_id in _ancestors(other_id):
        raise Invalid(fields={"other": _("That ticket is itself part of this one.")})
    both_ways = Q(source_id=ticket_id, target_id=other_id)
    if kind == LinkKind.RELATED_TO:
        both_ways |= Q(source_id=other_id, target_id=ticket_id)
    present = TicketLink.objects.filter(both_ways, kind=kind).first()
    return present or write_link(viewer, ticket_id, other_id, LinkKind(kind))


def write_link(viewer: Viewer, source_id: int, target_id: int, kind: LinkKind) -> TicketLink:
    """Write a link and its two events; authorised and locked by the caller."""
    row = TicketLink.objects.create(source_id=source_id, target_id=target_id, kind=kind, created_at=clock.now())
    for subject_id, other_id in ((source_id, target_id), (target_id, source_id)):
        record(
            viewer,
            events.LINKED,
            subject_id,
            events.Linked(other_id=other_id, kind=kind, is_source=subject_id == source_id),
        )
    return row


@transaction.atomic
@together()
def unlink(viewer: Viewer, link_id: int) -> None:
    """Remove a link; the right to work on either of its tickets is enough. Raises NotFound, NotAllowed."""
    row = TicketLink.objects.filter(pk=link_id).first()
    if row is None:
        raise NotFound
    tickets = lock_tickets(viewer, (row.source_id, row.target_id))
    require(viewer, access.WORK, tickets[row.source_id])
    row.delete()
    for subject_id, other_id in ((row.source_id, row.target_id), (row.target_id, row.source_id)):
        record(
            viewer,
            events.UNLINKED,
            subject_id,
            events.Linked(other_id=other_id, kind=row.kind, is_source=subject_id == row.source_id),
        )


def _ancestors(ticket_id: int) -> set[int]:
    found: set[int] = set()
    level = {ticket_id}
    for _step in range(DEEPEST_TREE):
        level = set(
            TicketLink.objects.filter(source_id__in=level, kind=LinkKind.CHILD_OF).values_list("target_id", flat=True)
        )
        level -= found
        if not level:
            break
        found |= level
    return found
