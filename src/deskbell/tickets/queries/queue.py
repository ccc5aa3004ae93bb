"""The queue: one query builder for the list and for its counts.

An agent sees the tickets of several departments. Asked in one condition ("department in …"), the database
would sort all of them to find the first fifty; asked department by department, each with its own index and
limit, it reads fifty rows per department however large the desk is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from deskbell.kernel.api import NotAllowed, Viewer, reference
from deskbell.kernel.statements import Statement
from deskbell.tickets import access
from deskbell.tickets.models import Referral, Ticket
from deskbell.tickets.queries.conditions import Condition, conditions
from deskbell.tickets.queries.filters import VIEWS, QueueFilter
from deskbell.tickets.queries.paging import ORDERS, Order, Part, Place, page_rows, read_cursor
from deskbell.tickets.queries.rows import QueueRow, rows_of
from deskbell.tickets.queries.vocabulary import vocabulary

MOST_COUNTED = 1000  # a count says "1000" for that many or more
LARGEST_PAGE = 200
MOST_BRANCHES = 60  # departments asked one by one; beyond, one condition for all


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
    """One page of tickets the viewer sees as a colleague, in one query (two when searching).

    Raises NotAllowed for whoever works in no department. An unreadable cursor gives the first page and a problem.
    """
    if not viewer.is_agent:
        raise NotAllowed
    order = ORDERS.get(wanted.sort, ORDERS["recent"])
    size = max(1, min(size, LARGEST_PAGE))
    backwards = before is not None and after is None
    cursor = before if backwards else after
    place = read_cursor(cursor, order) if cursor else None
    problems: tuple[str, ...] = ()
    if cursor and not place:
        problems = (_("This page of the list is no longer there. Here is the first one."),)
    backwards = backwards and place is not None
    if place is None and not wanted.text and not wanted.custom:
        keys = _first_keys(viewer, wanted, size + 1)
    else:
        condition = conditions(viewer, wanted)
        problems = (*problems, *condition.problems)
        keys = _keys(viewer, wanted, condition, place, size + 1, backwards)
    found = rows_of(viewer, keys, order, backwards=backwards) if keys is not None else []
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    return QueuePage(
        rows=[row for row, _place in found],
        next=found[-1][1].cursor(order) if found and (more or backwards) else None,
        previous=found[0][1].cursor(order) if found and (more if backwards else place is not None) else None,
        problems=problems,
    )


def _keys(  # noqa: PLR0917  (what a page depends on)
    viewer: Viewer,
    wanted: QueueFilter,
    condition: Condition,
    place: Place | None,
    limit: int,
    backwards: bool = False,  # noqa: FBT001, FBT002
) -> Statement | None:
    """The statement that finds a page; None for an empty one."""
    order = ORDERS.get(wanted.sort, ORDERS["recent"])
    rows = page_rows(_parts(branches(viewer, wanted, condition), order), order, place, limit, backwards=backwards)
    return None if rows is None else Statement.of(rows)


@reference.cached_up_to(500)
def _first_keys(viewer: Viewer, wanted: QueueFilter, limit: int) -> Statement | None:
    """What a first page asks depends on rights and small tables alone: building it takes longer than running it."""
    return _keys(viewer, wanted, conditions(viewer, wanted), None, limit)


def branches(viewer: Viewer, wanted: QueueFilter, condition: Condition | None = None) -> list[QuerySet[Ticket]]:
    """The tickets of a view as querysets of which it is made up; each can be read from an index in its order.

    No ticket is in two of them. condition: that of the filter, if it is known.
    """
    condition = condition or conditions(viewer, wanted)
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
        found_there = restricted & Q(department_id__in=sorted(held))
        parts.append(base.filter(~found_there, pk__in=Subquery(referred)))
    return parts


def _parts(rows: list[QuerySet[Ticket]], order: Order) -> list[Part[Ticket]]:
    """The branches, divided further where that lets the database read the order from an index."""
    first = order.keys[0]
    if first.nullable:
        filled = [Part(each.filter(**{f"{first.path}__isnull": False})) for each in rows]
        return filled + [Part(each.filter(**{f"{first.path}__isnull": True}), (None,)) for each in rows]
    if order.name == "priority" and len(rows) <= MOST_BRANCHES // 4:
        ranks = [(each.pk, each.rank) for each in vocabulary().priorities]
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


def view_counts(viewer: Viewer) -> dict[str, int]:
    """How many open tickets each view holds, at most MOST_COUNTED each; one query for all views."""
    if not viewer.is_agent:
        return dict.fromkeys(VIEWS, 0)
    return dict(zip(VIEWS, _all_counts(viewer).fetch()[0], strict=True))


@reference.cached_up_to(500)
def _all_counts(viewer: Viewer) -> Statement:
    found = _counts(viewer, [QueueFilter(view=view) for view in VIEWS])
    # Where one department has most of what is open, the planner would take each count in another one for a cheaper one
    # and plan all of them anew with every page, which takes ten times as long as to count.
    hidden = found.sql.replace('"department_id" = %s', '"department_id" = (SELECT %s::bigint)')
    return Statement(hidden, found.params)


def count(viewer: Viewer, wanted: QueueFilter) -> int:
    """How many tickets the filter finds, at most MOST_COUNTED."""
    if not viewer.is_agent:
        raise NotAllowed
    return int(_counts(viewer, [wanted]).fetch()[0][0])


def _counts(viewer: Viewer, several: Sequence[QueueFilter]) -> Statement:
    """A column for each filter: the rows of its branches, counted no further than MOST_COUNTED.

    Branches have no ticket in common, so their counts add up; one that several filters have is counted once.
    """
    names: dict[Statement, str] = {}
    columns = []
    for wanted in several:
        parts = [Statement.of(rows.order_by().values("pk")[:MOST_COUNTED]) for rows in branches(viewer, wanted)]
        added = [names.setdefault(part, f"part{len(names)}") for part in parts if part is not None]
        columns.append(f"least({MOST_COUNTED}, {' + '.join(added)})" if added else "0")
    # S608: built by Django's own compiler, values apart.
    counted = [f"(SELECT count(*) FROM ({part.sql}) AS found) AS {name}" for part, name in names.items()]  # noqa: S608
    return Statement(
        f"WITH parts AS MATERIALIZED (SELECT {', '.join(counted)}) SELECT {', '.join(columns)} FROM parts",  # noqa: S608
        tuple(value for part in names for value in part.params),
    )
