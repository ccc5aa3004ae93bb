"""Tickets: find and read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from ninja import Query
from pydantic import StringConstraints

from deskbell.kernel.rest import api as rest
from deskbell.tickets.models import StateCategory
from deskbell.tickets.queries.filters import ME, NOBODY, OPEN_CATEGORIES, QueueFilter
from deskbell.tickets.queries.found import search_tickets
from deskbell.tickets.queries.page import ticket_page
from deskbell.tickets.queries.queue import queue
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import READ, Tag, colleague
from deskbell.tickets.rest.shapes import Category, TicketDetail, TicketList, TicketRow, ticket_detail

tickets = rest.publish(
    rest.Endpoints("Tickets", "What people ask of the desk, as colleagues see it.", changes_reference=False)
)

Assignee = Annotated[str, StringConstraints(pattern=r"^(me|none|[1-9][0-9]{0,17})$")]
CustomFilter = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}:[^\x00]{1,200}$")]
View = Annotated[
    Literal["mine", "unassigned", "departments", "all", "mentions", "watched"],
    Query("all", description="The caller's views, as in the pages."),
]
Statuses = Annotated[
    list[Category | Literal["any"]],
    Query([], max_length=10, description="Categories of states; the open ones unless given. `any`: all of them."),
]
Assignees = Annotated[
    list[Assignee],
    Query([], max_length=rest.LONGEST_LIST, description="Ids, `me` for the caller, `none` for nobody."),
]
CustomFilters = Annotated[
    list[CustomFilter],
    Query([], max_length=20, description="A custom field and its value, as in `asset:PC-12`."),
]
_TOKENS = {"me": ME, "none": NOBODY}


@tickets.get("/tickets", scope=READ, answer=TicketList, summary="List tickets")
def tickets_list(
    request: rest.ApiRequest,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    view: View,
    status: Statuses,
    state: Annotated[list[rest.Word], Query([], max_length=rest.LONGEST_LIST, description="Codes of states.")],
    department: Annotated[list[rest.QueryId], Query([], max_length=rest.LONGEST_LIST)],
    team: Annotated[list[rest.QueryId], Query([], max_length=rest.LONGEST_LIST)],
    assignee: Assignees,
    requester: Annotated[list[rest.QueryId], Query([], max_length=rest.LONGEST_LIST)],
    organisation: Annotated[list[rest.QueryId], Query([], max_length=rest.LONGEST_LIST)],
    kind: Annotated[list[rest.Word], Query([], max_length=rest.LONGEST_LIST, description="Codes of kinds.")],
    category: Annotated[
        list[rest.QueryId], Query([], max_length=rest.LONGEST_LIST, description="With everything below them.")
    ],
    priority: Annotated[list[rest.Word], Query([], max_length=rest.LONGEST_LIST, description="Codes of priorities.")],
    tag: Annotated[list[Tag], Query([], max_length=rest.LONGEST_LIST)],
    channel: Annotated[list[rest.Word], Query([], max_length=rest.LONGEST_LIST)],
    custom: CustomFilters,
    created_from: Annotated[rest.Moment | None, Query(None)],
    created_to: Annotated[rest.Moment | None, Query(None)],
    q: Annotated[Annotated[str, rest.text(400)], Query("", description="Words to be found, as in the search box.")],
    sort: Annotated[Literal["recent", "oldest", "created", "priority", "waiting", "follow_up"], Query("recent")],
) -> TicketList:
    """The tickets the caller sees as a colleague. Values of one filter are alternatives, filters add up."""
    wanted = QueueFilter(
        view=view,
        state_categories=_categories(status),
        states=tuple(state),
        departments=tuple(department),
        teams=tuple(team),
        assignees=tuple(_TOKENS[each] if each in _TOKENS else int(each) for each in assignee),
        requesters=tuple(requester),
        organisations=tuple(organisation),
        kinds=tuple(kind),
        categories=tuple(category),
        priorities=_priorities(priority),
        tags=tuple(each.lower() for each in tag),
        channels=tuple(channel),
        custom=dict(each.split(":", 1) for each in custom),
        created_from=created_from,
        created_to=created_to,
        text=" ".join(q.split()),
        sort=sort,
    )
    of = f"tickets {wanted!r}"
    place = rest.read_cursor(cursor, of)
    page = queue(colleague(request), wanted, after=place[0] if place else None, size=limit)
    return TicketList.model_construct(
        items=[TicketRow.model_validate(row) for row in page.rows],
        next=rest.write_cursor([page.next], of) if page.next else None,
    )


def _priorities(codes: Sequence[str]) -> tuple[int, ...]:
    known = {row.code: row.pk for row in vocabulary().priorities}
    return tuple(known.get(code, 0) for code in codes)  # no row has the id 0


def _categories(given: Sequence[str]) -> tuple[str, ...]:
    if "any" in given:
        return ()
    return tuple(each for each in StateCategory.values if each in given) or OPEN_CATEGORIES


@tickets.get("/tickets/{ticket_id}", scope=READ, answer=TicketDetail, summary="Get a ticket")
def tickets_get(request: rest.ApiRequest, ticket_id: rest.PathId) -> rest.Answered:
    """A ticket with its people, links, referrals and the states the caller may take it to."""
    page = ticket_page(colleague(request), ticket_id)
    return rest.Answered(ticket_detail(page), headers={"ETag": f'"{page.ticket.version}"'})


class FoundTickets(rest.Answer):
    items: list[TicketRow]


@tickets.get("/search", scope=READ, answer=FoundTickets, summary="Search tickets")
def tickets_search(
    request: rest.ApiRequest,
    q: Annotated[
        Annotated[str, rest.text(400, shortest=1)],
        Query(..., description="Words, or a number as in #10042.", examples=["printer"]),
    ],
    limit: Annotated[rest.QueryLimit, Query(20, description="How many at most, 1 to 100.")],
) -> FoundTickets:
    """Tickets in any state that hold the words; the one whose number was given comes first."""
    found = search_tickets(colleague(request), " ".join(q.split()), limit)
    return FoundTickets.model_construct(items=[TicketRow.model_validate(row) for row in found])
