"""The timeline of a ticket: messages, and what changed between them in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from typing_extensions import override

from deskbell.kernel.api import BLOCK, BLOCK_BITS, Event, NotFound, Viewer, block_of, visible
from deskbell.kernel.statements import columns, fetch, instance, made
from deskbell.people.api import User
from deskbell.tickets import events
from deskbell.tickets.access import seen_as_customer
from deskbell.tickets.models import Message, MessageKind, Ticket
from deskbell.tickets.queries.attached import attach_files, set_files
from deskbell.tickets.queries.names import Names
from deskbell.tickets.queries.persons import persons
from deskbell.tickets.queries.vocabulary import vocabulary
from deskbell.tickets.queries.words import Line, words_of

# Told by the message itself, or of no interest to readers.
_SILENT = {events.MESSAGE_ADDED.name, events.DELIVERY_CHANGED.name, events.WATCHED.name, events.UNWATCHED.name}
# What has to be read: of the silent ones only what says where a message stands among the changes.
_TOLD = sorted((events.NAMES - _SILENT) | {events.MESSAGE_ADDED.name})
_TOLD_OUTSIDE = [events.MESSAGE_ADDED.name, events.STATE_CHANGED.name]

# Of an event, what its words are made of.
_READ = ("id", "at", "kind", "actor_id", "reason", "changes", "data")

PAGE = 50  # messages shown at once
MOST_CHANGES = 250  # events read for one page
LAST_ID = 2**63 - 1
_BLOCK = f"(m.id >> {BLOCK_BITS})"  # the index of a ticket's messages holds them in this order


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in words. actor: who made it ("Deskbell" for the desk itself). reason: as they gave it, or empty."""

    event_id: int
    at: datetime
    actor_id: int | None
    actor: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A message, or the changes between two messages folded together. at: UTC."""

    at: datetime
    message: Message | None = None
    changes: tuple[ChangeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the timeline begins: ids of its first message and its first event."""

    message: int
    event: int

    @override
    def __str__(self) -> str:
        return f"{self.message}.{self.event}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as a page gave it; None for what is none."""
        parts = text.split(".")
        if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):  # noqa: PLR2004  (bigint)
            return None
        return cls(int(parts[0]), int(parts[1]))


START = Place(0, 0)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A stretch of the timeline. first: where it begins. has_earlier: whether something stands before it."""

    entries: list[TimelineEntry]
    first: Place = START
    has_earlier: bool = False

    @property
    def message_ids(self) -> set[int]:
        return {entry.message.pk for entry in self.entries if entry.message}


def timeline(viewer: Viewer, ticket_id: int, *, as_customer: bool = False) -> list[TimelineEntry]:
    """All of it, oldest first, in a number of queries that does not grow with the ticket.

    as_customer: what the person who asked sees: public messages, and the state in plain words; no notes, no
    names of colleagues but of those who wrote to them. Raises NotFound.
    """
    outside = as_customer or not viewer.is_agent
    _require_seen(viewer, ticket_id, outside=outside)
    messages, log = _messages(ticket_id, Stretch(outside)), _log(ticket_id, Stretch(outside))
    _fill(messages, {}, outside=outside)
    return _entries(viewer, messages[::-1], log[::-1], outside=outside)


def timeline_page(
    viewer: Viewer,
    ticket_id: int,
    *,
    as_customer: bool = False,
    before: Place | None = None,
    since: Place = START,
    size: int = PAGE,
    is_seen: bool = False,
    people: Mapping[int, User] | None = None,
) -> TimelinePage:
    """The newest `size` messages between `since` and `before` with the changes among them, oldest first.

    Reads no more than `size` messages and MOST_CHANGES events however long the ticket is. is_seen: the caller has
    just read the ticket as this viewer. people: whom they have read. Raises NotFound.
    """
    outside = as_customer or not viewer.is_agent
    if not is_seen:
        _require_seen(viewer, ticket_id, outside=outside)
    messages = _messages(ticket_id, Stretch(outside, since.message, before.message if before else LAST_ID, size + 1))
    events_ = _log(ticket_id, Stretch(outside, since.event, before.event if before else LAST_ID, MOST_CHANGES + 1))
    begins = [messages[size - 1].created_at] if len(messages) > size else []
    begins += [events_[MOST_CHANGES - 1].at] if len(events_) > MOST_CHANGES else []
    has_earlier = bool(begins)
    if has_earlier:
        # Both sorts begin at one moment, the later of the two, or changes would stand without their messages.
        begin = max(begins)
        messages = list(takewhile(lambda row: row.created_at >= begin, messages[:size]))
        events_ = list(takewhile(lambda row: row.at >= begin, events_[:MOST_CHANGES]))
    first = START
    if has_earlier:
        # Where nothing of one sort stands here, all of it stands before.
        end = before or Place(LAST_ID, LAST_ID)
        first = Place(messages[-1].pk if messages else end.message, events_[-1].pk if events_ else end.event)
    _fill(messages, people or {}, outside=outside)
    entries = _entries(viewer, messages[::-1], events_[::-1], outside=outside, people=people)
    return TimelinePage(entries, first, has_earlier)


def place_after(
    viewer: Viewer, ticket_id: int, message_id: int, *, messages: int, as_customer: bool = False
) -> Place | None:
    """The end of a stretch that goes on for some messages behind this one; None where the timeline ends first.

    Raises NotFound for a message of another ticket, or one that the viewer may not read.
    """
    rows = Message.objects.filter(ticket_id=ticket_id)
    if as_customer or not viewer.is_agent:
        rows = rows.filter(kind=MessageKind.PUBLIC)
    if not rows.filter(pk=message_id).exists():
        raise NotFound
    behind = rows.alias(block=BLOCK).filter(block__gte=block_of(message_id), pk__gt=message_id)
    next_one = behind.order_by("block", "pk")[messages : messages + 1].first()
    if next_one is None:
        return None
    newer = Event.objects.filter(subject_type="ticket", subject_id=ticket_id, at__gte=next_one.created_at)
    return Place(next_one.pk, newer.order_by("pk").values_list("pk", flat=True).first() or LAST_ID)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which rows of a ticket: ids from `first` up to before `end`, the newest `limit`. outside: as told there."""

    outside: bool
    first: int = 0
    end: int = LAST_ID
    limit: int | None = None


def _messages(ticket_id: int, wanted: Stretch) -> list[Message]:
    """Newest first."""
    public = f"AND m.kind = '{MessageKind.PUBLIC.letter}'" if wanted.outside else ""
    sql = (
        f"SELECT {columns(Message, 'm')}, EXISTS (SELECT FROM tickets_attachment a WHERE a.message_id = m.id)"  # noqa: S608
        f" FROM tickets_message m WHERE m.ticket_id = %s AND {_BLOCK} <= %s AND m.id >= %s AND m.id < %s {public}"
        f" ORDER BY {_BLOCK} DESC, m.id DESC LIMIT %s"
    )
    found = []
    within = [ticket_id, block_of(wanted.end), wanted.first, wanted.end]
    for *values, has_files in fetch(sql, [*within, wanted.limit]):
        message: Message = instance(Message, values)
        if not has_files:
            set_files(message, ())
        found.append(message)
    return found


def _log(ticket_id: int, wanted: Stretch) -> list[Event]:
    """Newest first."""
    # Kinds and number are written out: sent along, they cost more than what they choose.
    kinds = ", ".join(f"'{name}'" for name in (_TOLD_OUTSIDE if wanted.outside else _TOLD))
    limit = "ALL" if wanted.limit is None else f"{wanted.limit:d}"
    sql = (
        f"SELECT {', '.join(_READ)} FROM kernel_event WHERE subject_type = 'ticket' AND subject_id = %s"  # noqa: S608
        f" AND id >= %s AND id < %s AND kind IN ({kinds}) ORDER BY id DESC LIMIT {limit}"
    )
    return [
        made(Event, zip(_READ, (*values, _document(changes), _document(data)), strict=True))
        for *values, changes, data in fetch(sql, [ticket_id, wanted.first, wanted.end])
    ]


def _document(text: str) -> dict[str, Any]:
    # Of most events one of the two is empty.
    return {} if text == "{}" else json.loads(text)


def _fill(messages: list[Message], people: Mapping[int, User], *, outside: bool) -> None:
    """Authors and files of the messages; queries only for what is not there yet."""
    authors = dict(people)
    authors |= persons(each.author_id for each in messages if each.author_id not in authors)
    for message in messages:
        if message.author_id in authors:
            message.author = authors[message.author_id]
    attach_files(messages, reading=not outside)


def _entries(
    viewer: Viewer,
    messages: list[Message],
    rows: list[Event],
    *,
    outside: bool,
    people: Mapping[int, User] | None = None,
) -> list[TimelineEntry]:
    placed = {row.data["message_id"]: row.pk for row in rows if row.kind == events.MESSAGE_ADDED.name}
    lines = _customer_lines(rows) if outside else _lines(viewer, rows, people or {})
    parts: list[tuple[datetime, int, Message | ChangeLine]] = [
        (message.created_at, placed.get(message.pk, 0), message) for message in messages
    ]
    parts += [(line.at, line.event_id, line) for line in lines]
    parts.sort(key=lambda part: part[:2])
    return _folded(parts)


def _require_seen(viewer: Viewer, ticket_id: int, *, outside: bool) -> None:
    seen = (
        Ticket.objects.filter(seen_as_customer(viewer)) if outside and not viewer.is_system else visible(viewer, Ticket)
    )
    if not seen.filter(pk=ticket_id).exists():
        raise NotFound


def _lines(viewer: Viewer, rows: list[Event], people: Mapping[int, User]) -> list[ChangeLine]:
    told = _without_hidden(viewer, [row for row in rows if row.kind not in _SILENT])
    names = Names.of(told, people)
    return [_line(row, names.actor(row), text) for row in told for text in words_of(row, names)]


def _without_hidden(viewer: Viewer, rows: list[Event]) -> list[Event]:
    """Of tickets the viewer may not see not even the number is told."""
    others = {other for row in rows if (other := _other(row)) is not None}
    if not others:
        return rows
    seen = set(visible(viewer, Ticket).filter(pk__in=others).values_list("pk", flat=True))
    return [row for row in rows if _other(row) is None or _other(row) in seen]


def _other(row: Event) -> int | None:
    """The other ticket an event names: linked, merged, split."""
    found = row.data.get("other_id") if row.kind != events.CREATED.name else None
    return found if isinstance(found, int) else None


def _line(row: Event, actor: str, text: Line) -> ChangeLine:
    return ChangeLine(row.pk, row.at, row.actor_id, actor, text.text, row.reason if text.with_reason else "")


def _customer_lines(rows: list[Event]) -> list[ChangeLine]:
    """The state in plain words, where those words changed."""
    states = {state.code: state.name_for_customer for state in vocabulary().states}
    found = []
    for row in rows:
        if row.kind != events.STATE_CHANGED.name:
            continue
        before, after = states.get(row.old("state"), ""), states.get(row.new("state"), "")
        if after and before != after:
            found.append(ChangeLine(row.pk, row.at, None, "", after))
    return found


def _folded(parts: list[tuple[datetime, int, Message | ChangeLine]]) -> list[TimelineEntry]:
    found: list[TimelineEntry] = []
    waiting: list[ChangeLine] = []

    def flush() -> None:
        if waiting:
            found.append(TimelineEntry(at=waiting[0].at, changes=tuple(waiting)))
            waiting.clear()

    for at, _place, part in parts:
        if isinstance(part, ChangeLine):
            waiting.append(part)
        else:
            flush()
            found.append(TimelineEntry(at=at, message=part))
    flush()
    return found
