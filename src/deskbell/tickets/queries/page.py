"""Everything the page of one ticket shows beside its timeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects

from deskbell.kernel.api import NotAllowed, NotFound, Viewer, may, visible
from deskbell.people.api import ContactPoint, User
from deskbell.tickets import access
from deskbell.tickets.guards import Guard, Step, guards
from deskbell.tickets.models import (
    Attachment,
    CustomField,
    Draft,
    LinkKind,
    Merge,
    Message,
    Participant,
    Referral,
    State,
    Ticket,
    TicketLink,
    Watcher,
)
from deskbell.tickets.queries.around import around
from deskbell.tickets.queries.vocabulary import Vocabulary

PERMISSIONS = (
    access.SEE, access.NOTE, access.WORK, access.ASSIGN, access.TRANSFER, access.MERGE, access.PRIORITY, access.BULK,
    access.RESTRICTED,
)  # fmt: skip


# What the form of a change of state can ask for.
_ASKED = {"waiting_reason", "follow_up_at", "resolution", "reason"}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as this ticket sees it. label: "is part of", "consists of", …; other: the ticket at its other end."""

    id: int
    kind: LinkKind
    label: str
    other: Ticket


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A custom field and what the ticket holds for it; None when nothing."""

    field: CustomField
    value: Any


@dataclass(frozen=True, slots=True)
class NextState:
    """A state the viewer may take the ticket to. asks: guards the form has to satisfy (field, label, problem).

    blocked: the first guard that cannot be met by filling in a field now.
    """

    state: State
    asks: tuple[Guard, ...] = ()
    blocked: Guard | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(guard.field for guard in self.asks)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """may: names of permissions held on this ticket ("ticket.work", …). read_up_to: id of the newest message read;
    of a closed ticket all are. is_mentioned: the viewer is named in a message they have not read.

    merges: merges into this ticket that can be undone; merged_by: the merge by which this one ended elsewhere.
    contact_points: of whoever asked. known: the small tables, people: everybody named by id; both as they were read
    for this page, for its timeline and forms.
    """

    ticket: Ticket
    may: frozenset[str]
    participants: list[Participant]
    watchers: list[Watcher]
    links: list[LinkView]
    referrals: list[Referral]
    fields: list[FieldValue]
    next_states: list[NextState]
    drafts: dict[str, Draft] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    merged_by: Merge | None = None
    is_watching: bool = False
    read_up_to: int = 0
    is_mentioned: bool = False
    contact_points: list[ContactPoint] = field(default_factory=list)
    known: Vocabulary | None = None
    people: dict[int, User] = field(default_factory=dict)

    @property
    def last_message_id(self) -> int:
        return self.ticket.last_message_id or 0

    @property
    def tags(self) -> list[str]:
        return list(self.ticket.tags)


def ticket_page(viewer: Viewer, ticket_id: int) -> TicketPage:
    """For a colleague. Raises NotAllowed for whoever works in no department, NotFound for what they cannot see."""
    if not viewer.is_agent:
        raise NotAllowed
    found = around(viewer, ticket_id)
    ticket, known = found.ticket, found.known
    held = frozenset(name for name in PERMISSIONS if may(viewer, name, ticket))
    return TicketPage(
        ticket=ticket,
        may=held,
        participants=found.participants,
        watchers=found.watchers,
        links=_links(viewer, ticket, found.links),
        referrals=found.referrals,
        fields=_fields(ticket, known),
        next_states=next_states(viewer, ticket, held, known),
        drafts=_drafts(found.drafts),
        merges=[row for row in found.merges if row.target_id == ticket.pk],
        merged_by=next((row for row in found.merges if row.source_id == ticket.pk), None),
        is_watching=any(row.user_id == viewer.user_id for row in found.watchers),
        read_up_to=found.read_up_to,
        is_mentioned=found.is_mentioned,
        contact_points=found.contact_points,
        known=known,
        people=found.people,
    )


def _links(viewer: Viewer, ticket: Ticket, rows: list[TicketLink]) -> list[LinkView]:
    """Links to tickets the viewer may see; of others not even the number is shown. One query, if there are any."""
    if not rows:
        return []
    others = {row.target_id if row.source_id == ticket.pk else row.source_id for row in rows}
    seen = {each.pk: each for each in visible(viewer, Ticket).filter(pk__in=others).select_related("state")}
    found = []
    for row in rows:
        kind = LinkKind(row.kind)
        is_source = row.source_id == ticket.pk
        other = seen.get(row.target_id if is_source else row.source_id)
        if other is not None:
            label = kind.label if is_source else kind.reverse_label
            found.append(LinkView(id=row.pk, kind=kind, label=str(label), other=other))
    return found


def _fields(ticket: Ticket, known: Vocabulary) -> list[FieldValue]:
    return [
        FieldValue(each, ticket.custom.get(each.code))
        for each in known.custom_fields
        if each.is_active
        and (not each.kinds or ticket.kind.code in each.kinds)
        and each.department_id in (None, ticket.department_id)
    ]


def next_states(viewer: Viewer, ticket: Ticket, held: frozenset[str], known: Vocabulary) -> list[NextState]:
    """The states the viewer may choose, in their order, with what each asks for."""
    steps = [step for step in known.transitions if step.source_id == ticket.state_id and step.target.is_active]
    found = []
    for step in steps:
        if step.permission not in held:
            continue
        unmet = [guard for guard in map(guards.get, step.guards) if not guard.holds(Step(viewer=viewer, ticket=ticket))]
        asks = tuple(guard for guard in unmet if guard.field in _ASKED)
        blocked = next((guard for guard in unmet if guard not in asks), None)
        found.append(NextState(step.target, asks, blocked))
    return found


def _drafts(rows: list[Draft]) -> dict[str, Draft]:
    prefetch_related_objects(rows, "attachments__file")
    return {str(row.kind): row for row in rows}


def message_for_viewer(viewer: Viewer, message_id: int) -> Message:
    """A message with its ticket, author and attachments. Raises NotFound."""
    rows: QuerySet[Message] = Message.objects.select_related("ticket", "author").prefetch_related("attachments__file")
    return _as_either(viewer, rows, message_id)


def attachment_for_viewer(viewer: Viewer, attachment_id: int) -> Attachment:
    """An attachment of a message the viewer may read, or their own upload that waits. Raises NotFound."""
    own = Q(message=None, uploaded_by_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=())
    seen = Q(message__in=visible(viewer, Message)) | Q(message__in=access.messages_as_customer(viewer))
    found = Attachment.objects.filter(own | seen, pk=attachment_id).select_related("file", "message").first()
    if found is None:
        raise NotFound
    return found


def _as_either(viewer: Viewer, rows: QuerySet[Message], message_id: int) -> Message:
    found = visible(viewer, Message, rows).filter(pk=message_id).first()
    if found is None:
        found = rows.filter(pk=message_id).filter(pk__in=access.messages_as_customer(viewer)).first()
    if found is None:
        raise NotFound
    return found
