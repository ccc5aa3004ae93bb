"""The timeline of a ticket: messages, and what changed between them in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db.models import Prefetch, QuerySet
from typing_extensions import override

from deskbell.kernel.api import Event, NotFound, Viewer, visible
from deskbell.tickets import events
from deskbell.tickets.access import seen_as_customer
from deskbell.tickets.models import Attachment, Message, MessageKind, State, Ticket
from deskbell.tickets.queries.attachment_texts import with_reading
from deskbell.tickets.queries.names import Names
from deskbell.tickets.queries.vocabulary import Vocabulary
from deskbell.tickets.queries.words import Line, words_of

# Told by the message itself, or of no interest to readers.
_SILENT = {events.MESSAGE_ADDED.name, events.DELIVERY_CHANGED.name, events.WATCHED.name, events.UNWATCHED.name}
# What has to be read: of the silent ones only what says where a message stands among the changes.
_TOLD = sorted((events.NAMES - _SILENT) | {events.MESSAGE_ADDED.name})
_TOLD_OUTSIDE = [events.MESSAGE_ADDED.name, events.STATE_CHANGED.name]

PAGE = 50  # messages shown at once
MOST_CHANGES = 250  # events read for one page
LAST_ID = 2**63 - 1


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
    messages = list(_messages(ticket_id, outside=outside).order_by("pk"))
    return _entries(viewer, messages, list(_log(ticket_id, outside=outside).order_by("pk")), outside=outside)


def timeline_page(
    viewer: Viewer,
    ticket_id: int,
    *,
    as_customer: bool = False,
    before: Place | None = None,
    since: Place = START,
    size: int = PAGE,
    is_seen: bool = False,
    known: Vocabulary | None = None,
) -> TimelinePage:
    """The newest `size` messages between `since` and `before` with the changes among them, oldest first.

    Reads no more than `size` messages and MOST_CHANGES events however long the ticket is. is_seen: the caller has
    just read the ticket as this viewer. known: what they have read. Raises NotFound.
    """
    outside = as_customer or not viewer.is_agent
    if not is_seen:
        _require_seen(viewer, ticket_id, outside=outside)
    rows = _messages(ticket_id, outside=outside).filter(pk__gte=since.message)
    log = _log(ticket_id, outside=outside).filter(pk__gte=since.event)
    if before is not None:
        rows, log = rows.filter(pk__lt=before.message), log.filter(pk__lt=before.event)
    messages = list(rows.order_by("-pk")[: size + 1])
    events_ = list(log.order_by("-pk")[: MOST_CHANGES + 1])
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
    entries = _entries(viewer, messages[::-1], events_[::-1], outside=outside, known=known)
    return TimelinePage(entries, first, has_earlier)


def place_after(
    viewer: Viewer, ticket_id: int, message_id: int, *, messages: int, as_customer: bool = False
) -> Place | None:
    """The end of a stretch that goes on for some messages behind this one; None where the timeline ends first.

    Raises NotFound for a message of another ticket, or one that the viewer may not read.
    """
    rows = _messages(ticket_id, outside=as_customer or not viewer.is_agent)
    if not rows.filter(pk=message_id).exists():
        raise NotFound
    next_one = rows.filter(pk__gt=message_id).order_by("pk")[messages : messages + 1].first()
    if next_one is None:
        return None
    newer = Event.objects.filter(subject_type="ticket", subject_id=ticket_id, at__gte=next_one.created_at)
    return Place(next_one.pk, newer.order_by("pk").values_list("pk", flat=True).first() or LAST_ID)


def _log(ticket_id: int, *, outside: bool) -> QuerySet[Event]:
    kinds = _TOLD_OUTSIDE if outside else _TOLD
    return Event.objects.filter(subject_type="ticket", subject_id=ticket_id, kind__in=kinds)


def _entries(
    viewer: Viewer, messages: list[Message], rows: list[Event], *, outside: bool, known: Vocabulary | None = None
) -> list[TimelineEntry]:
    placed = {row.data["message_id"]: row.pk for row in rows if row.kind == events.MESSAGE_ADDED.name}
    lines = _customer_lines(rows) if outside else _lines(viewer, rows, known)
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


def _messages(ticket_id: int, *, outside: bool) -> QuerySet[Message]:
    rows = Message.objects.filter(ticket_id=ticket_id)
    if outside:
        rows = rows.filter(kind=MessageKind.PUBLIC)
    files = Attachment.objects.select_related("file").order_by("pk")
    attachments = Prefetch("attachments", files if outside else with_reading(files))
    return rows.select_related("author", "author__organisation").prefetch_related(attachments)


def _lines(viewer: Viewer, rows: list[Event], known: Vocabulary | None) -> list[ChangeLine]:
    told = _without_hidden(viewer, [row for row in rows if row.kind not in _SILENT])
    names = Names.of(told, known)
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
    states = {state.code: state.name_for_customer for state in State.objects.all()}
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
