"""What open pages are told of events, and when: at once, or at the end of what makes several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from deskbell.kernel.api import Asking, Event, Rows, Statement, at_the_end, gathered, run
from deskbell.live import api as live
from deskbell.tickets import events
from deskbell.tickets.models import MessageKind, Ticket

TOLD_TO_CUSTOMERS = frozenset(
    kind.name
    for kind in (
        events.CREATED, events.STATE_CHANGED, events.SUBJECT_CHANGED, events.REQUESTER_CHANGED,
        events.PARTICIPANT_ADDED, events.PARTICIPANT_REMOVED, events.MERGED, events.UNMERGED,
    )
)  # fmt: skip

_EVENTS, _KNOWN = "tickets.updates", "tickets.known"


def tell(event: Event) -> None:
    """Tell the pages of an event: at once, or of all events of a `together()` in one query at its end."""
    waiting = gathered(_EVENTS)
    if waiting is None:
        live.publish_all(as_updates([event]))
    else:
        waiting.append(event)
        at_the_end(_EVENTS, _tell_waiting)


def is_known(ticket: Ticket, taking_part: Iterable[int]) -> None:
    """Spare asking the database about a ticket that this very `together()` creates."""
    known = gathered(_KNOWN)
    if known is not None:
        known.append((ticket, tuple(taking_part)))


def _tell_waiting() -> Asking:
    waiting = list(gathered(_EVENTS) or ())
    (gathered(_EVENTS) or []).clear()
    known = {ticket.pk: (ticket, tuple(taking_part)) for ticket, taking_part in gathered(_KNOWN) or ()}
    asked = sorted({event.subject_id for event in waiting} - known.keys())
    if asked:
        rows, taking_part = yield _statements(asked)
        known |= _read(rows, taking_part)
    latest = {(update.name, update.ref): update for update in _updates(waiting, known)}
    live.publish_all(latest.values())


_Known = Mapping[int, tuple[Ticket, tuple[int, ...]]]


def as_updates(batch: Sequence[Event]) -> Iterator[live.Update]:
    """What open pages are told of events, at the time and when a page catches up."""
    asked = sorted({event.subject_id for event in batch})
    return _updates(batch, _read(*run(_statements(asked))) if asked else {})


def _statements(ticket_ids: Sequence[int]) -> list[Statement]:
    return [(sql, [list(ticket_ids)]) for sql in (_TICKETS, _TAKING_PART)]


def _read(rows: Rows, taking_part: Rows) -> dict[int, tuple[Ticket, tuple[int, ...]]]:
    people: dict[int, list[int]] = {}
    for ticket_id, user_id in taking_part:
        people.setdefault(ticket_id, []).append(user_id)
    found = (Ticket.from_db(connection.alias, _TOLD, row) for row in rows)
    return {ticket.pk: (ticket, tuple(people.get(ticket.pk, ()))) for ticket in found}


def _updates(batch: Sequence[Event], known: _Known) -> Iterator[live.Update]:
    for event in batch:
        if event.subject_id in known:
            ticket, taking_part = known[event.subject_id]
            name = "ticket.created" if event.kind == events.CREATED.name else "ticket.updated"
            yield live.Update(event.pk, name, event.subject_id, frozenset(_topics(event, ticket, taking_part)))


_TOLD = ("id", "department_id", "requester_id", "assignee_id", "owner_id", "is_restricted")
_TICKETS = f"SELECT {', '.join(_TOLD)} FROM tickets_ticket WHERE id = ANY(%s)"  # noqa: S608  (columns of our own)
_TAKING_PART = "SELECT ticket_id, user_id FROM tickets_participant WHERE ticket_id = ANY(%s)"


def _topics(event: Event, ticket: Ticket, taking_part: Iterable[int]) -> Iterator[live.Topic]:
    """The ticket, its department and people, and those it left by this event.

    Of a restricted ticket its department hears nothing, not even a number: only "restricted:<department>", to
    which roles with `ticket.restricted` may listen, and the people on it.
    """
    yield live.Topic("ticket", event.subject_id)
    departments = {ticket.department_id, event.old("department_id"), event.new("department_id")}
    people = {
        ticket.requester_id, ticket.assignee_id, ticket.owner_id,
        event.old("requester_id"), event.old("assignee_id"), event.data.get("user_id"),
        *event.data.get("mentioned", ()), *taking_part,
    }  # fmt: skip
    if event.kind in {events.REFERRED.name, events.REFERRAL_ENDED.name}:
        departments.add(event.data.get("department_id"))
    kinds = {"restricted" if ticket.is_restricted else "department"}
    if event.old("is_restricted") is not None:
        kinds = {"restricted", "department"}  # the row leaves the lists of one and enters those of the other
    yield from (live.Topic(kind, each) for kind in kinds for each in departments if each)
    yield from (live.Topic("user", each) for each in people if each)
    if _is_told_to_customers(event):
        yield live.Topic("customer-ticket", event.subject_id)


def _is_told_to_customers(event: Event) -> bool:
    """Whether the event changes what the portal shows: when colleagues write notes is nobody else's business."""
    if event.kind == events.MESSAGE_ADDED.name:
        return bool(event.data.get("kind") == MessageKind.PUBLIC)
    return event.kind in TOLD_TO_CUSTOMERS
