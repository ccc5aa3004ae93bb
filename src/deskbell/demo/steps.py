"""What happens in a story, one class per kind of step. Each is played by the real action, at its moment."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from deskbell.demo.papers import Paper
from deskbell.kernel.api import SYSTEM, CauseKind, caused_by
from deskbell.tickets import api as tickets

if TYPE_CHECKING:
    from deskbell.demo.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(ABC):
    """at: when, in UTC. ticket: its number in the plan. by: key of an agent or a person; "" is the desk itself."""

    at: datetime
    ticket: int
    by: str = ""

    @abstractmethod
    def play(self, stage: Stage) -> None: ...

    @property
    def papers(self) -> Sequence[Paper]:
        """What is attached."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A message. quoted: the history below it, as mail programs add it. mentions: keys of agents.
    to: names and addresses.
    """

    text: str
    subject: str = ""
    quoted: str = ""
    papers: Sequence[Paper] = ()
    mentions: Sequence[str] = ()
    to: Sequence[tuple[str, str]] = ()
    is_html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Create(Step):
    """channel: email and portal by the person who asks; phone by an agent, for them."""

    asker: str
    department: str
    kind: str
    subject: str
    words: Words
    channel: str = tickets.Channel.EMAIL
    category: str = ""
    impact: int = tickets.Impact.LIMITED
    urgency: int = tickets.Urgency.NORMAL
    copies: Sequence[str] = ()
    custom: Mapping[str, object] | None = None

    @property
    @override
    def papers(self) -> Sequence[Paper]:
        return self.words.papers

    @override
    def play(self, stage: Stage) -> None:
        from_outside = self.by == self.asker
        by_mail = self.channel == tickets.Channel.EMAIL
        stage.ticket_ids[self.ticket] = tickets.create_ticket(
            stage.outside(self.by) if from_outside and by_mail else stage.viewer(self.by),
            tickets.NewTicket(
                subject=self.subject,
                content=stage.content(self.words, self.channel),
                department_id=stage.departments[self.department],
                requester_id=stage.people[self.asker],
                kind=self.kind,
                category_id=stage.categories.get(self.category),
                impact=self.impact,
                urgency=self.urgency,
                direction=tickets.Direction.IN if from_outside else tickets.Direction.INTERNAL,
                custom=dict(self.custom or {}),
                participants=[(stage.people[key], tickets.ParticipantRole.CC) for key in self.copies],
            ),
        ).pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming(Step):
    """The person outside writes again, by mail or in the portal."""

    words: Words
    channel: str = tickets.Channel.EMAIL

    @property
    @override
    def papers(self) -> Sequence[Paper]:
        return self.words.papers

    @override
    def play(self, stage: Stage) -> None:
        content = stage.content(self.words, self.channel)
        ticket_id = stage.ticket_ids[self.ticket]
        if self.channel == tickets.Channel.PORTAL:
            message, ticket, _is_new = tickets.answer_as_requester(stage.viewer(self.by), ticket_id, content)
        else:
            message, ticket = tickets.receive(stage.outside(self.by), ticket_id, content), None
        stage.last_incoming[self.ticket] = message.pk
        if ticket is not None:
            stage.ticket_ids[self.ticket] = ticket.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Step):
    words: Words
    channel: str = tickets.Channel.EMAIL

    @property
    @override
    def papers(self) -> Sequence[Paper]:
        return self.words.papers

    @override
    def play(self, stage: Stage) -> None:
        tickets.reply(stage.viewer(self.by), stage.ticket_ids[self.ticket], stage.content(self.words, self.channel))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Step):
    words: Words

    @override
    def play(self, stage: Stage) -> None:
        content = stage.content(self.words, tickets.Channel.AGENT)
        tickets.add_note(stage.viewer(self.by), stage.ticket_ids[self.ticket], content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Step):
    """Change of state. waiting: code of a reason. by "": the desk's clock."""

    state: str
    waiting: str = ""
    follow_up_at: datetime | None = None
    resolution: str = ""
    reason: str = ""

    @override
    def play(self, stage: Stage) -> None:
        values: dict[str, Any] = {
            "waiting_reason_id": stage.waiting_reasons.get(self.waiting),
            "follow_up_at": self.follow_up_at,
            "resolution": self.resolution,
            "reason": self.reason,
        }
        ticket_id = stage.ticket_ids[self.ticket]
        if self.by:
            tickets.change_state(stage.viewer(self.by), ticket_id, self.state, **values)
        else:
            with caused_by(CauseKind.CLOCK, "demo"):
                tickets.change_state(SYSTEM, ticket_id, self.state, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseByRequester(Step):
    text: str = ""

    @override
    def play(self, stage: Stage) -> None:
        tickets.close_as_requester(stage.viewer(self.by), stage.ticket_ids[self.ticket], self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Step):
    @override
    def play(self, stage: Stage) -> None:
        tickets.take(stage.viewer(self.by), stage.ticket_ids[self.ticket])


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Step):
    to: str
    team: str = ""
    note: str = ""

    @override
    def play(self, stage: Stage) -> None:
        tickets.assign(
            stage.viewer(self.by),
            stage.ticket_ids[self.ticket],
            stage.people[self.to],
            team_id=stage.teams[self.team] if self.team else tickets.UNCHANGED,
            note=self.note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(Step):
    """values as `tickets.classify` takes them; category and priority by name and code."""

    category: str = ""
    priority: str = ""
    values: Mapping[str, Any]

    @override
    def play(self, stage: Stage) -> None:
        values = dict(self.values)
        if self.category:
            values["category_id"] = stage.categories[self.category]
        if self.priority:
            values["priority_id"] = stage.priorities[self.priority]
        tickets.classify(stage.viewer(self.by), stage.ticket_ids[self.ticket], **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFields(Step):
    values: Mapping[str, object]

    @override
    def play(self, stage: Stage) -> None:
        tickets.set_fields(stage.viewer(self.by), stage.ticket_ids[self.ticket], self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTags(Step):
    tags: Sequence[str]

    @override
    def play(self, stage: Stage) -> None:
        tickets.set_tags(stage.viewer(self.by), stage.ticket_ids[self.ticket], self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Step):
    department: str
    note: str
    keep_access: bool = False

    @override
    def play(self, stage: Stage) -> None:
        tickets.transfer(
            stage.viewer(self.by),
            stage.ticket_ids[self.ticket],
            stage.departments[self.department],
            note=self.note,
            keep_access=self.keep_access,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(Step):
    """Access for one colleague, or for a department."""

    to: str = ""
    department: str = ""
    can_work: bool = False
    reason: str

    @override
    def play(self, stage: Stage) -> None:
        tickets.refer(
            stage.viewer(self.by),
            stage.ticket_ids[self.ticket],
            user_id=stage.people[self.to] if self.to else None,
            department_id=stage.departments[self.department] if self.department else None,
            can_work=self.can_work,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Step):
    @override
    def play(self, stage: Stage) -> None:
        tickets.watch(stage.viewer(self.by), stage.ticket_ids[self.ticket])


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCopy(Step):
    """Somebody else outside takes part from now on."""

    person: str

    @override
    def play(self, stage: Stage) -> None:
        tickets.add_participant(
            stage.viewer(self.by), stage.ticket_ids[self.ticket], stage.people[self.person], tickets.ParticipantRole.CC
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Step):
    other: int
    kind: tickets.LinkKind

    @override
    def play(self, stage: Stage) -> None:
        viewer = stage.viewer(self.by)
        tickets.link(viewer, stage.ticket_ids[self.ticket], stage.ticket_ids[self.other], self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeInto(Step):
    other: int

    @override
    def play(self, stage: Stage) -> None:
        viewer = stage.viewer(self.by)
        merge = tickets.merge(viewer, stage.ticket_ids[self.ticket], stage.ticket_ids[self.other])
        stage.merges[self.ticket] = merge.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoMerge(Step):
    @override
    def play(self, stage: Stage) -> None:
        tickets.undo_merge(stage.viewer(self.by), stage.merges[self.ticket])


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Step):
    """The last message that came in becomes ticket `new` of the plan."""

    new: int
    subject: str
    department: str = ""

    @override
    def play(self, stage: Stage) -> None:
        stage.ticket_ids[self.new] = tickets.split(
            stage.viewer(self.by),
            stage.ticket_ids[self.ticket],
            stage.last_incoming[self.ticket],
            subject=self.subject,
            department_id=stage.departments[self.department] if self.department else None,
        ).pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Step):
    @override
    def play(self, stage: Stage) -> None:
        tickets.mark_read(stage.viewer(self.by), stage.ticket_ids[self.ticket])


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft(Step):
    kind: str
    text: str

    @override
    def play(self, stage: Stage) -> None:
        html = stage.html(self.text)
        tickets.save_draft(stage.viewer(self.by), stage.ticket_ids[self.ticket], self.kind, html, self.text)
