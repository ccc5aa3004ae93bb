"""The queue: one query builder for the list and for its counts.

An agent sees the tickets of several departments. Asked in one condition ("department in …"), the database
would sort all of them to find the first fifty; asked department by department, each with its own index and
limit, it reads fifty rows per department however large the desk is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from deskbell.kernel.api import NotAllowed, Viewer
from deskbell.tickets import access
from deskbell.tickets.models import Draft, Priority, Referral, Ticket, TicketRead
from deskbell.tickets.queries.conditions import conditions
from deskbell.tickets.queries.filters import VIEWS, QueueFilter
from deskbell.tickets.queries.paging import ORDERS, Order, Part, page_keys, read_cursor

MOST_COUNTED = 1000  # a count says "1000" for that many or more
LARGEST_PAGE = 200
MOST_BRANCHES = 60  # departments asked one by one; beyond, one condition for all


@dataclass(frozen=True, slots=True)
class QueueRow:
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


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page. next, previous: cursors, None at the end. problems: what was asked for and could not be read."""

    rows: list[QueueRow]
    next: str | None = None
    previous: str | None = None
    problems: tuple[str, ...] = ()


def queue(
    viewer: Viewer, wanted: QueueFilter, *, after: str | None = None, before: str | None = None, size: int = 50
) -> QueuePage:
    """One page of tickets the viewer sees as a colleague, in two queries (three when searching).

    Raises NotAllowed for whoever works in no department. An unreadable cursor gives the first page and a problem.
    """
    if not viewer.is_agent:
        raise NotAllowed
    order = ORDERS.get(wanted.sort, ORDERS["recent"])
    size = max(1, min(size, LARGEST_PAGE))
    backwards = before is not None and after is None
    cursor = before if backwards else after
    place = read_cursor(cursor, order) if cursor else None
    problems = (_("This page of the list is no longer there. Here is the first one."),) if cursor and not place else ()
    backwards = backwards and place is not None
    found = list(page_keys(_parts(branches(viewer, wanted), order), order, place, size + 1, backwards=backwards))
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    rows = _rows(viewer, [each.pk for each in found])
    return QueuePage(
        rows=[rows[each.pk] for each in found if each.pk in rows],
        next=found[-1].cursor(order) if found and (more or backwards) else None,
        previous=found[0].cursor(order) if found and (more if backwards else place is not None) else None,
        problems=problems,
    )


def branches(viewer: Viewer, wanted: QueueFilter) -> list[QuerySet[Ticket]]:
    """The tickets of a view as querysets whose union it is; each can be read from an index in its order."""
    condition = conditions(viewer, wanted)
    base = Ticket.objects.filter(condition.q)
    held = _departments(viewer, wanted)
    if held is None or condition.is_selective or len(held) > MOST_BRANCHES:
        seen = base.filter(access.seen_as_agent(viewer))
        if wanted.view == "departments" and held is not None:
            seen = seen.filter(department_id__in=held)
        return [seen]
    restricted = access.unrestricted_for(viewer)
    parts = [base.filter(restricted, department_id=department_id) for department_id in sorted(held)]
    if wanted.view != "departments":
        referred = Referral.objects.filter(access.referred_to(viewer)).values("ticket_id")
        parts.append(base.filter(pk__in=Subquery(referred)))
    return parts


def _parts(rows: list[QuerySet[Ticket]], order: Order) -> list[Part[Ticket]]:
    """The branches, divided further where that lets the database read the order from an index."""
    first = order.keys[0]
    if first.nullable:
        filled = [Part(each.filter(**{f"{first.path}__isnull": False})) for each in rows]
        return filled + [Part(each.filter(**{f"{first.path}__isnull": True}), (None,)) for each in rows]
    if order.name == "priority" and len(rows) <= MOST_BRANCHES // 4:
        ranks = list(Priority.objects.values_list("pk", "rank"))
        return [Part(each.filter(priority_id=pk), (rank,)) for each in rows for pk, rank in ranks]
    return [Part(each) for each in rows]


def _departments(viewer: Viewer, wanted: QueueFilter) -> frozenset[int] | None:
    """Departments to be asked one by one; None: all of the desk."""
    seen = viewer.departments_with(access.SEE)
    if wanted.view == "departments" and seen is None and viewer.grants:
        seen = frozenset(viewer.grants)
    if wanted.departments:
        return frozenset(wanted.departments) & seen if seen is not None else frozenset(wanted.departments)
    return seen


_COLUMNS = {
    "id": "pk",
    "preview": "last_message_preview",
    "state_code": "state__code",
    "state": "state__name",
    "priority_code": "priority__code",
    "priority": "priority__name",
    "priority_rank": "priority__rank",
    "kind_code": "kind__code",
    "kind": "kind__name",
    "kind_icon": "kind__icon",
    "department": "department__name",
    "team": "team__name",
    "assignee": "assignee__name",
    "requester": "requester__name",
    "requester_email": "requester__email",
    "organisation": "organisation__name",
}
_PLAIN = (
    "subject", "state_category", "department_id", "assignee_id", "requester_id", "channel", "tags", "message_count",
    "is_restricted", "last_message_by_customer", "created_at", "updated_at", "last_message_at",
    "customer_waiting_since", "follow_up_at", "next_due_at", "version",
)  # fmt: skip
_TRANSLATED = ("state", "priority", "kind")  # shipped names are message ids


def _rows(viewer: Viewer, ids: list[int]) -> dict[int, QueueRow]:
    if not ids:
        return {}
    read = TicketRead.objects.filter(user_id=viewer.user_id or 0, ticket_id=OuterRef("pk")).values("last_message_id")
    has_draft = Exists(Draft.objects.filter(user_id=viewer.user_id or 0, ticket_id=OuterRef("pk")))
    rows = (
        Ticket.objects.filter(pk__in=ids)
        .annotate(
            read_up_to=Coalesce(Subquery(read), Value(0)),
            has_draft=has_draft,
        )
        .values(*_PLAIN, *_COLUMNS.values(), "last_message_id", "read_up_to", "has_draft")
    )
    return {row["pk"]: _row(row) for row in rows}


def _row(row: dict[str, Any]) -> QueueRow:
    values = {name: row[column] for name, column in _COLUMNS.items()} | {name: row[name] for name in _PLAIN}
    for name in _TRANSLATED:
        values[name] = _(values[name]) if values[name] else ""
    for name in ("team", "assignee", "organisation"):
        values[name] = values[name] or ""
    values["requester"] = values["requester"] or values["requester_email"] or f"#{values['requester_id']}"
    del values["requester_email"]
    values["tags"] = tuple(values["tags"])
    unread = (row["last_message_id"] or 0) > row["read_up_to"]
    return QueueRow(**values, unread=unread, has_draft=row["has_draft"])


def view_counts(viewer: Viewer) -> dict[str, int]:
    """How many open tickets each view holds, at most MOST_COUNTED each; one query for all views."""
    if not viewer.is_agent:
        return dict.fromkeys(VIEWS, 0)
    parts, params = [], []
    for view in VIEWS:
        sql, values = _count_sql(viewer, QueueFilter(view=view))
        parts.append(sql)
        params += values
    with connection.cursor() as cursor:
        # S608: built by Django's own compiler, values apart.
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        row = cursor.fetchone()
    return dict(zip(VIEWS, row or (), strict=True))


def count(viewer: Viewer, wanted: QueueFilter) -> int:
    """How many tickets the filter finds, at most MOST_COUNTED."""
    if not viewer.is_agent:
        raise NotAllowed
    sql, params = _count_sql(viewer, wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _count_sql(viewer: Viewer, wanted: QueueFilter) -> tuple[str, list[Any]]:
    texts, params = [], []
    for part in branches(viewer, wanted):
        try:
            sql, values = part.order_by().values("pk")[:MOST_COUNTED].query.sql_with_params()
        except EmptyResultSet:
            continue
        texts.append(f"({sql})")
        params += list(values)
    if not texts:
        return "0", []
    union = " UNION ".join(texts)
    # S608: built by Django's own compiler, values apart.
    return f"(SELECT count(*) FROM (SELECT 1 FROM ({union}) AS parts LIMIT {MOST_COUNTED}) AS counted)", params  # noqa: S608
