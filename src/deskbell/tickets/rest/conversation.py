"""Messages of a ticket: read, answer, note; and its timeline."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import Field

from deskbell.kernel.rest import api as rest
from deskbell.tickets.actions.messages import add_note, reply
from deskbell.tickets.actions.reading import mark_read, mark_unread
from deskbell.tickets.content import MessageContent, Recipient
from deskbell.tickets.models import Channel, Message
from deskbell.tickets.queries.messages import messages_of, recipients_of, with_attachments
from deskbell.tickets.queries.page import message_for_viewer
from deskbell.tickets.queries.timeline import Place, TimelineEntry, timeline_page
from deskbell.tickets.rest.fields import READ, WRITE, Ids, Next, SeenMessage, Text, colleague
from deskbell.tickets.rest.shapes import MessageAnswer, MessageList, message_answer

messages = rest.publish(
    rest.Endpoints(
        "Messages", "What was written on a ticket: answers, notes, and what came in.", changes_reference=False
    )
)

rest.version_by_content(MessageAnswer)


@messages.get("/tickets/{ticket_id}/messages", scope=READ, answer=MessageList, summary="List messages")
def messages_list(
    request: rest.ApiRequest,
    ticket_id: rest.PathId,
    *,
    limit: rest.Limit,
    cursor: rest.Cursor,
    order: Annotated[Literal["oldest", "newest"], Query("oldest", description="Which come first.")],
) -> MessageList:
    """Public messages and notes of a ticket."""
    return list_of(request, ticket_id, limit=limit, cursor=cursor, order=order, as_customer=False)


def list_of(
    request: rest.ApiRequest, ticket_id: int, *, limit: int, cursor: str | None, order: str, as_customer: bool
) -> MessageList:
    """A page of messages, for colleagues or for those who ask."""
    viewer = request.viewer if as_customer else colleague(request)
    of = f"messages {ticket_id} {order} {as_customer}"
    place = rest.read_cursor(cursor, of)
    rows = messages_of(
        viewer, ticket_id, as_customer=as_customer, after=place[0] if place else None, size=limit + 1,
        newest_first=order == "newest",
    )  # fmt: skip
    more, rows = len(rows) > limit, rows[:limit]
    return MessageList.model_construct(
        items=[message_answer(row) for row in rows],
        next=rest.write_cursor([rows[-1].pk], of) if more else None,
    )


@messages.get("/messages/{message_id}", scope=READ, answer=MessageAnswer, summary="Get a message")
def messages_get(request: rest.ApiRequest, message_id: rest.PathId) -> MessageAnswer:
    """With what became of its delivery."""
    return message_answer(message_for_viewer(colleague(request), message_id))


class AddressIn(rest.Body):
    name: Annotated[str, rest.text(200)] = ""
    address: Annotated[
        str,
        rest.text(254, shortest=3),
        # White space is spelt out: what \s means differs between JSON Schema, Python and Rust.
        Field(pattern=r"^[^@\x00-\x20\x7f-\xa0<>\",;]+@[^@\x00-\x20\x7f-\xa0<>\",;]+$", examples=["a@b.example"]),
    ]


Addresses = Annotated[list[AddressIn], Field(max_length=rest.LONGEST_LIST)]


class ReplyIn(rest.Body):
    """An answer. It goes by mail to `to` and `cc`; left out, to the person who asked and those who take part."""

    text: Text
    to: Annotated[Addresses, Field(description="Empty: to nobody by mail, only to be read in the portal.")] = (
        rest.left_out()
    )
    cc: Addresses = rest.left_out()
    attachment_ids: Ids = []
    seen_message_id: SeenMessage = rest.left_out()


@messages.post("/tickets/{ticket_id}/replies", scope=WRITE, answer=MessageAnswer, status=201, summary="Reply")
def messages_reply(request: rest.ApiRequest, ticket_id: rest.PathId, answer: ReplyIn) -> rest.Answered:
    """Answer the person who asked. The message leaves afterwards; its `delivery_state` says what became of it."""
    viewer = colleague(request)
    to, cc = _given(answer.to), _given(answer.cc)
    if to is None or cc is None:
        own_to, own_cc = recipients_of(viewer, ticket_id)
        to, cc = own_to if to is None else to, own_cc if cc is None else cc
    content = MessageContent(
        text=answer.text,
        channel=Channel.EMAIL if to else Channel.API,
        to=to,
        cc=cc,
        attachment_ids=answer.attachment_ids,
    )
    message = reply(viewer, ticket_id, content, seen_message_id=answer.seen_message_id)
    return written(message, has_files=bool(answer.attachment_ids))


def _given(addresses: list[AddressIn] | None) -> list[Recipient] | None:
    return None if addresses is None else [{"name": each.name, "address": each.address} for each in addresses]


class NoteIn(rest.Body):
    text: Text
    mentioned: Annotated[Ids, Field(description="Colleagues it names; they are told.")] = []
    attachment_ids: Ids = []
    seen_message_id: SeenMessage = rest.left_out()


@messages.post("/tickets/{ticket_id}/notes", scope=WRITE, answer=MessageAnswer, status=201, summary="Add a note")
def messages_add_note(request: rest.ApiRequest, ticket_id: rest.PathId, note: NoteIn) -> rest.Answered:
    """What only colleagues see."""
    content = MessageContent(
        text=note.text, channel=Channel.API, mentioned=note.mentioned, attachment_ids=note.attachment_ids
    )
    message = add_note(colleague(request), ticket_id, content, seen_message_id=note.seen_message_id)
    return written(message, has_files=bool(note.attachment_ids))


def written(message: Message, *, has_files: bool) -> rest.Answered:
    """A message that was just written."""
    with_attachments(message, has_some=has_files)
    return rest.Answered(message_answer(message), headers={"Location": f"/api/v1/messages/{message.pk}"})


@messages.put("/tickets/{ticket_id}/read", scope=WRITE, answer=None, status=204, summary="Mark as read")
def messages_mark_read(request: rest.ApiRequest, ticket_id: rest.PathId) -> None:
    """The caller has read the ticket up to its newest message."""
    mark_read(colleague(request), ticket_id)


@messages.delete("/tickets/{ticket_id}/read", scope=WRITE, summary="Mark as unread")
def messages_mark_unread(request: rest.ApiRequest, ticket_id: rest.PathId) -> None:
    """Of a closed ticket nothing is unread: answered 422."""
    mark_unread(colleague(request), ticket_id)


class ChangeAnswer(rest.Answer):
    """One change in words, in the caller's language."""

    event_id: rest.Id
    at: rest.Time
    actor_id: rest.Id | None
    actor: str
    text: str
    reason: str


class TimelineEntryAnswer(rest.Answer):
    """A message, or the changes between two messages."""

    at: rest.Time
    message: MessageAnswer | None
    changes: list[ChangeAnswer]


class TimelineAnswer(rest.Answer):
    items: list[TimelineEntryAnswer]
    next: Next


@messages.get("/tickets/{ticket_id}/timeline", scope=READ, answer=TimelineAnswer, summary="Read the timeline")
def messages_timeline(
    request: rest.ApiRequest, ticket_id: rest.PathId, limit: rest.Limit, cursor: rest.Cursor
) -> TimelineAnswer:
    """The newest messages with the changes among them, oldest first within a page; `next` leads to earlier ones."""
    of = f"timeline {ticket_id}"
    place = rest.read_cursor(cursor, of)
    page = timeline_page(colleague(request), ticket_id, before=Place(*place) if place else None, size=limit)
    return TimelineAnswer.model_construct(
        items=[_entry(each) for each in page.entries],
        next=rest.write_cursor([page.first.message, page.first.event], of) if page.has_earlier else None,
    )


def _entry(entry: TimelineEntry) -> TimelineEntryAnswer:
    return TimelineEntryAnswer.model_construct(
        at=entry.at,
        message=message_answer(entry.message) if entry.message is not None else None,
        changes=[ChangeAnswer.model_validate(each) for each in entry.changes],
    )
