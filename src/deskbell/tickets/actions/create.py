"""Creating a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    Event,
    Invalid,
    NotAllowed,
    Viewer,
    ask,
    clock,
    drawn_for_events,
    gathered,
    insertion,
    next_ids,
    one_line,
    part,
    record,
    reference,
    run,
    send,
    together,
)
from deskbell.people.api import Department, Identity, identities_statement
from deskbell.tickets import access, documents, events, updates
from deskbell.tickets.actions.assignment import require_team
from deskbell.tickets.actions.messages import after_message, new_message, note_message
from deskbell.tickets.actions.states import active_kind, default_state
from deskbell.tickets.content import MessageContent, clean_tags
from deskbell.tickets.custom_values import clean_values
from deskbell.tickets.matrix import priority_for
from deskbell.tickets.models import (
    Category,
    Direction,
    Impact,
    Kind,
    Message,
    MessageKind,
    Participant,
    ParticipantRole,
    StateCategory,
    Ticket,
    Urgency,
)
from deskbell.tickets.workers import can_work_in

# What the log must hold so that a ticket can be replayed from its events.
INITIAL = (
    "subject", "category_id", "impact", "urgency", "priority_id", "department_id", "team_id", "assignee_id",
    "owner_id", "affected_id", "organisation_id", "tags", "custom", "is_restricted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket to be created. direction: IN when the person who asked wrote it, OUT or INTERNAL by an agent.

    author_id: who wrote the message, when it is not the viewer. asks_fields: required custom fields are asked
    of a person. is_continuation: an answer to a ticket that ended; taken in though the portal no longer offers
    its department or kind.
    """

    subject: str
    content: MessageContent
    department_id: int
    requester_id: int
    kind: str = "question"
    category_id: int | None = None
    impact: int = Impact.LIMITED
    urgency: int = Urgency.NORMAL
    direction: Direction = Direction.IN
    affected_id: int | None = None
    assignee_id: int | None = None
    team_id: int | None = None
    owner_id: int | None = None
    tags: Sequence[str] = ()
    custom: Mapping[str, object] = field(default_factory=dict)
    participants: Sequence[tuple[int, ParticipantRole]] = ()
    split_from_id: int | None = None
    author_id: int | None = None
    asks_fields: bool = True
    is_continuation: bool = False


@part()
def create_ticket(viewer: Viewer, new: NewTicket) -> Ticket:
    """Create a ticket with its first message, in one reading and one writing round trip (docs/adr/0015).

    Agents create in departments where they hold `ticket.create`; anyone for themselves in departments the
    portal offers. Raises NotAllowed, or Invalid naming the field.
    """
    asked = _ask(new)
    with reference.held(asked.version), together():
        drawn_for_events(asked.event_ids)
        return _create(viewer, new, asked)


class _Asked(NamedTuple):
    """What is read before: numbers for the ticket and its message, and the people by id."""

    ticket_id: int
    message_id: int
    event_ids: Sequence[int]
    people: Mapping[int, Identity]
    version: UUID


_EXPECTED = "tickets.expected"


def expect_tickets(requester_ids: Sequence[int]) -> None:
    """Ask at once what the creations to come in this `together()` need: one for each of these, with nobody else on it.

    A creation that does not come leaves its numbers unused, as after a rollback.
    """
    expected = gathered(_EXPECTED)
    if expected is None or not requester_ids:
        return
    ids, people, version = ask(
        [
            next_ids(Ticket, Message, Event, Event, rows=len(requester_ids)),
            identities_statement(requester_ids),
            (reference.VERSION_SQL, ()),
        ]
    )
    known = {row[0]: Identity(*row) for row in people}
    for (ticket_id, message_id, *event_ids), user_id in zip(ids, requester_ids, strict=True):
        found = {user_id: known[user_id]} if user_id in known else {}
        expected.append(_Asked(ticket_id, message_id, event_ids, found, version[0][0]))


def _ask(new: NewTicket) -> _Asked:
    wanted = [new.requester_id, new.affected_id or 0, *dict(new.participants)]
    expected: list[_Asked] = gathered(_EXPECTED) or []
    for each in expected:
        if each.people.keys() == {*wanted} - {0}:
            expected.remove(each)
            return each
    ids, people, version = run([_IDS, identities_statement(wanted), (reference.VERSION_SQL, ())])
    ticket_id, message_id, *event_ids = ids[0]
    return _Asked(ticket_id, message_id, event_ids, {row[0]: Identity(*row) for row in people}, version[0][0])


_IDS = next_ids(Ticket, Message, Event, Event)  # created, and the message that was added


def _create(viewer: Viewer, new: NewTicket, asked: _Asked) -> Ticket:
    department, kind = _active_department(new.department_id), active_kind(new.kind)
    requester = asked.people.get(new.requester_id)
    if department is None or kind is None or requester is None:
        raise Invalid(fields=_missing(department, kind, requester))
    by_agent = _authorise(viewer, new, department, kind)
    _require_fitting(new)
    _require_people(new, asked.people)
    subject = one_line(new.subject, 500)
    if not subject:
        raise Invalid(fields={"subject": _("Say in a few words what it is about.")})
    asks = new.asks_fields and not new.is_continuation and not viewer.is_system
    now = clock.now()
    state = default_state(StateCategory.NEW)
    ticket = Ticket(
        pk=asked.ticket_id,
        subject=subject,
        kind=kind,
        category_id=new.category_id,
        impact=new.impact,
        urgency=new.urgency,
        priority_id=priority_for(new.impact, new.urgency),
        state=state,
        state_category=state.category,
        department=department,
        team_id=new.team_id,
        assignee_id=new.assignee_id,
        owner_id=new.owner_id or (viewer.user_id if by_agent and new.direction != Direction.IN else None),
        requester_id=requester.user_id,
        affected_id=new.affected_id,
        organisation_id=requester.organisation_id,
        is_restricted=kind.is_restricted,
        tags=clean_tags(new.tags),
        custom=clean_values(new.custom, kind=kind.code, department_id=department.pk, by_person=asks),
        language=requester.language,
        channel=new.content.channel,
        created_at=now,
        updated_at=now,
        last_message_at=now,
    )
    _record_creation(viewer, ticket, new)
    _write_first_message(viewer, ticket, asked.message_id, new)
    documents.index_new(ticket, asked.message_id, new.content, asked.people.values(), is_note=_is_note(new))
    return ticket


@reference.cached
def _departments() -> Mapping[int, Department]:
    return Department.objects.in_bulk()


def _active_department(department_id: int) -> Department | None:
    found = _departments().get(department_id)
    return found if found is not None and found.is_active else None


def _is_note(new: NewTicket) -> bool:
    return new.direction == Direction.INTERNAL


def _write_first_message(viewer: Viewer, ticket: Ticket, message_id: int, new: NewTicket) -> None:
    """The message, and the ticket with the columns that tell of it: written once, and not changed right away."""
    taking_part = {user_id: role for user_id, role in dict(new.participants).items() if user_id != ticket.requester_id}
    Participant.objects.bulk_create(
        Participant(ticket=ticket, user_id=user_id, role=role, added_at=ticket.created_at)
        for user_id, role in taking_part.items()
    )
    updates.is_known(ticket, taking_part)
    message = new_message(
        viewer,
        ticket,
        new.content,
        kind=MessageKind.NOTE if _is_note(new) else MessageKind.PUBLIC,
        direction=new.direction,
        author_id=new.author_id,
        message_id=message_id,
    )
    note_message(ticket, message, new.content)
    send(*insertion([ticket]))
    after_message(viewer, ticket, message, new.content)


def _record_creation(viewer: Viewer, ticket: Ticket, new: NewTicket) -> None:
    """The event from which the ticket can be replayed."""
    record(
        viewer,
        events.CREATED,
        ticket.pk,
        events.Created(
            channel=new.content.channel,
            department_id=ticket.department_id,
            requester_id=ticket.requester_id,
            split_from_id=new.split_from_id,
        ),
        changes={name: (None, getattr(ticket, name)) for name in INITIAL if getattr(ticket, name) not in (None, "", {})}
        | {"kind": (None, ticket.kind.code), "state": (None, ticket.state.code)},
    )


def _authorise(viewer: Viewer, new: NewTicket, department: Department, kind: Kind) -> bool:
    """True when the viewer creates as an agent, False for themselves. Raises NotAllowed."""
    if viewer.may(access.CREATE, department.pk):
        return True
    for_oneself = viewer.user_id == new.requester_id and new.direction == Direction.IN
    if for_oneself and new.is_continuation:
        return False
    if for_oneself and department.takes_portal_tickets and kind.in_portal and new.assignee_id is None:
        return False
    raise NotAllowed


def _require_fitting(new: NewTicket) -> None:
    """Raises Invalid unless assignee, team and category are those of the department."""
    if new.assignee_id is not None and not can_work_in(new.assignee_id, new.department_id):
        raise Invalid(fields={"assignee": _("This person cannot work on tickets of this department.")})
    if new.owner_id is not None and new.split_from_id is None and not can_work_in(new.owner_id, new.department_id):
        raise Invalid(fields={"owner": _("This person cannot work on tickets of this department.")})
    require_team(new.team_id, new.department_id)
    if new.category_id is not None:
        offered = Category.objects.filter(Q(department=None) | Q(department=new.department_id), pk=new.category_id)
        if not offered.exists():
            raise Invalid(fields={"category": _("Choose a category of this department.")})


def _require_people(new: NewTicket, people: Mapping[int, Identity]) -> None:
    """Raises Invalid for somebody named who does not exist: foreign keys would only say so at the commit."""
    if new.affected_id is not None and new.affected_id not in people:
        raise Invalid(fields={"affected": _("There is no such person.")})
    if any(user_id not in people for user_id, _role in new.participants):
        raise Invalid(fields={"participants": _("There is no such person.")})


def _missing(department: Department | None, kind: Kind | None, requester: Identity | None) -> dict[str, str]:
    problems = {}
    if department is None:
        problems["department"] = _("Choose a department.")
    if kind is None:
        problems["kind"] = _("Choose a kind.")
    if requester is None:
        problems["requester"] = _("Choose the person who asks.")
    return problems
