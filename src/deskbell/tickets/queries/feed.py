"""The event log of tickets for programs that keep up with it: each event once, none skipped, none hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from deskbell.kernel.api import Event, NotFound, Viewer, visible
from deskbell.tickets import events
from deskbell.tickets.models import Ticket

LOOKED_AT = 1000  # events read for one page, however few of them the viewer may see
_OTHERS = ("other_id", "split_from_id")  # fields of event data that name another ticket

# An id is drawn before its transaction commits: an event with a smaller id may still appear behind a reader's back.
# One whose transaction began before every transaction that still runs has nothing uncommitted before it.
_SETTLED = """
age(kernel_event.xmin) > age((pg_snapshot_xmin(pg_current_snapshot())::text::bigint %% 4294967296)::text::xid)
"""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """last: id of the last event looked at, where to go on. more: whether there is more to look at now."""

    rows: list[Event]
    last: int
    more: bool


def feed(viewer: Viewer, *, kinds: Collection[str], after: int, size: int) -> FeedPage:
    """Events of the tickets the viewer sees, after the id `after`, oldest first, in two queries.

    kinds: names; none for all of tickets. Reads at most LOOKED_AT events, so a page may hold fewer than `size`.
    """
    names = sorted(set(kinds) & events.NAMES if kinds else events.NAMES)
    rows = Event.objects.filter(subject_type="ticket", kind__in=names, pk__gt=after).order_by("pk")
    # S608, S610: our own constant.
    looked_at = list(rows.extra(where=[_SETTLED])[: LOOKED_AT + 1])  # noqa: S610
    more = len(looked_at) > LOOKED_AT
    looked_at = looked_at[:LOOKED_AT]
    seen = _seen(viewer, [*(row.subject_id for row in looked_at), *_others(looked_at)])
    found = [row for row in looked_at if row.subject_id in seen]
    if len(found) > size:
        found, more = found[:size], True
        last = found[-1].pk
    else:
        last = looked_at[-1].pk if looked_at else after
    return FeedPage([_discreet(row, seen) for row in found], last, more)


def ticket_events(viewer: Viewer, ticket_id: int, *, kinds: Collection[str], after: int, size: int) -> FeedPage:
    """Events of one ticket after the id `after`, oldest first, in three queries. Raises NotFound."""
    if ticket_id not in _seen(viewer, [ticket_id]):
        raise NotFound
    rows: QuerySet[Event] = Event.objects.filter(subject_type="ticket", subject_id=ticket_id, pk__gt=after)
    if kinds:
        rows = rows.filter(kind__in=sorted(set(kinds)))
    found = list(rows.order_by("pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    others = list(_others(found))
    seen = _seen(viewer, others) if others else set()
    return FeedPage([_discreet(row, seen) for row in found], found[-1].pk if found else after, more)


def last_event_id() -> int:
    """Where the log ends now; what is still being written comes after it or is read twice, but never skipped."""
    with connection.cursor() as cursor:
        # S608: our own constant; no parameters, so its percent sign stands once.
        settled = _SETTLED.replace("%%", "%")
        cursor.execute(f"SELECT id FROM kernel_event WHERE {settled} ORDER BY id DESC LIMIT 1")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _others(rows: Iterable[Event]) -> Iterable[int]:
    for row in rows:
        for name in _OTHERS:
            other = row.data.get(name)
            if isinstance(other, int):
                yield other


def _seen(viewer: Viewer, ticket_ids: Iterable[int]) -> set[int]:
    return set(visible(viewer, Ticket).filter(pk__in=set(ticket_ids)).values_list("pk", flat=True))


def _discreet(row: Event, seen: set[int]) -> Event:
    """Of a ticket the viewer may not see not even the number is told."""
    hidden = [name for name in _OTHERS if isinstance(row.data.get(name), int) and row.data[name] not in seen]
    if hidden:
        data: dict[str, Any] = row.data | dict.fromkeys(hidden)
        row.data = data
        row.changes = {name: pair for name, pair in row.changes.items() if name != "merged_into_id"}
    return row
