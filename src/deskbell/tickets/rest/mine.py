"""What the caller asked themselves: the portal's view, whoever they are. No notes, nothing internal."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from deskbell.kernel.api import NotAllowed
from deskbell.kernel.rest import api as rest
from deskbell.tickets.actions.create import NewTicket, create_ticket
from deskbell.tickets.actions.customer import answer_as_requester, close_as_requester
from deskbell.tickets.content import MessageContent
from deskbell.tickets.models import Channel, Message
from deskbell.tickets.queries.customer import CustomerTicket, customer_ticket, customer_tickets
from deskbell.tickets.queries.messages import messages_of
from deskbell.tickets.rest.fields import LONGEST_MESSAGE, READ, WRITE, Code, Custom, Ids, Next, Subject, Text
from deskbell.tickets.rest.shapes import AttachmentAnswer, Category, Reference, attachment_answer
from deskbell.tickets.rest.writing import require_words

mine = rest.publish(
    rest.Endpoints(
        "My tickets", "What the caller asked, takes part in or follows, as in the portal.", changes_reference=False
    )
)


class MyTicketRow(rest.Answer):
    id: rest.Id
    subject: str
    state: Annotated[str, Field(description="In plain words.", examples=["We are working on it"])]
    state_category: Category
    kind: str
    department: str
    requester_id: rest.Id
    requester: str
    waits_for_me: Annotated[bool, Field(description="The desk waits for the caller's answer.")]
    last_message_by_customer: bool
    created_at: rest.Time
    last_message_at: rest.Time


class MyTicketList(rest.Answer):
    items: list[MyTicketRow]
    next: Next


class MyTicket(rest.Answer):
    """A ticket as the one who asked sees it."""

    id: rest.Id
    subject: str
    state: str
    state_category: Category
    kind: str
    category: str | None
    department: str
    requester: Reference
    affected: Reference | None
    resolution: str
    created_at: rest.Time
    last_message_at: rest.Time
    is_requester: bool
    may_close: bool
    may_reopen: bool
    becomes_new: Annotated[bool, Field(description="It ended too long ago: an answer makes a new ticket.")]


class MyMessage(rest.Answer):
    """A public message."""

    id: rest.Id
    ticket_id: rest.Id
    direction: Annotated[Literal["in", "out", "internal"], Field(description="`in`: written to the desk.")]
    author: Reference | None
    text: str
    html: str
    attachments: list[AttachmentAnswer]
    created_at: rest.Time


class MyMessageList(rest.Answer):
    items: list[MyMessage]
    next: Next


class MyTicketIn(rest.Body):
    """Asked by the caller, of a department that takes tickets in the portal."""

    subject: Subject
    text: Text
    department_id: rest.Id
    kind: Code = "question"
    category_id: rest.Id | None = None
    custom: Custom = {}
    attachment_ids: Ids = []


class MyMessageIn(rest.Body):
    text: Text
    attachment_ids: Ids = []


class MyMessageMade(rest.Answer):
    """Where the message stands: too long after the end of a ticket, on a new one linked to it."""

    message: MyMessage
    ticket_id: rest.Id
    is_new_ticket: bool


class ClosingIn(rest.Body):
    text: Annotated[str, rest.text(LONGEST_MESSAGE), Field(description="A last word; may be empty.")] = ""


@mine.get("/my/tickets", scope=READ, answer=MyTicketList, summary="List my tickets")
def my_tickets_list(
    request: rest.ApiRequest,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    whose: Annotated[
        Literal["mine", "organisation"], Query("mine", description="`organisation`: all of it, where the caller may.")
    ],
    state: Annotated[Literal["open", "ended", "all"], Query("open")],
    q: Annotated[Annotated[str, rest.text(400)], Query("", description="Words to be found.")],
) -> MyTicketList:
    """Latest message first."""
    of = f"my tickets {whose} {state} {q!r}"
    place = rest.read_cursor(cursor, of)
    page = customer_tickets(
        request.viewer, scope=whose, state=state, text=q, after=place[0] if place else None, size=limit
    )
    return MyTicketList.model_construct(
        items=[MyTicketRow.model_validate(row) for row in page.rows],
        next=rest.write_cursor([page.next], of) if page.next else None,
    )


@mine.get("/my/tickets/{ticket_id}", scope=READ, answer=MyTicket, summary="Get my ticket")
def my_tickets_get(request: rest.ApiRequest, ticket_id: rest.PathId) -> MyTicket:
    """Of a ticket that was merged, the one in which it goes on."""
    return _ticket(customer_ticket(request.viewer, ticket_id))


@mine.post("/my/tickets", scope=WRITE, answer=MyTicket, status=201, summary="Ask something")
def my_tickets_create(request: rest.ApiRequest, ticket: MyTicketIn) -> rest.Answered:
    viewer = request.viewer
    if viewer.user_id is None:
        raise NotAllowed
    require_words(ticket.text)
    content = MessageContent(text=ticket.text, channel=Channel.API, attachment_ids=ticket.attachment_ids)
    created = create_ticket(
        viewer,
        NewTicket(
            subject=ticket.subject,
            content=content,
            department_id=ticket.department_id,
            requester_id=viewer.user_id,
            kind=ticket.kind,
            category_id=ticket.category_id,
            custom=ticket.custom,
        ),
    )
    answer = _ticket(customer_ticket(viewer, created.pk))
    return rest.Answered(answer, headers={"Location": f"/api/v1/my/tickets/{created.pk}"})


@mine.get("/my/tickets/{ticket_id}/messages", scope=READ, answer=MyMessageList, summary="List messages of my ticket")
def my_messages_list(
    request: rest.ApiRequest, ticket_id: rest.PathId, limit: rest.Limit, cursor: rest.Cursor
) -> MyMessageList:
    """Oldest first."""
    of = f"my messages {ticket_id}"
    place = rest.read_cursor(cursor, of)
    rows = messages_of(
        request.viewer, ticket_id, as_customer=True, after=place[0] if place else None, size=limit + 1,
        newest_first=False,
    )  # fmt: skip
    more, rows = len(rows) > limit, rows[:limit]
    return MyMessageList.model_construct(
        items=[_message(row) for row in rows], next=rest.write_cursor([rows[-1].pk], of) if more else None
    )


@mine.post(
    "/my/tickets/{ticket_id}/messages", scope=WRITE, answer=MyMessageMade, status=201, summary="Write on my ticket"
)
def my_messages_create(request: rest.ApiRequest, ticket_id: rest.PathId, message: MyMessageIn) -> MyMessageMade:
    """Reopens a ticket that ended not too long ago; later, the message makes a new one."""
    require_words(message.text)
    content = MessageContent(text=message.text, channel=Channel.API, attachment_ids=message.attachment_ids)
    row, ticket, is_new = answer_as_requester(request.viewer, ticket_id, content)
    return MyMessageMade(message=_message(row), ticket_id=ticket.pk, is_new_ticket=is_new)


@mine.post("/my/tickets/{ticket_id}/close", scope=WRITE, answer=MyTicket, summary="Close my ticket")
def my_tickets_close(request: rest.ApiRequest, ticket_id: rest.PathId, closing: ClosingIn) -> MyTicket:
    """The caller is content, or needs it no longer."""
    closed = close_as_requester(request.viewer, ticket_id, closing.text)
    return _ticket(customer_ticket(request.viewer, closed.pk))


def _ticket(found: CustomerTicket) -> MyTicket:
    ticket = found.ticket
    return MyTicket.model_construct(
        id=ticket.pk,
        subject=ticket.subject,
        state=found.state,
        state_category=ticket.state_category,
        kind=str(ticket.kind),
        category=str(ticket.category) if ticket.category else None,
        department=str(ticket.department),
        requester=Reference.model_construct(id=ticket.requester.pk, name=str(ticket.requester)),
        affected=Reference.model_construct(id=ticket.affected.pk, name=str(ticket.affected))
        if ticket.affected
        else None,
        resolution=ticket.resolution,
        created_at=ticket.created_at,
        last_message_at=ticket.last_message_at,
        is_requester=found.is_requester,
        may_close=found.may_close,
        may_reopen=found.may_reopen,
        becomes_new=found.becomes_new,
    )


def _message(row: Message) -> MyMessage:
    return MyMessage.model_construct(
        id=row.pk,
        ticket_id=row.ticket_id,
        direction=row.direction,
        author=None if row.author is None else Reference.model_construct(id=row.author.pk, name=str(row.author)),
        text=row.text,
        html=row.html,
        attachments=[attachment_answer(each) for each in row.attachments.all()],
        created_at=row.created_at,
    )
