"""What a person has read. Theirs alone: no events.

Marks are kept for tickets that are not closed: a closed one is never unread, and whom a note there concerns is
mentioned. Whoever opens a page in the moment of closing may leave a mark; it says the truth, and nobody looks at it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer, clock, get_visible, reference, send, visible
from deskbell.kernel.statements import Slot, Statement, fetch
from deskbell.tickets.models import Ticket, TicketRead
from deskbell.tickets.models.state import FINAL

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
    return Statement.of(
        visible(viewer, Ticket).filter(pk=_TICKET).order_by().values("pk", "last_message_id", "state_category")
    )


_UPDATED = "DO UPDATE SET last_message_id = EXCLUDED.last_message_id, read_at = EXCLUDED.read_at"
_MARK: Final = f"""
WITH seen (id, last_message_id, state_category) AS MATERIALIZED ({{seen}}), marked AS (
    INSERT INTO tickets_ticketread (ticket_id, user_id, last_message_id, read_at)
    SELECT id, %s, coalesce(last_message_id, 0), %s FROM seen WHERE state_category NOT IN ({FINAL})
    ON CONFLICT (user_id, ticket_id) {_UPDATED}
), noticed AS (
    UPDATE tickets_mention AS m SET seen_at = %s FROM seen
    WHERE m.ticket_id = seen.id AND m.user_id = %s AND m.seen_at IS NULL
)
SELECT id{{commit}} FROM seen
"""  # noqa: S608  (texts of ours)


def has_read(user_id: int, ticket: Ticket, at: datetime) -> None:
    """They know the ticket as it stands, for they have just written on it or opened it again."""
    if not ticket.is_final:
        send(_HAS_READ, [ticket.pk, user_id, ticket.last_message_id or 0, at])


def forget_readers(ticket: Ticket) -> None:
    """The ticket is closed: who has read it up to where decides nothing any more."""
    send(_FORGET_READERS, [ticket.pk])


_HAS_READ: Final = f"""
INSERT INTO tickets_ticketread (ticket_id, user_id, last_message_id, read_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (user_id, ticket_id) {_UPDATED}
"""  # noqa: S608  (texts of ours)
_FORGET_READERS: Final = "DELETE FROM tickets_ticketread WHERE ticket_id = %s"


@transaction.atomic
def mark_unread(viewer: Viewer, ticket_id: int) -> None:
    """The row is bold again for this viewer. Raises NotFound, NotAllowed, and Invalid for a closed ticket."""
    ticket = get_visible(viewer, Ticket, ticket_id, Ticket.objects.only("pk", "state_category"))
    if ticket.is_final:
        raise Invalid(_("A closed ticket cannot be marked as unread."))
    TicketRead.objects.filter(user_id=_reader(viewer), ticket=ticket).delete()


def _reader(viewer: Viewer) -> int:
    if viewer.user_id is None:
        raise NotAllowed
    return viewer.user_id
