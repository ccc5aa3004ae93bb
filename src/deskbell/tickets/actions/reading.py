"""What a person has read. Theirs alone: no events."""

from __future__ import annotations

from django.db import transaction

from deskbell.kernel.api import NotAllowed, Viewer, clock, get_visible
from deskbell.tickets.models import Mention, Ticket, TicketRead


@transaction.atomic
def mark_read(viewer: Viewer, ticket_id: int) -> None:
    """The viewer has read the ticket up to its newest message. Raises NotFound, NotAllowed."""
    ticket = get_visible(viewer, Ticket, ticket_id, Ticket.objects.only("pk", "last_message_id"))
    user_id, now = _reader(viewer), clock.now()
    read = {"last_message_id": ticket.last_message_id or 0, "read_at": now}
    TicketRead.objects.update_or_create(user_id=user_id, ticket=ticket, defaults=read)
    Mention.objects.filter(ticket=ticket, user_id=user_id, seen_at=None).update(seen_at=now)


@transaction.atomic
def mark_unread(viewer: Viewer, ticket_id: int) -> None:
    """The row is bold again for this viewer. Raises NotFound, NotAllowed."""
    ticket = get_visible(viewer, Ticket, ticket_id, Ticket.objects.only("pk"))
    TicketRead.objects.filter(user_id=_reader(viewer), ticket=ticket).delete()


def _reader(viewer: Viewer) -> int:
    if viewer.user_id is None:
        raise NotAllowed
    return viewer.user_id
