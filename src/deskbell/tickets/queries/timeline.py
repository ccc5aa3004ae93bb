"""The timeline of a ticket: messages, and what changed between them in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from deskbell.kernel.api import Event, NotFound, Viewer, visible
from deskbell.tickets import events
from deskbell.tickets.access import seen_as_customer
from deskbell.tickets.models import Attachment, Message, MessageKind, State, Ticket
from deskbell.tickets.queries.names import Names
from deskbell.tickets.queries.words import Line, words_of

# Told by the message itself, or of no interest to readers.
_SILENT = {events.MESSAGE_ADDED.name, events.DELIVERY_CHANGED.name, events.WATCHED.name, events.UNWATCHED.name}


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


def timeline(viewer: Viewer, ticket_id: int, *, as_customer: bool = False) -> list[TimelineEntry]:
    """Oldest first, in a number of queries that does not grow with the ticket.

    as_customer: what the person who asked sees: public messages, and the state in plain words; no notes, no
    names of colleagues but of those who wrote to them. Raises NotFound.
    """
    outside = as_customer or not viewer.is_agent
    _require_seen(viewer, ticket_id, outside=outside)
    messages = _messages(ticket_id, outside=outside)
    log = Event.objects.filter(subject_type="ticket", subject_id=ticket_id).order_by("pk")
    rows = [row for row in log if row.kind in events.NAMES]
    placed = {row.data["message_id"]: row.pk for row in rows if row.kind == events.MESSAGE_ADDED.name}
    lines = _customer_lines(rows) if outside else _lines(viewer, rows)
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


def _messages(ticket_id: int, *, outside: bool) -> list[Message]:
    rows = Message.objects.filter(ticket_id=ticket_id).order_by("created_at", "pk")
    if outside:
        rows = rows.filter(kind=MessageKind.PUBLIC)
    attachments = Prefetch("attachments", Attachment.objects.select_related("file").order_by("pk"))
    return list(rows.select_related("author", "author__organisation").prefetch_related(attachments))


def _lines(viewer: Viewer, rows: list[Event]) -> list[ChangeLine]:
    told = _without_hidden(viewer, [row for row in rows if row.kind not in _SILENT])
    names = Names.of(told)
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
