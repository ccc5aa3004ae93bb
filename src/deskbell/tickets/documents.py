"""What makes a ticket findable. Weights: A subject and number, B people, C messages, D only for colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left

from deskbell.kernel.api import BLOCK, Asking, Rows, Statement, at_the_end, gathered, run
from deskbell.kernel.statements import Slot, columns, instance
from deskbell.kernel.statements import Statement as Compiled
from deskbell.people.api import Identity, User
from deskbell.search import api as search
from deskbell.tickets.content import MessageContent
from deskbell.tickets.models import (
    Attachment,
    AttachmentText,
    Message,
    MessageKind,
    Participant,
    Referral,
    TextState,
    Ticket,
)

INDEXED_TEXT = 100_000  # characters of one message, or inside one file
INDEXED_FILES = 1_000_000  # characters inside all files of a ticket
INDEXED_MESSAGES = 500  # of one ticket when its document is written anew


_NEW, _SAID, _DOCUMENT = "tickets.new", "tickets.said", "tickets.document"
_PLACE = "tickets.place"
_waiting: ContextVar[set[int] | None] = ContextVar("deskbell_documents_waiting", default=None)


@contextmanager
def documents_at_the_end() -> Iterator[None]:
    """The document of each ticket that changes is written once, when the (outermost) block ends well."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for ticket_id in sorted(waiting):
        index_ticket(ticket_id)


def _is_written_later(ticket_id: int) -> bool:
    waiting = _waiting.get()
    if waiting is not None:
        waiting.add(ticket_id)
    return waiting is not None


def index_new(
    ticket: Ticket, message_id: int, content: MessageContent, people: Iterable[Identity], *, is_note: bool
) -> None:
    """Write the document of a ticket that is being created, from what is in memory: nothing is read again.

    Its files, and what is added to it before it is committed, have it written from the rows as ever.
    """
    created = gathered(_NEW)
    if created is None or content.attachments or content.attachment_ids:
        return
    found = {word for person in people for word in (*person.words, person.organisation_name or "")}
    said = f"{content.subject[:500]}\n{content.text[:INDEXED_TEXT]}"
    parts = {"A": f"{ticket.pk} {ticket.subject}", "B": "\n".join(sorted(found)), "C": "", "D": " ".join(ticket.tags)}
    weight = "D" if is_note else "C"
    parts[weight] = f"{parts[weight]}\n{said}"
    scopes = _scopes(ticket, [person.user_id for person in people], [])
    created.append((ticket.pk, {message_id}, parts))
    at_the_end((_DOCUMENT, ticket.pk), partial(_write_new, ticket, parts, scopes))


def index_another(ticket_id: int, message: Message, content: MessageContent) -> None:
    """Keep what a message without files says until its event comes: nothing is read again.

    On a ticket whose document `index_new` is going to write, it belongs to that.
    """
    known = gathered(_SAID)
    if known is None or content.attachments or content.attachment_ids:
        return
    weight = _weight(is_note=message.is_note)
    said = f"{message.subject}\n{message.text[:INDEXED_TEXT]}"
    known.append((message.pk, {weight: said}))
    for ticket, messages, parts in gathered(_NEW) or ():
        if ticket == ticket_id:
            messages.add(message.pk)
            parts[weight] = f"{parts[weight]}\n{said}"


def _weight(*, is_note: bool) -> str:
    return "D" if is_note else "C"


def is_new(ticket_id: int, message_id: int | None = None) -> bool:
    """Whether `index_new` has seen to the ticket, and to this message of it."""
    return any(
        ticket == ticket_id and (message_id is None or message_id in messages)
        for ticket, messages, _parts in gathered(_NEW) or ()
    )


def _write_new(ticket: Ticket, parts: dict[str, str], scopes: list[str]) -> None:
    if not _is_written_later(ticket.pk):
        search.index("ticket", ticket.pk, parts, scopes=scopes, at=ticket.last_message_at)


def _scopes(ticket: Ticket, taking_part: Iterable[int], referred: Iterable[tuple[int | None, int | None]]) -> list[str]:
    """Who may find it, and what search filters by; it only narrows, rights come from the policy.

    referred: department or person that was given access, of each referral.
    """
    found = {f"department:{ticket.department_id}", f"person:{ticket.requester_id}"}
    found.update(f"person:{user_id}" for user_id in (ticket.affected_id, *taking_part) if user_id)
    if ticket.organisation_id:
        found.add(f"organisation:{ticket.organisation_id}")
    for department_id, user_id in referred:
        found.add(f"department:{department_id}" if department_id else f"colleague:{user_id}")
    found.update(f"tag:{tag}" for tag in ticket.tags)
    return sorted(found)


def place_ticket(ticket_id: int) -> None:
    """Say anew who may find a ticket: it was handed over, or access was given or taken. Its text is not read."""
    if not is_new(ticket_id):
        at_the_end((_PLACE, ticket_id), partial(_place, ticket_id))


def _place(ticket_id: int) -> Asking | None:
    return None if _is_written_later(ticket_id) else _placing(ticket_id)


def _placing(ticket_id: int) -> Asking:
    (row,), taking_part, referred = yield _statements(ticket_id)[:_PLACING]
    ticket = instance(Ticket, row[:-1])
    search.place("ticket", ticket_id, _scopes(ticket, _firsts(taking_part), _pairs(referred)), ticket.last_message_at)


def index_ticket(ticket_id: int) -> None:
    """Write the whole document of a ticket anew; inside `together()` once, at its end."""
    at_the_end((_DOCUMENT, ticket_id), partial(_write, ticket_id))


def _write(ticket_id: int) -> Asking | None:
    return None if _is_written_later(ticket_id) else _writing(ticket_id)


def _writing(ticket_id: int) -> Asking:
    parts, scopes, at = _document((yield _statements(ticket_id)))
    search.index("ticket", ticket_id, parts, scopes=scopes, at=at)


def _document(answers: Sequence[Rows]) -> tuple[dict[str, str], list[str], datetime]:
    """What is found, by whom, and when it was touched, from the rows of `_statements`."""
    (row,), taking_part, referred, people, messages, files = answers
    *values, organisation = row
    ticket = instance(Ticket, values)
    found = {organisation or "", *(word for person in people for word in person if word)}
    parts = {"A": f"{ticket.pk} {ticket.subject}", "B": "\n".join(sorted(found)), "C": "", "D": " ".join(ticket.tags)}
    for is_note, subject, text, names in messages:
        weight = _weight(is_note=is_note)
        parts[weight] = "\n".join((parts[weight], subject, text, *names))
    for weight, text in _inside(files):
        parts[weight] = f"{parts[weight]}\n{text}"
    return parts, _scopes(ticket, _firsts(taking_part), _pairs(referred)), ticket.last_message_at


def _firsts(rows: Rows) -> list[int]:
    return [row[0] for row in rows]


def _pairs(rows: Rows) -> list[tuple[int | None, int | None]]:
    return [(department_id, user_id) for department_id, user_id in rows]


_PLACING = 3  # the first statements say who may find it
_TICKET, _MESSAGE = Slot(), Slot()
_NOTE = Q(kind=MessageKind.NOTE)


def _statements(ticket_id: int) -> list[Statement]:
    """What a document is made of: the ticket, its people, its messages and what is inside its files."""
    return [
        (f"SELECT {columns(Ticket, 't')}, {_OF_TICKET}", [ticket_id]),
        *((each.sql, each.filled({_TICKET: ticket_id})) for each in _compiled()),
    ]


_OF_TICKET = """(SELECT name FROM people_organisation WHERE id = t.organisation_id)
FROM tickets_ticket AS t WHERE id = %s"""


@cache
def _compiled() -> list[Compiled]:
    taking_part = Participant.objects.filter(ticket_id=_TICKET)
    ticket = Ticket.objects.filter(pk=_TICKET)
    affected = ticket.exclude(affected=None).values("affected_id")
    someone = ticket.values("requester_id").union(affected, taking_part.values("user_id"))
    people = User.objects.filter(pk__in=someone)
    names = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values("name")
    messages = Message.objects.filter(ticket_id=_TICKET).order_by(BLOCK.desc(), "-pk")
    messages = messages.annotate(note=_NOTE, start=Left("text", INDEXED_TEXT), files=ArraySubquery(names))
    several = (
        taking_part.values_list("user_id"),
        Referral.objects.filter(ticket_id=_TICKET).values_list("department_id", "user_id"),
        people.values_list("name", "email", "contact_points__value", "contact_points__display"),
        messages.values_list("note", "subject", "start", "files")[:INDEXED_MESSAGES],
        _inside_files(Attachment.objects.filter(message__ticket_id=_TICKET)),
    )
    return [found for each in several if (found := Compiled.of(each)) is not None]


def _documents(ticket_ids: Sequence[int]) -> Iterator[search.BulkDocument]:
    """For writing all anew. Whoever changes one of these tickets waits for the batch, and writes after it."""
    rows = Ticket.objects.select_for_update().filter(pk__in=ticket_ids).order_by("pk")
    for ticket_id in list(rows.values_list("pk", flat=True)):
        parts, scopes, at = _document(run(_statements(ticket_id)))
        yield search.BulkDocument("ticket", ticket_id, parts, at, tuple(scopes))


def _ids_after(ticket_id: int, most: int) -> list[int]:
    return list(Ticket.objects.filter(pk__gt=ticket_id).order_by("pk").values_list("pk", flat=True)[:most])


search.register_source(search.Source("ticket", Ticket.objects.count, _ids_after, _documents))


def index_message(ticket_id: int, message_id: int) -> None:
    """Add one message to the document of its ticket."""
    if is_new(ticket_id):
        if not is_new(ticket_id, message_id):
            index_ticket(ticket_id)
        return
    if _is_written_later(ticket_id):
        return
    for known, parts in gathered(_SAID) or ():
        if known == message_id:
            search.index("ticket", ticket_id, parts, append=True)
            return
    at_the_end((_SAID, message_id), partial(_append, ticket_id, message_id))


def _append(ticket_id: int, message_id: int) -> Asking:
    ((is_note, subject, text, names),), files = yield [
        (each.sql, each.filled({_MESSAGE: message_id})) for each in _of_message()
    ]
    said = "\n".join((subject, text, *names, *(inside for _weight, inside in _inside(files))))
    search.index("ticket", ticket_id, {_weight(is_note=is_note): said}, append=True)


@cache
def _of_message() -> list[Compiled]:
    attached = Attachment.objects.filter(message_id=_MESSAGE)
    names = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values("name")
    row = Message.objects.filter(pk=_MESSAGE)
    row = row.annotate(note=_NOTE, start=Left("text", INDEXED_TEXT), files=ArraySubquery(names))
    several = (row.values_list("note", "subject", "start", "files"), _inside_files(attached))
    return [found for each in several if (found := Compiled.of(each)) is not None]


def index_files(file_id: int) -> None:
    """Write the documents of all tickets that hold a file whose text became known, each in its own transaction."""
    holding = Attachment.objects.filter(file=file_id, message__isnull=False).order_by("-message__ticket_id")
    for ticket_id in list(holding.values_list("message__ticket_id", flat=True).distinct()):
        with transaction.atomic():
            # Whoever writes the document meanwhile may have looked before the text was there.
            if Ticket.objects.select_for_update().filter(pk=ticket_id).values_list("pk", flat=True).first():
                index_ticket(ticket_id)


def _inside_files(attached: QuerySet[Attachment]) -> QuerySet[Any, Any]:
    """File, whether it is a note's, and what was read in it, the newest first."""
    texts = AttachmentText.objects.filter(file=OuterRef("file"), state=TextState.DONE)
    start = Subquery(texts.values(start=Left("text", INDEXED_TEXT))[:1])
    rows = attached.annotate(inside=start, note=Q(message__kind=MessageKind.NOTE))
    return rows.exclude(inside=None).order_by("-pk").values_list("file_id", "note", "inside")[:200]


def _inside(rows: Rows) -> Iterator[tuple[str, str]]:
    """Weight and text; each content once for each weight, and no more than INDEXED_FILES of them all."""
    left = INDEXED_FILES
    seen = set()
    for file_id, is_note, inside in rows:
        weight = _weight(is_note=is_note)
        if (file_id, weight) not in seen:
            seen.add((file_id, weight))
            yield weight, inside[:left]
            left -= len(inside)
            if left <= 0:
                return
