"""What open pages are told of events, and when: at once, or at the end of what makes several of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from deskbell.kernel.api import Event
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

_waiting: ContextVar[list[Event] | None] = ContextVar("deskbell_updates_waiting", default=None)


@contextmanager
def told_at_the_end() -> Iterator[None]:
    """Pages are told of all events of the block together, in the same transaction, when it ends well."""
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Event] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    latest = {(update.name, update.ref): update for update in as_updates(waiting)}
    live.publish_all(latest.values())


def tell(event: Event) -> None:
    waiting = _waiting.get()
    if waiting is None:
        live.publish_all(as_updates([event]))
    else:
        waiting.append(event)


def as_updates(batch: Sequence[Event]) -> Iterator[live.Update]:
    """What open pages are told of events, at the time and when a page catches up."""
    ids = {event.subject_id for event in batch}
    if not ids:
        return
    tickets = {
        row["pk"]: row
        for row in Ticket.objects.filter(pk__in=ids).values(
            "pk", "department_id", "requester_id", "assignee_id", "owner_id", "is_restricted"
        )
    }
    taking_part: dict[int, list[int]] = {}
    for ticket_id, user_id in Participant.objects.filter(ticket_id__in=ids).values_list("ticket_id", "user_id"):
        taking_part.setdefault(ticket_id, []).append(user_id)
    for event in batch:
        ticket = tickets.get(event.subject_id)
        if ticket is not None:
            name = "ticket.created" if event.kind == events.CREATED.name else "ticket.updated"
            topics = _topics(event, ticket, taking_part.get(event.subject_id, ()))
            yield live.Update(event.pk, name, event.subject_id, frozenset(topics))


def _topics(event: Event, ticket: Mapping[str, Any], taking_part: Iterable[int]) -> Iterator[live.Topic]:
    """The ticket, its department and people, and those it left by this event.

    Of a restricted ticket its department hears nothing, not even a number: only "restricted:<department>", to
    which roles with `ticket.restricted` may listen, and the people on it.
    """
    yield live.Topic("ticket", event.subject_id)
    departments = {ticket["department_id"], event.old("department_id"), event.new("department_id")}
    people = {
        ticket["requester_id"], ticket["assignee_id"], ticket["owner_id"],
        event.old("requester_id"), event.old("assignee_id"), event.data.get("user_id"),
        *event.data.get("mentioned", ()), *taking_part,
    }  # fmt: skip
    if event.kind in {events.REFERRED.name, events.REFERRAL_ENDED.name}:
        departments.add(event.data.get("department_id"))
    kinds = {"restricted" if ticket["is_restricted"] else "department"}
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
