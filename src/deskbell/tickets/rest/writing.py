"""Tickets: create and change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from deskbell.kernel.api import UNCHANGED, Invalid, Viewer, whole
from deskbell.kernel.rest import api as rest
from deskbell.people import api as people
from deskbell.tickets.actions.assignment import assign, change_owner
from deskbell.tickets.actions.classification import change_subject, classify, set_fields, set_tags
from deskbell.tickets.actions.create import NewTicket, create_ticket
from deskbell.tickets.actions.people import change_affected, change_requester
from deskbell.tickets.content import MessageContent
from deskbell.tickets.locking import holding, lock_ticket
from deskbell.tickets.models import Channel, Direction, ParticipantRole, Ticket
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.rest.fields import (
    WRITE,
    Code,
    Custom,
    Ids,
    Level,
    Reason,
    Subject,
    Tags,
    Text,
    Version,
    colleague,
)
from deskbell.tickets.rest.reading import tickets, version_tag
from deskbell.tickets.rest.shapes import TicketAnswer, ticket_answer


class NewRequester(rest.Body):
    """Who asks, by address; added as a person when nobody has it yet."""

    email: Annotated[str, rest.text(254, shortest=3), Field(examples=["anna@kern.example"])]
    name: Annotated[str, rest.text(200)] = ""


class NewParticipant(rest.Body):
    user_id: rest.Id
    role: Literal["to", "cc"] = "cc"


class TicketIn(rest.Body):
    """A ticket to be created, with its first message. Give `requester_id`, or `requester` by address."""

    subject: Subject
    text: Text
    department_id: rest.Id
    requester_id: rest.Id = rest.left_out()
    requester: NewRequester = rest.left_out()
    kind: Code = "question"
    category_id: rest.Id | None = None
    impact: Level = 3
    urgency: Level = 3
    direction: Annotated[
        Literal["in", "out", "internal"],
        Field(description="`in`: the person wrote the text. `out`: the desk writes to them. `internal`: a note."),
    ] = "in"
    affected_id: rest.Id | None = None
    assignee_id: rest.Id | None = None
    team_id: rest.Id | None = None
    owner_id: rest.Id | None = None
    tags: Tags = []
    custom: Custom = {}
    participants: Annotated[list[NewParticipant], Field(max_length=rest.LONGEST_LIST)] = []
    attachment_ids: Annotated[Ids, Field(description="Uploads of yours that wait for their message.")] = []


@tickets.post("/tickets", scope=WRITE, answer=TicketAnswer, status=201, summary="Create a ticket")
def tickets_create(request: rest.ApiRequest, ticket: TicketIn) -> rest.Answered:
    """For others, where you may create tickets; what you ask yourself goes to `POST /my/tickets`."""
    viewer = colleague(request)
    require_words(ticket.text)
    requester_id, email = _requester(viewer, ticket)
    by_mail = ticket.direction == "out" and bool(email)
    content = MessageContent(
        text=ticket.text,
        channel=Channel.EMAIL if by_mail else Channel.API,
        to=[{"name": "", "address": email}] if by_mail else [],
        attachment_ids=ticket.attachment_ids,
    )
    created = create_ticket(
        viewer,
        NewTicket(
            subject=ticket.subject,
            content=content,
            department_id=ticket.department_id,
            requester_id=requester_id,
            kind=ticket.kind,
            category_id=ticket.category_id,
            impact=ticket.impact,
            urgency=ticket.urgency,
            direction=Direction(ticket.direction),
            affected_id=ticket.affected_id,
            assignee_id=ticket.assignee_id,
            team_id=ticket.team_id,
            owner_id=ticket.owner_id,
            tags=ticket.tags,
            custom=ticket.custom,
            participants=[(each.user_id, ParticipantRole(each.role)) for each in ticket.participants],
        ),
    )
    return changed(created, headers={"Location": f"/api/v1/tickets/{created.pk}"})


def require_words(text: str) -> None:
    """Raises Invalid for a message of spaces."""
    if not text.strip():
        raise Invalid(fields={"text": _("Write something first.")})


def _requester(viewer: Viewer, ticket: TicketIn) -> tuple[int, str]:
    """Who asks, and the address to write to when the desk begins. Raises Invalid."""
    given = ticket.model_fields_set & {"requester_id", "requester"}
    if len(given) != 1:
        raise Invalid(fields={"requester": _("Give either “requester_id” or “requester”.")})
    if "requester" in given:
        user, _created = people.find_or_create_by_email(viewer, ticket.requester.email, name=ticket.requester.name)
        return user.pk, user.email or ""
    if ticket.direction == "out":
        found = people.User.objects.filter(pk=ticket.requester_id).values_list("email", flat=True).first()
        return ticket.requester_id, found or ""
    return ticket.requester_id, ""


def changed(ticket: Ticket, headers: dict[str, str] | None = None) -> rest.Answered:
    """A ticket as it stands after an action."""
    return rest.Answered(ticket_answer(ticket), headers={"ETag": version_tag(ticket), **(headers or {})})


class TicketChange(rest.Body):
    """What is left out stays as it is. Null empties what may be empty."""

    version: Version = rest.left_out()
    subject: Subject = rest.left_out()
    kind: Code = rest.left_out()
    category_id: rest.Id | None = rest.left_out()
    impact: Level = rest.left_out()
    urgency: Level = rest.left_out()
    priority: Annotated[
        Code | None, Field(description="Another one than the matrix gives, with its reason; null: the matrix's own.")
    ] = rest.left_out()
    priority_reason: Reason = rest.left_out()
    assignee_id: rest.Id | None = rest.left_out()
    team_id: rest.Id | None = rest.left_out()
    owner_id: rest.Id | None = rest.left_out()
    requester_id: rest.Id = rest.left_out()
    affected_id: rest.Id | None = rest.left_out()
    tags: Annotated[Tags, Field(description="All of them; what is not here goes.")] = rest.left_out()
    custom: Annotated[Custom, Field(description="Those given are set, null clears one, others stay.")] = rest.left_out()


Step = Callable[[Viewer, int], Ticket]
_CLASSES = ("kind", "category_id", "impact", "urgency", "priority", "priority_reason")


@tickets.patch("/tickets/{ticket_id}", scope=WRITE, answer=TicketAnswer, summary="Change a ticket")
def tickets_update(request: rest.ApiRequest, ticket_id: rest.PathId, ticket: TicketChange) -> rest.Answered:
    """All of it or nothing. Send `version` to be told (409) when somebody changed the ticket since you read it.

    States have an endpoint of their own, and so has handing over to another department.
    """
    return changed(_update(colleague(request), ticket_id, ticket))


def _update(viewer: Viewer, ticket_id: int, change: TicketChange) -> Ticket:
    given = {name: getattr(change, name) for name in change.model_fields_set}
    seen_version = given.pop("version", None)
    steps = _steps(given)
    if not steps:
        raise Invalid(_("Say what to change."))
    with whole():
        # Each action grows the version: the one that was read is compared once, under the lock of them all.
        ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
        with holding(ticket):
            for step in steps:
                step(viewer, ticket_id)
    return ticket


def _steps(given: dict[str, Any]) -> list[Step]:
    """The actions in their order: who asks before who works, for what follows may depend on it."""
    steps: list[Step] = []
    if "requester_id" in given:
        steps.append(lambda viewer, pk: change_requester(viewer, pk, given["requester_id"]))
    if "affected_id" in given:
        steps.append(lambda viewer, pk: change_affected(viewer, pk, given["affected_id"]))
    if "subject" in given:
        steps.append(lambda viewer, pk: change_subject(viewer, pk, given["subject"]))
    if given.keys() & set(_CLASSES):
        steps.append(lambda viewer, pk: classify(viewer, pk, **_classes(given)))
    if "custom" in given:
        steps.append(lambda viewer, pk: set_fields(viewer, pk, given["custom"]))
    if "owner_id" in given:
        steps.append(lambda viewer, pk: change_owner(viewer, pk, given["owner_id"]))
    if given.keys() & {"assignee_id", "team_id"}:
        steps.append(lambda viewer, pk: _assign(viewer, pk, given))
    if "tags" in given:
        steps.append(lambda viewer, pk: set_tags(viewer, pk, given["tags"]))
    return steps


def _classes(given: dict[str, Any]) -> dict[str, Any]:
    values = {name: given[name] for name in _CLASSES if name in given}
    if "priority" in values:
        values["priority_id"] = priority_id(values.pop("priority"))
    return values


def priority_id(code: str | None) -> int | None:
    """The id of a priority by its code; None for none. Raises Invalid."""
    if code is None:
        return None
    for row in vocabulary().priorities:
        if row.code == code:
            return row.pk
    raise Invalid(fields={"priority": _("There is no such priority.")})


def _assign(viewer: Viewer, ticket_id: int, given: dict[str, Any]) -> Ticket:
    assignee_id = given["assignee_id"] if "assignee_id" in given else lock_ticket(viewer, ticket_id).assignee_id
    return assign(viewer, ticket_id, assignee_id, team_id=given.get("team_id", UNCHANGED))
