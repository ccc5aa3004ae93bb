"""Events: what happened, for programs that keep up with the desk."""

from __future__ import annotations

from typing import Annotated

from ninja import Query
from pydantic import Field, StringConstraints

from deskbell.kernel.api import event_kinds
from deskbell.kernel.rest import api as rest
from deskbell.tickets.queries.feed import feed, last_event_id, ticket_events
from deskbell.tickets.rest.fields import READ, colleague
from deskbell.tickets.rest.shapes import EventAnswer, EventList, event_answer

events = rest.publish(
    rest.Endpoints("Events", "The log of changes, from which everything else follows.", changes_reference=False)
)

KindFilter = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$", max_length=60)]],
    Query([], max_length=rest.LONGEST_LIST, description="Names, as in `ticket.assigned`; see `GET /event-kinds`."),
]


@events.get("/tickets/{ticket_id}/events", scope=READ, answer=EventList, summary="List a ticket's events")
def events_of_ticket(
    request: rest.ApiRequest, ticket_id: rest.PathId, limit: rest.Limit, cursor: rest.Cursor, kind: KindFilter
) -> EventList:
    """Oldest first. Events that name a ticket the caller may not see leave it out."""
    of = f"events {ticket_id} {kind}"
    place = rest.read_cursor(cursor, of)
    page = ticket_events(colleague(request), ticket_id, kinds=kind, after=place[0] if place else 0, size=limit)
    return EventList.model_construct(
        items=[event_answer(row) for row in page.rows],
        next=rest.write_cursor([page.last], of) if page.more else None,
    )


class FeedAnswer(rest.Answer):
    """A stretch of the log. It may hold fewer entries than asked for, even none, while more is there."""

    items: list[EventAnswer]
    next: Annotated[str, Field(description="Where to go on, now or later: also when nothing more is there yet.")]
    more: Annotated[bool, Field(description="Whether to ask again at once.")]


@events.get("/events", scope="events:read", answer=FeedAnswer, summary="Follow events")
def events_list(
    request: rest.ApiRequest,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    since: Annotated[
        rest.QueryCount | None, Query(None, description="Begin after the event of this id; 0: at the first.")
    ],
    kind: KindFilter,
) -> FeedAnswer:
    """Every change of the tickets the caller sees, in the order of their ids, each exactly once.

    Without `cursor` and `since` it begins at the present: the first answer is empty and gives the cursor to keep. An
    event appears when everything before it is committed, so nothing is ever skipped by a cursor.
    """
    viewer = colleague(request)
    of = f"feed {kind}"
    place = rest.read_cursor(cursor, of)
    after = place[0] if place else since
    if after is None:
        return FeedAnswer(items=[], next=rest.write_cursor([last_event_id()], of), more=False)
    page = feed(viewer, kinds=kind, after=after, size=limit)
    return FeedAnswer.model_construct(
        items=[event_answer(row) for row in page.rows], next=rest.write_cursor([page.last], of), more=page.more
    )


class EventKindAnswer(rest.Answer):
    name: Annotated[str, Field(examples=["ticket.assigned"])]
    subject: Annotated[str, Field(description="The type of record it happens to.")]
    label: str


class EventKinds(rest.Answer):
    items: list[EventKindAnswer]


@events.get("/event-kinds", scope="", answer=EventKinds, summary="List kinds of events")
def events_kinds(request: rest.ApiRequest) -> EventKinds:  # noqa: ARG001  (every endpoint takes the request)
    """Names are stable: they are never changed or taken away."""
    return EventKinds(
        items=[EventKindAnswer(name=each.name, subject=each.subject, label=str(each.label)) for each in event_kinds]
    )
