"""What the endpoints of tickets answer, and how it is made of rows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import Field, JsonValue

from deskbell.kernel.api import Event
from deskbell.kernel.rest import api as rest
from deskbell.people.api import User
from deskbell.tickets.models import Attachment, Message, Ticket
from deskbell.tickets.queries.page import TicketPage
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import Next

Category = Literal["new", "active", "waiting", "resolved", "closed", "cancelled"]


class Reference(rest.Answer):
    """Another record: its id, and its name for people."""

    id: rest.Id
    name: str


class TicketAnswer(rest.Answer):
    """A ticket. People, departments and the like by id; states, kinds and priorities by their stable code."""

    id: Annotated[rest.Id, Field(description="The number people see, as in #10042.")]
    url: Annotated[
        str, Field(description="Where colleagues open it.", examples=["https://desk.example/desk/tickets/10042/"])
    ]
    subject: str
    kind: Annotated[str, Field(examples=["incident"])]
    state: Annotated[str, Field(examples=["in_progress"])]
    state_category: Annotated[Category, Field(description="What the state means; states can be renamed, these stay.")]
    priority: Annotated[str, Field(examples=["p3"])]
    priority_reason: Annotated[str, Field(description="Why it differs from the matrix; empty when it does not.")]
    impact: int
    urgency: int
    category_id: rest.Id | None
    department_id: rest.Id
    team_id: rest.Id | None
    assignee_id: Annotated[rest.Id | None, Field(description="Who works on it now.")]
    owner_id: Annotated[rest.Id | None, Field(description="Who answers for it until the person is content.")]
    requester_id: Annotated[rest.Id, Field(description="Who asked.")]
    affected_id: Annotated[rest.Id | None, Field(description="Whom it concerns, when not the one who asked.")]
    organisation_id: rest.Id | None
    waiting_reason: Annotated[str | None, Field(description="Code of the reason for waiting.")]
    follow_up_at: rest.Time | None
    resolution: Annotated[str, Field(description="What solved it.")]
    is_restricted: Annotated[bool, Field(description="Exists only for those on its list.")]
    tags: list[str]
    custom: Annotated[dict[str, JsonValue], Field(description="Custom fields by their code.")]
    language: str
    channel: Annotated[str, Field(description="How it began.", examples=["email"])]
    merged_into_id: Annotated[rest.Id | None, Field(description="The ticket in which it goes on.")]
    version: Annotated[int, Field(description="Grows with every change; send it back to change what you have read.")]
    message_count: int
    reopen_count: int
    reassign_count: int
    last_message_id: rest.Id | None
    last_message_by_customer: bool
    created_at: rest.Time
    updated_at: rest.Time
    last_message_at: rest.Time
    customer_waiting_since: Annotated[
        rest.Time | None, Field(description="The earliest message from outside nobody has answered yet.")
    ]
    first_response_at: rest.Time | None
    resolved_at: rest.Time | None
    closed_at: rest.Time | None
    next_due_at: rest.Time | None


_SAME = tuple(
    name
    for name in TicketAnswer.model_fields
    if name not in {"id", "url", "kind", "state", "priority", "waiting_reason"}
)


def ticket_answer(ticket: Ticket) -> TicketAnswer:
    """Of a ticket with its state and kind; asks the database nothing more."""
    return TicketAnswer.model_construct(**_ticket_values(ticket))


def _ticket_values(ticket: Ticket) -> dict[str, Any]:
    known = vocabulary()
    # Trusted values from our own row: built without validation, which would cost more than the rest of the answer.
    values: dict[str, Any] = {name: getattr(ticket, name) for name in _SAME}
    values["id"] = ticket.pk
    values["url"] = f"{settings.BASE_URL}/desk/tickets/{ticket.pk}/"
    values["kind"] = _code(known.kinds, ticket.kind_id)
    values["state"] = _code(known.states, ticket.state_id)
    values["priority"] = _code(known.priorities, ticket.priority_id)
    values["waiting_reason"] = (
        None if ticket.waiting_reason_id is None else _code(known.waiting_reasons, ticket.waiting_reason_id)
    )
    values["custom"] = dict(ticket.custom)
    values["tags"] = list(ticket.tags)
    return values


def _code(rows: list[Any], pk: int) -> str:
    return next(str(row.code) for row in rows if row.pk == pk)


class TicketPerson(rest.Answer):
    """Somebody who has to do with the ticket."""

    id: rest.Id
    name: str
    email: str | None


class ParticipantAnswer(rest.Answer):
    """Somebody outside who takes part: is given copies, may read and answer."""

    user: TicketPerson
    role: Literal["to", "cc"]


class TicketLinkAnswer(rest.Answer):
    """A link, as this ticket sees it."""

    id: rest.Id
    kind: Annotated[str, Field(examples=["child_of"])]
    label: Annotated[str, Field(examples=["is part of"])]
    ticket_id: Annotated[rest.Id, Field(description="The ticket at its other end.")]
    subject: str
    state_category: Category


class ReferralAnswer(rest.Answer):
    """Access given to a department or a colleague beside the ticket's own department."""

    id: rest.Id
    department_id: rest.Id | None
    user_id: rest.Id | None
    can_work: bool
    reason: str
    created_at: rest.Time


class MergeAnswer(rest.Answer):
    """A merge that can be undone."""

    id: rest.Id
    source_id: rest.Id
    target_id: rest.Id
    merged_at: rest.Time


class NextStateAnswer(rest.Answer):
    """A state the caller may take the ticket to now."""

    state: Annotated[str, Field(examples=["resolved"])]
    name: str
    category: Category
    asks: Annotated[list[str], Field(description="Fields that have to be sent with it.", examples=[["resolution"]])]
    blocked: Annotated[str | None, Field(description="Why it cannot be entered just now; null when it can.")]


class TicketDetail(TicketAnswer):
    """A ticket with everyone and everything around it."""

    department: Reference
    team: Reference | None
    category: Reference | None
    organisation: Reference | None
    requester: TicketPerson
    affected: TicketPerson | None
    assignee: TicketPerson | None
    owner: TicketPerson | None
    participants: list[ParticipantAnswer]
    watchers: list[TicketPerson]
    links: list[TicketLinkAnswer]
    referrals: list[ReferralAnswer]
    merges: Annotated[list[MergeAnswer], Field(description="Merges into this ticket, and the one that ended it.")]
    next_states: list[NextStateAnswer]
    may: Annotated[list[str], Field(description="What the caller may do with it.", examples=[["ticket.work"]])]
    is_watching: bool
    read_up_to: Annotated[
        int,
        Field(description="Id of the newest message the caller has read; 0 for none. Of a closed ticket, its newest."),
    ]


def ticket_detail(page: TicketPage) -> TicketDetail:
    ticket = page.ticket
    merges = [*page.merges, *([page.merged_by] if page.merged_by else [])]
    return TicketDetail.model_construct(
        **_ticket_values(ticket),
        department=_reference(ticket.department),
        team=_reference(ticket.team),
        category=_reference(ticket.category),
        organisation=_reference(ticket.organisation),
        requester=_person(ticket.requester),
        affected=_person(ticket.affected),
        assignee=_person(ticket.assignee),
        owner=_person(ticket.owner),
        participants=[
            ParticipantAnswer.model_construct(user=_person(each.user), role=each.role) for each in page.participants
        ],
        watchers=[_person(each.user) for each in page.watchers],
        links=[
            TicketLinkAnswer.model_construct(
                id=each.id,
                kind=each.kind.value,
                label=each.label,
                ticket_id=each.other.pk,
                subject=each.other.subject,
                state_category=each.other.state_category,
            )
            for each in page.links
        ],
        referrals=[ReferralAnswer.model_validate(each) for each in page.referrals],
        merges=[MergeAnswer.model_validate(each) for each in merges],
        next_states=[
            NextStateAnswer.model_construct(
                state=each.state.code,
                name=str(each.state),
                category=each.state.category,
                asks=[guard.field for guard in each.asks],
                blocked=str(each.blocked.problem) if each.blocked else None,
            )
            for each in page.next_states
        ],
        may=sorted(page.may),
        is_watching=page.is_watching,
        read_up_to=page.read_up_to,
    )


def _reference(row: Any) -> Reference | None:
    return None if row is None else Reference.model_construct(id=row.pk, name=str(row))


def _person(user: User | None) -> TicketPerson | None:
    return None if user is None else TicketPerson.model_construct(id=user.pk, name=user.name, email=user.email or None)


class TicketRow(rest.Answer):
    """A ticket as lists show it."""

    id: rest.Id
    subject: str
    preview: Annotated[str, Field(description="The first words of the newest message.")]
    kind: Annotated[str, Field(validation_alias="kind_code")]
    state: Annotated[str, Field(validation_alias="state_code")]
    state_category: Category
    priority: Annotated[str, Field(validation_alias="priority_code")]
    department_id: rest.Id
    department: str
    team: str
    assignee_id: rest.Id | None
    assignee: str
    requester_id: rest.Id
    requester: str
    organisation: str
    channel: str
    tags: list[str]
    message_count: int
    is_restricted: bool
    last_message_by_customer: bool
    created_at: rest.Time
    updated_at: rest.Time
    last_message_at: rest.Time
    customer_waiting_since: rest.Time | None
    follow_up_at: rest.Time | None
    next_due_at: rest.Time | None
    version: int
    unread: bool


class TicketList(rest.Answer):
    items: list[TicketRow]
    next: Next


class AttachmentAnswer(rest.Answer):
    """A file. Its bytes are at /attachments/{id}/content."""

    id: rest.Id
    name: Annotated[str, Field(examples=["screen.png"])]
    content_type: Annotated[str, Field(description="As the sender named it; not to be trusted.")]
    size: Annotated[int, Field(description="Bytes.")]
    is_inline: Annotated[bool, Field(description="Shown in the text.")]
    content_id: str
    message_id: Annotated[rest.Id | None, Field(description="Null: uploaded, and waiting for its message.")]
    created_at: rest.Time


def attachment_answer(row: Attachment) -> AttachmentAnswer:
    return AttachmentAnswer.model_construct(
        id=row.pk,
        name=row.name,
        content_type=row.content_type,
        size=row.file.size,
        is_inline=row.is_inline,
        content_id=row.content_id,
        message_id=row.message_id,
        created_at=row.created_at,
    )


class Address(rest.Answer):
    """A name and address as they stand on a message."""

    name: str
    address: str


class MessageAnswer(rest.Answer):
    """A message. Its text never changes."""

    id: rest.Id
    ticket_id: rest.Id
    kind: Annotated[Literal["public", "note"], Field(description="`note`: for colleagues only.")]
    direction: Annotated[Literal["in", "out", "internal"], Field(description="`in`: from outside.")]
    channel: Annotated[str, Field(examples=["email"])]
    author: Annotated[Reference | None, Field(description="Null for the desk itself.")]
    subject: str
    text: Annotated[str, Field(description="What was newly written.")]
    html: Annotated[str, Field(description="The same as sanitised HTML; empty when it came as plain text.")]
    quoted_text: Annotated[str, Field(description="The history below it.")]
    to: list[Address]
    cc: list[Address]
    is_automatic: bool
    delivery_state: Literal["none", "queued", "sending", "sent", "failed", "bounced"]
    delivery_error: str
    attachments: list[AttachmentAnswer]
    created_at: rest.Time


_MESSAGE = ("ticket_id", "kind", "direction", "channel", "subject", "text", "html", "quoted_text", "is_automatic",
            "delivery_state", "delivery_error", "created_at")  # fmt: skip


def message_answer(row: Message) -> MessageAnswer:
    """Of a message with its author and attachments."""
    return MessageAnswer.model_construct(
        id=row.pk,
        author=None if row.author is None else Reference.model_construct(id=row.author.pk, name=str(row.author)),
        to=_addresses(row.to),
        cc=_addresses(row.cc),
        attachments=[attachment_answer(each) for each in row.attachments.all()],
        **{name: getattr(row, name) for name in _MESSAGE},
    )


def _addresses(rows: list[Any]) -> list[Address]:
    return [Address.model_construct(name=str(row.get("name", "")), address=str(row.get("address", ""))) for row in rows]


class MessageList(rest.Answer):
    items: list[MessageAnswer]
    next: Next


class EventAnswer(rest.Answer):
    """One change: who, when, what from what to what, and why. Events never change."""

    id: rest.Id
    at: Annotated[datetime, Field(description="When it happened, in UTC.")]
    kind: Annotated[str, Field(examples=["ticket.assigned"])]
    subject_type: Annotated[str, Field(examples=["ticket"])]
    subject_id: int
    actor_kind: Literal["person", "system"]
    actor_id: int | None
    cause_kind: Annotated[str, Field(examples=["request"])]
    cause_ref: str
    changes: Annotated[
        dict[str, JsonValue],
        Field(description="Field → [before, after].", examples=[{"assignee_id": [None, 12]}]),
    ]
    data: Annotated[dict[str, JsonValue], Field(description="What else this kind of event carries.")]
    reason: str
    historic: Annotated[bool, Field(description="Written by an import: nothing was sent because of it.")]


def event_answer(row: Event) -> EventAnswer:
    return EventAnswer.model_construct(**{name: getattr(row, name) for name in EventAnswer.model_fields})


class EventList(rest.Answer):
    items: list[EventAnswer]
    next: Next
