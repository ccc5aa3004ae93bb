"""A chunk of stories as rows, in the order of time: what the real actions would have written (see tests/test_rows)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskbell.bench.shapes import Shapes
from deskbell.bench.stories import Step, Story
from deskbell.bench.tables import NULL, Table, escaped, or_null
from deskbell.bench.words import Text
from deskbell.kernel.api import EventRow
from deskbell.search import api as search
from deskbell.tickets import api as tickets

MESSAGE_STRIDE, EVENT_STRIDE = 12, 30  # ids set aside for each ticket of a chunk; what is not used stays a gap


@dataclass(frozen=True, slots=True)
class Desk:
    """Ids of what stands before the first ticket, by place, and the words about people that are searched for."""

    departments: Sequence[int]
    agents: Sequence[int]
    customers: Sequence[int]
    organisations: Sequence[int]  # of each customer
    people: Sequence[str]  # what is found of each customer: name and address
    firms: Mapping[int, str]
    kinds: Mapping[str, int]
    states: Mapping[str, tuple[int, str]]  # code → id, category
    priorities: Mapping[tuple[int, int], int]
    categories: Sequence[int]
    files: Mapping[str, int]  # by the end of the name
    languages: Sequence[str]
    first_ticket: int


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Current:
    """A ticket as it stands in the middle of its story."""

    id: int
    story: Story
    requester: int
    department: int
    token: str
    created: str
    state: str = "new"
    assignee: int | None = None
    version: int = 0  # the ticket and its first message are written together, as the first version
    updated: str = ""
    message_id: int = 0
    message_at: str = ""
    last: datetime = _LONG_AGO
    preview: str = ""
    by_customer: bool = True
    count: int = 0
    waiting_since: str | None = None
    first_response: str | None = None
    resolved: str | None = None
    closed: str | None = None
    resolution: str = ""
    tags: str = "{}"
    reassigned: int = 0
    public: list[tuple[Text, str]] = field(default_factory=list)
    internal: list[tuple[Text, str]] = field(default_factory=list)
    reads: dict[int, tuple[int, str]] = field(default_factory=dict)


_TICKET = (
    "id", "subject", "kind_id", "category_id", "impact", "urgency", "priority_id", "state_id", "state_category",
    "resolution", "department_id", "assignee_id", "requester_id", "organisation_id", "tags", "reply_token",
    "language", "version", "created_at", "updated_at", "last_message_at", "last_message_id", "last_message_preview",
    "last_message_by_customer", "message_count", "customer_waiting_since", "first_response_at", "resolved_at",
    "closed_at", "reassign_count",
)  # fmt: skip
_EVENT = ("id", "at", "shape_id", "subject_id", "actor_id", "given")
_OPEN = {each.value for each in tickets.StateCategory.open()}
NEW_LINE = "\\n"  # as a cell of COPY has it
_SORTS = {
    "in": (tickets.MessageKind.PUBLIC, tickets.Direction.IN, tickets.Channel.PORTAL),
    "out": (tickets.MessageKind.PUBLIC, tickets.Direction.OUT, tickets.Channel.AGENT),
    "note": (tickets.MessageKind.NOTE, tickets.Direction.INTERNAL, tickets.Channel.AGENT),
}
_CREATED_CHANGES = (
    '{"kind": [null, "%s"], "tags": [null, []], "state": [null, "new"], "impact": [null, %%1$s], '
    '"subject": [null, %%2$s], "urgency": [null, %%3$s], "category_id": [null, %%4$s], "priority_id": [null, %%5$s], '
    '"department_id": [null, %%6$s], "is_restricted": [null, false], "organisation_id": [null, %%7$s]}'
)
_CREATED = '{"channel": "portal", "requester_id": %8$s, "department_id": %9$s, "split_from_id": null}'
_ADDED = '{"kind": "%s", "channel": "%s", "automatic": false, "direction": "%s", "mentioned": [], "message_id": %%1$s}'
_STATE = '{"reopened": false, "message_id": %s, "category_after": "%s", "category_before": "%s"}'


class Writer:
    """Turns stories into lines of COPY, by table."""

    def __init__(self, desk: Desk, shapes: Shapes) -> None:
        self._desk = desk
        self._shapes = shapes
        self.tables = {
            "ticket": Table(tickets.Ticket, _TICKET, {"channel": "portal"}),
            "message": Table(
                tickets.Message,
                ("id", "ticket_id", "kind", "direction", "channel", "author_id", "text", "created_at"),
            ),
            "event": Table(EventRow, _EVENT, {}),
            "read": Table(tickets.TicketRead, ("ticket_id", "user_id", "last_message_id", "read_at")),
            "participant": Table(tickets.Participant, ("ticket_id", "user_id", "role", "added_at")),
            "attachment": Table(
                tickets.Attachment, ("message_id", "uploaded_by_id", "file_id", "name", "content_type", "created_at")
            ),
            "document": Table(search.SearchDocument, ("subject_type", "subject_id", "fresh_at", "codes", "version")),
        }
        self.words: Counter[str] = Counter()  # how many documents have each word
        self.documents: list[bytes] = []  # of the last chunk
        self._event = self.tables["event"].line
        self._message = self.tables["message"].line

    def chunk(self, stories: Sequence[Story]) -> dict[str, list[str]]:
        """Lines by the name of their table."""
        lines: dict[str, list[str]] = defaultdict(list)
        first = stories[0].index
        self._next_message = 1 + first * MESSAGE_STRIDE
        self._next_event = self._first_event + first * EVENT_STRIDE
        current = [self._begin(story) for story in stories]
        steps = sorted(
            (step.at, one.id, place, one, step) for one in current for place, step in enumerate(one.story.steps)
        )
        for at, _id, place, one, step in steps:
            self._play(lines, one, step, _moment(at), is_first=place == 0)
        self._documents: list[search.BulkDocument] = []
        for one in current:
            self._end(lines, one)
        line = self.tables["document"].line
        rows = list(search.bulk_documents(self._documents, self.words))
        self.documents = [codes for _type, _id, _at, codes, _version in rows]
        lines["document"] = [
            line(subject_type, subject_id, fresh_at.isoformat(), "\\\\x" + codes.hex(), version)
            for subject_type, subject_id, fresh_at, codes, version in rows
        ]
        if self._next_message > 1 + (first + len(stories)) * MESSAGE_STRIDE:
            raise AssertionError("A chunk has more messages than ids were set aside for it.")
        return lines

    _first_event = 1_000_000
    _next_message = 0
    _next_event = 0

    def _begin(self, story: Story) -> Current:
        desk = self._desk
        return Current(
            id=desk.first_ticket + story.index,
            story=story,
            requester=desk.customers[story.requester],
            department=desk.departments[story.department],
            token=_token(story.index),
            created=_moment(story.steps[0].at),
        )

    def _play(self, lines: dict[str, list[str]], one: Current, step: Step, at: str, *, is_first: bool) -> None:
        who = self._desk.agents[step.who] if step.what != "in" else one.requester
        if is_first:
            self._created(lines, one, at)
        if step.what in {"in", "out", "note"}:
            self._written(lines, one, step, at, who)
        elif step.what == "assign":
            one.reassigned += one.assignee is not None and one.assignee != who
            changes = '{"assignee_id": [null, %1$s]}'
            self._record(lines, one, at, "ticket.assigned", who, changes=changes, given=(who,))
            one.assignee = who
            one.version += 1
        elif step.what == "tag":
            words, given = _cut(one.story.tags)
            self._record(lines, one, at, "ticket.tagged", who, changes=f'{{"tags": [[], [{words}]]}}', given=given)
            one.tags = "{" + ",".join(one.story.tags) + "}"
            one.version += 1
        else:
            self._ended(lines, one, step, at, who)
        one.updated = at

    def _created(self, lines: dict[str, list[str]], one: Current, at: str) -> None:
        story, desk = one.story, self._desk
        if story.participant >= 0:
            line = self.tables["participant"].line(one.id, desk.customers[story.participant], "cc", at)
            lines["participant"].append(line)
        self._record(
            lines, one, at, "ticket.created", one.requester, changes=_CREATED_CHANGES % story.kind, data=_CREATED,
            given=(
                story.impact, _json(story.subject), story.urgency, desk.categories[story.category],
                desk.priorities[story.impact, story.urgency], one.department, desk.organisations[story.requester],
                one.requester, one.department,
            ),
        )  # fmt: skip

    def _written(self, lines: dict[str, list[str]], one: Current, step: Step, at: str, who: int) -> None:
        message_id = self._next_message
        self._next_message += 1
        kind, direction, channel = _SORTS[step.what]
        letters = kind.letter, direction.letter, channel.letter
        lines["message"].append(self._message(message_id, one.id, *letters, who, escaped(step.text.whole), at))
        if step.file:
            end = step.file.rpartition(".")[2]
            row = (message_id, who, self._desk.files[end], step.file, f"application/{end}", at)
            lines["attachment"].append(self.tables["attachment"].line(*row))
        (one.internal if step.what == "note" else one.public).append((step.text, step.file))
        one.count += 1
        one.message_id, one.message_at, one.last = message_id, at, step.at
        one.preview = " ".join(step.text.whole[:600].split())[:200]
        one.by_customer = step.what == "in"
        one.version += 1
        if step.what == "in":
            one.waiting_since = one.waiting_since or at
        else:
            one.reads[who] = (message_id, at)
        if step.what == "out":
            one.waiting_since = None
            one.first_response = one.first_response or at
        self._record(
            lines, one, at, "ticket.message_added", who, data=_ADDED % (kind, channel, direction), given=(message_id,)
        )
        if step.what == "out" and one.state == "new":
            self._enter(lines, one, at, who, "in_progress", message_id=message_id)

    def _ended(self, lines: dict[str, list[str]], one: Current, step: Step, at: str, who: int) -> None:
        state = {"wait": "waiting_for_requester", "resolve": "resolved", "close": "closed"}[step.what]
        resolution = ""
        if step.what == "resolve":
            one.resolved, one.waiting_since, one.resolution = at, None, step.text.whole
            resolution = step.text.whole
        elif step.what == "close":
            one.closed = at
            one.reads.clear()
        self._enter(lines, one, at, who, state, resolution=resolution)

    def _enter(
        self, lines: dict[str, list[str]], one: Current, at: str, who: int, state: str, *, message_id: int = 0,
        resolution: str = "",
    ) -> None:  # fmt: skip
        before, after = self._desk.states[one.state][1], self._desk.states[state][1]
        more = ', "resolution": ["", %1$s]' if resolution else ""
        changes = f'{{"state": ["{one.state}", "{state}"]{more}}}'
        given: Sequence[object] = [message_id] if message_id else [_json(resolution)] if resolution else []
        one.state = state
        one.version += 1
        self._record(
            lines, one, at, "ticket.state_changed", who, changes=changes,
            data=_STATE % ("%1$s" if message_id else "null", after, before), given=given,
        )  # fmt: skip

    def _record(
        self, lines: dict[str, list[str]], one: Current, at: str, kind: str, who: int, *, changes: str = "{}",
        data: str = "{}", given: Sequence[object] = (),
    ) -> None:  # fmt: skip
        shape = self._shapes.of(kind, changes, data)
        cell = NEW_LINE.join(map(str, given))
        lines["event"].append(self._event(self._next_event, at, shape, one.id, who, cell))
        self._next_event += 1

    def _end(self, lines: dict[str, list[str]], one: Current) -> None:
        story, desk = one.story, self._desk
        state_id, category = desk.states[one.state]
        preview = escaped(one.preview) if category in _OPEN else ""
        lines["ticket"].append(
            self.tables["ticket"].line(
                one.id, escaped(story.subject), desk.kinds[story.kind], desk.categories[story.category], story.impact,
                story.urgency, desk.priorities[story.impact, story.urgency], state_id, category,
                escaped(one.resolution), one.department, or_null(one.assignee), one.requester,
                desk.organisations[story.requester], one.tags, one.token, story.language, one.version, one.created,
                one.updated, one.message_at, one.message_id, preview, "t" if one.by_customer else "f",
                one.count, or_null(one.waiting_since), or_null(one.first_response), or_null(one.resolved),
                or_null(one.closed), one.reassigned,
            )
        )  # fmt: skip
        lines["read"] += [
            self.tables["read"].line(one.id, user_id, message_id, at) for user_id, (message_id, at) in one.reads.items()
        ]
        self._documents.append(self._document(one))

    def _document(self, one: Current) -> search.BulkDocument:
        story, desk = one.story, self._desk
        people = {desk.people[story.requester], desk.firms[desk.organisations[story.requester]]}
        if story.participant >= 0:
            people.add(desk.people[story.participant])
        tags = list(story.tags) if one.tags != "{}" else []
        parts: dict[str, str | search.Pieces] = {
            "A": f"{one.id} {story.subject}",
            "B": "\n".join(sorted(people)),
            "C": _pieces(one.public),
            "D": _pieces(one.internal, " ".join(tags)),
        }
        scopes = [f"department:{one.department}", f"person:{one.requester}"]
        if story.participant >= 0:
            scopes.append(f"person:{desk.customers[story.participant]}")
        scopes += [f"organisation:{desk.organisations[story.requester]}", *(f"tag:{tag}" for tag in tags)]
        return search.BulkDocument("ticket", one.id, parts, one.last, tuple(scopes))


def _pieces(messages: Sequence[tuple[Text, str]], more: str = "") -> search.Pieces:
    """What is said in messages, the newest first."""
    newest = messages[::-1]
    own = [more, *(f"{text.own}\n{file}" for text, file in newest)]
    return search.Pieces([piece for text, _file in newest for piece in text.pieces], "\n".join(own))


def _json(text: str) -> str:
    return escaped(json.dumps(text, ensure_ascii=False))


def _cut(words: Sequence[str]) -> tuple[str, list[str]]:
    """A list of words as the template of a shape has it, and what the row gives: those that are no plain codes."""
    given = [word for word in words if "-" in word]
    parts = [f"%{given.index(word) + 1}$s" if word in given else f'"{word}"' for word in words]
    return ", ".join(parts), [f'"{word}"' for word in given]


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _token(index: int) -> str:
    """Spread over the index as the real ones are, and the same in every run."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    number = (index * 0x9E3779B97F4A7C15 + 0x5DEECE66D) % (1 << 100)
    number = (number * number + index) % (1 << 100)
    return "".join(alphabet[number >> 5 * place & 31] for place in range(12))


__all__ = ["NULL", "Current", "Desk", "Writer"]
