"""The event log of tickets for programs that keep up with it: each event once, none skipped, none hidden."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from deskbell.kernel.api import EVENTS_IN_ORDER, EVENTS_NEWEST_FIRST, Event, NotFound, Viewer, events_of, run, visible
from deskbell.tickets import events
from deskbell.tickets.models import Ticket

LOOKED_AT = 1000  # events read for one page, however few of them the viewer may see
_OTHERS = ("other_id", "split_from_id")  # fields of event data that name another ticket

_TRIES, _PAUSE = 10, 0.01  # how often, and every how many seconds, it is asked whether writers have ended

_LAST_DRAWN = "SELECT last_value FROM kernel_event_id_seq"
_WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'kernel_event_id_seq'::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """last: id of the last event looked at, where to go on. more: whether there is more to look at now."""

    rows: list[Event]
    last: int
    more: bool


def feed(viewer: Viewer, *, kinds: Collection[str], after: int, size: int) -> FeedPage:
    """Events of the tickets the viewer sees, after the id `after`, oldest first, in three queries (four for kinds).

    kinds: names; none for all of tickets. Reads at most LOOKED_AT events, so a page may hold fewer than `size`.
    """
    end = _final_up_to()
    if end is None:
        return FeedPage([], after, more=False)
    rows = Event.objects.filter(subject_type="ticket", kind__in=sorted(events.NAMES))
    if kinds:
        rows = events_of(*sorted(set(kinds) & events.NAMES))
    rows = rows.filter(pk__gt=after, pk__lte=end).order_by(*EVENTS_IN_ORDER)
    looked_at = list(rows[: LOOKED_AT + 1])
    more = len(looked_at) > LOOKED_AT
    looked_at = looked_at[:LOOKED_AT]
    seen = _seen(viewer, [*(row.subject_id for row in looked_at), *_others(looked_at)])
    found = [row for row in looked_at if row.subject_id in seen]
    if len(found) > size:
        found, more = found[:size], True
        last = found[-1].pk
    else:
        last = looked_at[-1].pk if more else max(end, after)
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
    """The id up to which the log is final now; what comes later has a greater one."""
    end = _final_up_to()
    if end is not None:
        return end
    # Somebody writes for long: begin early enough that nothing of theirs is missed.
    newest = Event.objects.order_by(*EVENTS_NEWEST_FIRST).values_list("pk", flat=True)
    return newest[LOOKED_AT : LOOKED_AT + 1].first() or 0


def _final_up_to() -> int | None:
    """The id up to which every event is either committed or will never be; None while an older one is being written.

    An id is drawn before its transaction commits, so an event may appear behind a reader who has seen greater ids.
    Whoever had drawn one by now, even without having written the event yet (`next_ids`), holds a lock on the sequence
    until they end: these are waited for, mostly milliseconds; who comes later draws a greater id.
    """
    drawn, writers = run([(_LAST_DRAWN, ()), (_WRITERS, ())])
    waited_for = {row[0] for row in writers}
    for _again in range(_TRIES):
        if not waited_for:
            return int(drawn[0][0])
        time.sleep(_PAUSE)
        (writers,) = run([(_WRITERS, ())])
        waited_for &= {row[0] for row in writers}
    return None if waited_for else int(drawn[0][0])


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
