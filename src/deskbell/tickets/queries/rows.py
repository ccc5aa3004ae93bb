"""The rows of a list of tickets: everything a row shows, in the statement that finds them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from deskbell.kernel.api import Viewer
from deskbell.kernel.statements import Statement, fetch
from deskbell.tickets.content import PREVIEW_FROM, preview_of
from deskbell.tickets.models.state import FINAL
from deskbell.tickets.queries.labels import Labels, labels
from deskbell.tickets.queries.paging import Order, Place


class QueueRow(NamedTuple):
    """Everything a row shows. Times in UTC; names of states, priorities and kinds in the active language."""

    id: int
    subject: str
    preview: str
    state_code: str
    state: str
    state_category: str
    priority_code: str
    priority: str
    priority_rank: int
    kind_code: str
    kind: str
    kind_icon: str
    department_id: int
    department: str
    team: str
    assignee_id: int | None
    assignee: str
    requester_id: int
    requester: str
    organisation: str
    channel: str
    tags: tuple[str, ...]
    message_count: int
    is_restricted: bool
    last_message_by_customer: bool
    created_at: datetime
    updated_at: datetime
    last_message_at: datetime
    customer_waiting_since: datetime | None
    follow_up_at: datetime | None
    next_due_at: datetime | None
    version: int
    unread: bool
    has_draft: bool

    @property
    def number(self) -> str:
        return f"#{self.id}"


class FoundRow(NamedTuple):
    """The little that the page of a search shows of a ticket: it is asked with every word somebody types."""

    id: int
    subject: str
    state: str
    state_category: str
    department: str
    requester: str
    organisation: str
    last_message_at: datetime

    @property
    def number(self) -> str:
        return f"#{self.id}"


# Of tickets that ended, and of those that were opened again since, the newest message is looked up.
_START = f"""CASE WHEN t.last_message_preview = ''
    THEN (SELECT left(m.text, {PREVIEW_FROM}) FROM tickets_message m WHERE m.id = t.last_message_id) END"""  # noqa: S608  (a number of ours)
_REQUESTER = "coalesce(nullif(r.name, ''), r.email, '#' || t.requester_id), coalesce(o.name, '')"
# What one person has read and begun to write: `%(viewer)s` comes once in the columns and once in the joins.
_COLUMNS = f"""
t.id, t.subject, t.last_message_preview, {_START}, t.state_category, t.assignee_id, coalesce(a.name, ''),
t.requester_id, {_REQUESTER}, t.channel, t.tags,
t.message_count, t.is_restricted, t.last_message_by_customer, t.created_at, t.updated_at, t.last_message_at,
t.customer_waiting_since, t.follow_up_at, t.next_due_at, t.version,
t.state_category NOT IN ({FINAL}) AND coalesce(t.last_message_id, 0) > coalesce(s.last_message_id, 0),
EXISTS (SELECT FROM tickets_draft d WHERE d.user_id = %s AND d.ticket_id = t.id),
t.state_id, t.priority_id, t.kind_id, t.department_id, t.team_id
"""
_JOINS = """
JOIN tickets_ticket t ON t.id = k.id
LEFT JOIN people_user r ON r.id = t.requester_id
LEFT JOIN people_user a ON a.id = t.assignee_id
LEFT JOIN people_organisation o ON o.id = t.organisation_id
LEFT JOIN tickets_ticketread s ON s.ticket_id = t.id AND s.user_id = %s
"""
_OWN = 29  # columns of _COLUMNS; the keys of the order follow


def rows_of(viewer: Viewer, keys: Statement, order: Order, *, backwards: bool = False) -> list[tuple[QueueRow, Place]]:
    """The tickets that `keys` finds (id, then the keys of the order), in that order, each with its place in it."""
    names = [f"key{index}" for index in range(len(order.keys))]
    sort_by = order.as_sql(backwards=backwards, of="k.")
    # S608: texts of ours, and one built by Django's own compiler; values apart.
    sql = (
        f"SELECT {_COLUMNS}, {', '.join(f'k.{name}' for name in names)}"  # noqa: S608
        f" FROM ({keys.sql}) AS k (id, {', '.join(names)}) {_JOINS} ORDER BY {sort_by}"
    )
    me = viewer.user_id or 0
    words = labels()
    found = fetch(sql, [me, *keys.params, me])
    return [(_row(values, words), Place(values[_OWN:], values[0])) for values in found]


def found_rows(ids: list[int]) -> dict[int, FoundRow]:
    """What a search shows of these tickets, whoever may see them, as in `rows_by_id`."""
    words = labels()
    return {
        pk: FoundRow(
            pk,
            subject,
            words.of(words.states, state_id).name,
            category,
            words.of(words.departments, department_id).name,
            *rest,
        )
        for pk, subject, category, state_id, department_id, *rest in (fetch(_FOUND, [ids]) if ids else ())
    }


_FOUND: Final = f"""
SELECT t.id, t.subject, t.state_category, t.state_id, t.department_id, {_REQUESTER}, t.last_message_at
FROM unnest(%s::bigint[]) AS k (id) JOIN tickets_ticket t ON t.id = k.id
LEFT JOIN people_user r ON r.id = t.requester_id
LEFT JOIN people_organisation o ON o.id = t.organisation_id
"""  # noqa: S608  (texts of ours)


def rows_by_id(viewer: Viewer, ids: list[int]) -> dict[int, QueueRow]:
    """The rows of these tickets, whoever may see them: ask for ids that were found as this viewer."""
    if not ids:
        return {}
    sql = f"SELECT {_COLUMNS} FROM unnest(%s::bigint[]) AS k (id) {_JOINS}"  # noqa: S608
    me = viewer.user_id or 0
    words = labels()
    return {values[0]: _row(values, words) for values in fetch(sql, [me, ids, me])}


def _row(values: tuple[Any, ...], words: Labels) -> QueueRow:
    (
        pk, subject, preview, start, category, assignee_id, assignee, requester_id, requester, organisation, channel,
        tags, message_count, is_restricted, by_customer, created_at, updated_at, last_message_at, waiting_since,
        follow_up_at, next_due_at, version, unread, has_draft, state_id, priority_id, kind_id, department_id, team_id,
    ) = values[:_OWN]  # fmt: skip
    state, kind = words.of(words.states, state_id), words.of(words.kinds, kind_id)
    priority = words.of(words.priorities, priority_id)
    return QueueRow(
        pk, subject, preview or preview_of(start or ""), state.code, state.name, category, priority.code,
        priority.name, priority.rank, kind.code, kind.name, kind.icon, department_id,
        words.of(words.departments, department_id).name, words.of(words.teams, team_id).name, assignee_id,
        assignee, requester_id, requester, organisation, channel, tuple(tags), message_count, is_restricted,
        by_customer, created_at, updated_at, last_message_at, waiting_since, follow_up_at, next_due_at, version, unread,
        has_draft,
    )  # fmt: skip
