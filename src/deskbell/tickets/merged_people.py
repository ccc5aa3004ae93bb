"""When two records of one person become one, their tickets follow (registered with `people.merge_hooks`)."""

from __future__ import annotations

from typing import Any

from deskbell.kernel.api import Rows, Viewer, ask, clock, record, send
from deskbell.people.api import merge_hooks
from deskbell.tickets import events

_ROLES = ("requester_id", "affected_id", "assignee_id", "owner_id")
_CONCERNED = f"""
SELECT id, {", ".join(_ROLES)}, organisation_id, language FROM tickets_ticket
WHERE requester_id = %s OR affected_id = %s OR assignee_id = %s OR owner_id = %s
ORDER BY id FOR UPDATE
"""  # noqa: S608  (names of our own)
_TARGET = "SELECT organisation_id, language FROM people_user WHERE id = %s"
_MOVE = f"""
UPDATE tickets_ticket
SET organisation_id = CASE WHEN requester_id = %s THEN %s::bigint ELSE organisation_id END,
    language = CASE WHEN requester_id = %s THEN %s ELSE language END,
    {", ".join(f"{name} = CASE WHEN {name} = %s THEN %s::bigint ELSE {name} END" for name in _ROLES)},
    version = version + 1, updated_at = %s
WHERE id = ANY(%s)
"""  # noqa: S608

# A person stands in each of these once: where the target stands already, the source's row goes.
_ONCE = (
    ("tickets_participant", "ticket_id"),
    ("tickets_watcher", "ticket_id"),
    ("tickets_ticketread", "ticket_id"),
    ("tickets_mention", "message_id"),
    ("tickets_referral", "ticket_id"),
)
# The person who asked does not take part beside themselves.
_NOT_BESIDE_ONESELF = """
DELETE FROM tickets_participant AS gone USING tickets_ticket AS ticket
WHERE gone.user_id = %s AND ticket.id = gone.ticket_id AND ticket.requester_id = gone.user_id
"""

_WITHOUT_DRAFT = """
UPDATE tickets_attachment SET draft_id = NULL WHERE draft_id IN (SELECT id FROM tickets_draft WHERE user_id = %s)
"""


def move_tickets(viewer: Viewer, source_id: int, target_id: int) -> None:
    """Put everything of `source` down to `target`, in the transaction of the merge. Authorised by people.

    What is written in the event log stays: it says who did it then.
    """
    tickets, target = ask([(_CONCERNED, [source_id] * 4), (_TARGET, [target_id])])
    if tickets:
        ((organisation_id, language),) = target
        _move(viewer, tickets, source_id, target_id, organisation_id=organisation_id, language=language)
    for table, per in _ONCE:
        # S608: names of our own.
        there = f"SELECT {per} FROM {table} WHERE user_id = %s"  # noqa: S608
        send(f"DELETE FROM {table} WHERE user_id = %s AND {per} IN ({there})", [source_id, target_id])  # noqa: S608
        send(f"UPDATE {table} SET user_id = %s WHERE user_id = %s", [target_id, source_id])  # noqa: S608
    send(_NOT_BESIDE_ONESELF, [target_id])
    send("UPDATE tickets_message SET author_id = %s WHERE author_id = %s", [target_id, source_id])
    send("UPDATE tickets_attachment SET uploaded_by_id = %s WHERE uploaded_by_id = %s", [target_id, source_id])
    send(_WITHOUT_DRAFT, [source_id])
    send("DELETE FROM tickets_draft WHERE user_id = %s", [source_id])


def _move(
    viewer: Viewer, tickets: Rows, source_id: int, target_id: int, *, organisation_id: int | None, language: str
) -> None:
    asked_by_source = (source_id, organisation_id, source_id, language)
    ids = [row[0] for row in tickets]
    send(_MOVE, [*asked_by_source, *((source_id, target_id) * len(_ROLES)), clock.now(), ids])
    for ticket_id, *held, organisation_before, language_before in tickets:
        changes = {
            name: (source_id, target_id) for name, user_id in zip(_ROLES, held, strict=True) if user_id == source_id
        }
        asked: dict[str, tuple[Any, Any]] = {
            name: changes[name] for name in ("requester_id", "affected_id") if name in changes
        }
        if "requester_id" in changes:
            before = {"organisation_id": organisation_before, "language": language_before}
            after = {"organisation_id": organisation_id, "language": language}
            asked |= {name: (before[name], after[name]) for name in before if before[name] != after[name]}
        if asked:
            record(viewer, events.REQUESTER_CHANGED, ticket_id, changes=asked)
        if "assignee_id" in changes:
            record(viewer, events.ASSIGNED, ticket_id, changes={"assignee_id": changes["assignee_id"]})
        if "owner_id" in changes:
            record(viewer, events.OWNER_CHANGED, ticket_id, changes={"owner_id": changes["owner_id"]})


merge_hooks.register("tickets", move_tickets)
