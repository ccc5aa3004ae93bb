"""What a person has read. Theirs alone: no events."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

from deskbell.kernel.api import NotAllowed, NotFound, Viewer, clock, get_visible, reference, visible
from deskbell.kernel.statements import Slot, Statement, fetch
from deskbell.tickets.models import Ticket, TicketRead

_TICKET: Final = Slot()


def mark_read(viewer: Viewer, ticket_id: int) -> None:
    """The viewer has read the ticket up to its newest message. One statement. Raises NotFound, NotAllowed."""
    user_id, now = _reader(viewer), clock.now()
    seen = _visible(viewer)
    # Nobody waits for the disk: what a power cut forgets is a row that is bold, or a mention that is new, once more.
    commit = "" if connection.in_atomic_block else ", set_config('synchronous_commit', 'off', true)"
    found = seen and fetch(
        _MARK.format(seen=seen.sql, commit=commit),
        [*seen.filled({_TICKET: ticket_id}), user_id, now, now, user_id],
    )
    if not found:
        raise NotFound


@reference.cached_up_to(500)
def _visible(viewer: Viewer) -> Statement | None:
    """The ticket if the viewer sees it: building this takes longer than running it."""
    return Statement.of(visible(viewer, Ticket).filter(pk=_TICKET).order_by().values("pk", "last_message_id"))


_MARK: Final = """
WITH seen (id, last_message_id) AS MATERIALIZED ({seen}), marked AS (
    INSERT INTO tickets_ticketread (ticket_id, user_id, last_message_id, read_at)
    SELECT id, %s, coalesce(last_message_id, 0), %s FROM seen
    ON CONFLICT (user_id, ticket_id) DO UPDATE
    SET last_message_id = EXCLUDED.last_message_id, read_at = EXCLUDED.read_at
), noticed AS (
    UPDATE tickets_mention AS m SET seen_at = %s FROM seen
    WHERE m.ticket_id = seen.id AND m.user_id = %s AND m.seen_at IS NULL
)
SELECT id{commit} FROM seen
"""


@transaction.atomic
def mark_unread(viewer: Viewer, ticket_id: int) -> None:
    """The row is bold again for this viewer. Raises NotFound, NotAllowed."""
    ticket = get_visible(viewer, Ticket, ticket_id, Ticket.objects.only("pk"))
    TicketRead.objects.filter(user_id=_reader(viewer), ticket=ticket).delete()


def _reader(viewer: Viewer) -> int:
    if viewer.user_id is None:
        raise NotAllowed
    return viewer.user_id
