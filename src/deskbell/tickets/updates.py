"""What open pages are told of events, and when: at once, or at the end of what makes several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from deskbell.kernel.api import Event, at_the_end, gathered
from deskbell.live import api as live
from deskbell.tickets import events
from deskbell.tickets.models import MessageKind, Participant, Ticket

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


def _tell_waiting() -> None:
    waiting = gathered(_EVENTS) or []
    known = {ticket.pk: (ticket, taking_part) for ticket, taking_part in gathered(_KNOWN) or []}
    latest = {(update.name, update.ref): update for update in _updates(waiting, known)}
    waiting.clear()
    live.publish_all(latest.values())


_Known = Mapping[int, tuple[Ticket, tuple[int, ...]]]


def as_updates(batch: Sequence[Event]) -> Iterator[live.Update]:
    """What open pages are told of events, at the time and when a page catches up."""
    return _updates(batch, {})


def _updates(batch: Sequence[Event], known: _Known) -> Iterator[live.Update]:
    tickets: dict[int, Ticket] = {pk: ticket for pk, (ticket, _people) in known.items()}
    taking_part: dict[int, list[int]] = {pk: list(people) for pk, (_ticket, people) in known.items()}
    asked = {event.subject_id for event in batch} - tickets.keys()
    if asked:
        tickets |= Ticket.objects.only(*_TOLD).in_bulk(asked)
        for ticket_id, user_id in Participant.objects.filter(ticket_id__in=asked).values_list("ticket_id", "user_id"):
            taking_part.setdefault(ticket_id, []).append(user_id)
    for event in batch:
        ticket = tickets.get(event.subject_id)
        if ticket is not None:
            name = "ticket.created" if event.kind == events.CREATED.name else "ticket.updated"
            topics = _topics(event, ticket, taking_part.get(event.subject_id, ()))
            yield live.Update(event.pk, name, event.subject_id, frozenset(topics))


_TOLD = ("department_id", "requester_id", "assignee_id", "owner_id", "is_restricted")


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
