"""Tickets: find and read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from ninja import Query
from pydantic import Field, StringConstraints

from deskbell.kernel.rest import api as rest
from deskbell.search import api as search
from deskbell.tickets.locking import lock_ticket
from deskbell.tickets.models import StateCategory, Ticket
from deskbell.tickets.queries.filters import ME, NOBODY, OPEN_CATEGORIES, QueueFilter
from deskbell.tickets.queries.found import find_queue_rows
from deskbell.tickets.queries.page import ticket_page
from deskbell.tickets.queries.queue import queue
from deskbell.tickets.queries.rows import QueueRow
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import READ, Next, Tag, colleague
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
    return rest.Answered(ticket_detail(page), headers={"ETag": version_tag(page.ticket)})


def version_tag(ticket: Ticket) -> str:
    """The ETag of a ticket: its version, which also stands in bodies."""
    return f'"{ticket.version}"'


def _present(request: rest.ApiRequest, ticket_id: int) -> str:
    return version_tag(lock_ticket(colleague(request), ticket_id))


rest.version("/tickets/{ticket_id}", _present)


class TextPart(rest.Answer):
    """A piece of text as it was written. The pieces one after the other are the text."""

    text: str
    is_match: Annotated[bool, Field(description="It is why the ticket was found.")]


class SearchMatch(rest.Answer):
    """Why a ticket was found."""

    title: Annotated[list[TextPart], Field(description="The subject.")]
    excerpt: Annotated[
        list[TextPart], Field(description="Some words around what was asked; empty when no text was the reason.")
    ]
    place: Annotated[Literal["", "message", "note", "attachment"], Field(description="Where the excerpt stands.")]
    message_id: rest.Id | None
    source: Annotated[str, Field(description="Name of the file, for an attachment.")]


class FoundTicket(TicketRow):
    """A ticket as lists show it, and why it was found."""

    match: SearchMatch


class Correction(rest.Answer):
    """A word that nothing holds, and one that was looked for as well."""

    asked: str
    found: str


class FoundTickets(rest.Answer):
    items: list[FoundTicket]
    next: Next
    total: Annotated[int, Field(description="How many there are, counted up to a limit.")]
    is_more: Annotated[bool, Field(description="There are more than `total`.")]
    problems: Annotated[list[str], Field(description="What was asked and could not be used, in words.")]
    corrections: list[Correction]


@tickets.get("/search", scope=READ, answer=FoundTickets, summary="Search tickets")
def tickets_search(
    request: rest.ApiRequest,
    q: Annotated[
        Annotated[str, rest.text(400, shortest=1)],
        Query(
            ...,
            description='Words, "phrases", -without, filters as in `from:anna is:open`, or a number as in #10042.',
            examples=["printer"],
        ),
    ],
    limit: Annotated[rest.QueryLimit, Query(20, description="How many at most, 1 to 100.")],
    cursor: rest.Cursor,
) -> FoundTickets:
    """Tickets in any state, best first, as the search box finds them; the one whose number was given comes first."""
    text = " ".join(q.split())
    of = f"search {limit} {text}"
    place = rest.read_cursor(cursor, of)
    found = find_queue_rows(colleague(request), text, limit=limit, offset=place[0] if place else 0)
    return FoundTickets.model_construct(
        items=[_found(hit) for hit in found.hits],
        next=None if found.next is None else rest.write_cursor([found.next], of),
        total=found.total,
        is_more=found.is_more,
        problems=list(found.problems),
        corrections=[Correction.model_construct(asked=asked, found=other) for asked, other in found.also],
    )


def _found(hit: search.Hit[QueueRow]) -> FoundTicket:
    match = SearchMatch.model_construct(
        title=_parts(hit.title),
        excerpt=_parts(hit.excerpt),
        place=hit.place,
        message_id=hit.message_id,
        source=hit.source,
    )
    row = TicketRow.model_validate(hit.row)
    return FoundTicket.model_construct(**{name: getattr(row, name) for name in TicketRow.model_fields}, match=match)


def _parts(marked: search.Marked) -> list[TextPart]:
    return [TextPart.model_construct(text=part.text, is_match=part.is_match) for part in marked]
