"""What a merge moves between two tickets, and back: a few statements, however much hangs on them."""

from __future__ import annotations

from deskbell.kernel.api import Statement, clock
from deskbell.tickets.models import Direction, LinkKind, Merge, ParticipantRole, Ticket

_MOVE_MESSAGES = "UPDATE tickets_message SET ticket_id = %s WHERE ticket_id = %s RETURNING id"
_MOVE_MENTIONS = "UPDATE tickets_mention SET ticket_id = %s WHERE ticket_id = %s RETURNING id"
# Whoever asked takes part from now on beside those who took part; nobody twice.
_ADD_PARTICIPANTS = """
INSERT INTO tickets_participant (ticket_id, user_id, role, added_at)
SELECT %s, user_id, role, %s
FROM (
    SELECT user_id, role FROM tickets_participant WHERE ticket_id = %s
    UNION ALL
    SELECT %s, %s
) AS taking_part
WHERE user_id <> %s
ORDER BY user_id
ON CONFLICT (ticket_id, user_id) DO NOTHING
RETURNING id
"""
_ADD_WATCHERS = """
INSERT INTO tickets_watcher (ticket_id, user_id, added_at)
SELECT %s, user_id, %s FROM tickets_watcher WHERE ticket_id = %s ORDER BY user_id
ON CONFLICT (ticket_id, user_id) DO NOTHING
RETURNING id
"""
_LINK = """
INSERT INTO tickets_ticketlink (source_id, target_id, kind, created_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (source_id, target_id, kind) DO NOTHING
RETURNING id
"""
_MESSAGES_BACK = "UPDATE tickets_message SET ticket_id = %s WHERE id = ANY(%s) AND ticket_id = %s"
_MENTIONS_BACK = "UPDATE tickets_mention SET ticket_id = %s WHERE id = ANY(%s) AND ticket_id = %s"
_NO_PARTICIPANTS = "DELETE FROM tickets_participant WHERE id = ANY(%s) AND ticket_id = %s"
_NO_WATCHERS = "DELETE FROM tickets_watcher WHERE id = ANY(%s) AND ticket_id = %s"
_NO_LINKS = "DELETE FROM tickets_ticketlink WHERE id = ANY(%s) AND source_id = %s"
_CONTENT = f"""
SELECT counted.messages, last.id, last.created_at, left(last.text, 600), last.direction = '{Direction.IN.letter}'
FROM (SELECT count(*) AS messages, max(id) AS last_id FROM tickets_message WHERE ticket_id = %s) AS counted
LEFT JOIN tickets_message AS last ON last.id = counted.last_id
"""  # noqa: S608  (a letter of ours)


def into(source: Ticket, target: Ticket) -> list[Statement]:
    """Move messages and mentions, unite people, link; each gives the ids of what it moved or added, in this order:

    messages, mentions, participants, watchers, links.
    """
    now = clock.now()
    there, here = target.pk, source.pk
    taking_part = (there, now, here, source.requester_id, ParticipantRole.TO.value, target.requester_id)
    return [
        (_MOVE_MESSAGES, (there, here)),
        (_MOVE_MENTIONS, (there, here)),
        (_ADD_PARTICIPANTS, taking_part),
        (_ADD_WATCHERS, (there, now, here)),
        (_LINK, (here, there, LinkKind.DUPLICATE_OF.value, now)),
    ]


def back(merge: Merge) -> list[Statement]:
    """Undo `into`, as far as what it moved is still there."""
    here, there, moved = merge.source_id, merge.target_id, merge.before
    return [
        (_MESSAGES_BACK, (here, moved["messages"], there)),
        (_MENTIONS_BACK, (here, moved["mentions"], there)),
        (_NO_PARTICIPANTS, (moved["participants"], there)),
        (_NO_WATCHERS, (moved["watchers"], there)),
        (_NO_LINKS, (moved["links"], here)),
    ]


def content_of(ticket_id: int) -> Statement:
    """How many messages a ticket has, and of the last one: id, when, how it begins, whether it came in."""
    return _CONTENT, (ticket_id,)
