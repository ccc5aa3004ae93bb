"""What makes a ticket findable. Weights: A subject and number, B people, C messages, D only for colleagues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left

from deskbell.kernel.api import at_the_end, gathered
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


_NEW, _DOCUMENT = "tickets.new", "tickets.document"
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


def index_another(ticket_id: int, message_id: int, content: MessageContent, *, is_note: bool) -> None:
    """A further message without files, on a ticket whose document `index_new` is going to write, belongs to it."""
    if content.attachments or content.attachment_ids:
        return
    for ticket, messages, parts in gathered(_NEW) or ():
        if ticket == ticket_id:
            messages.add(message_id)
            weight = "D" if is_note else "C"
            parts[weight] = f"{parts[weight]}\n{content.subject[:500]}\n{content.text[:INDEXED_TEXT]}"


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
    if is_new(ticket_id) or _is_written_later(ticket_id):
        return
    ticket = Ticket.objects.get(pk=ticket_id)
    search.place("ticket", ticket_id, scopes_of(ticket), ticket.last_message_at)


def scopes_of(ticket: Ticket) -> list[str]:
    """The scopes of one ticket from its rows."""
    taking_part = Participant.objects.filter(ticket=ticket).values_list("user_id", flat=True)
    referred = Referral.objects.filter(ticket=ticket).values_list("department_id", "user_id")
    return _scopes(ticket, taking_part, referred)


def index_ticket(ticket_id: int) -> None:
    """Write the whole document of a ticket anew; inside `together()` once, at its end."""
    at_the_end((_DOCUMENT, ticket_id), partial(_write, ticket_id))


def _write(ticket_id: int) -> None:
    if _is_written_later(ticket_id):
        return
    ticket = Ticket.objects.select_related("organisation").get(pk=ticket_id)
    search.index("ticket", ticket.pk, _parts(ticket), scopes=scopes_of(ticket), at=ticket.last_message_at)


def _parts(ticket: Ticket) -> dict[str, str]:
    parts = {"A": f"{ticket.pk} {ticket.subject}", "B": _people(ticket), "C": "", "D": " ".join(ticket.tags)}
    names = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values("name")
    messages = Message.objects.filter(ticket=ticket).order_by("-pk")
    rows = messages.annotate(start=Left("text", INDEXED_TEXT), files=ArraySubquery(names))
    for kind, subject, text, files in rows.values_list("kind", "subject", "start", "files")[:INDEXED_MESSAGES]:
        weight = "D" if kind == MessageKind.NOTE else "C"
        parts[weight] = "\n".join((parts[weight], subject, text, *files))
    for weight, text in _inside_files(Attachment.objects.filter(message__ticket=ticket)):
        parts[weight] = f"{parts[weight]}\n{text}"
    return parts


def _documents(ticket_ids: Sequence[int]) -> Iterator[search.BulkDocument]:
    """For writing all anew. Whoever changes one of these tickets waits for the batch, and writes after it."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("organisation")
    for ticket in rows.filter(pk__in=ticket_ids).order_by("pk"):
        yield search.BulkDocument("ticket", ticket.pk, _parts(ticket), ticket.last_message_at, tuple(scopes_of(ticket)))


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
    row = Message.objects.filter(pk=message_id).annotate(start=Left("text", INDEXED_TEXT))
    kind, subject, text = row.values_list("kind", "subject", "start").get()
    attached = Attachment.objects.filter(message_id=message_id)
    names = list(attached.values_list("name", flat=True))
    inside = [text for _weight, text in _inside_files(attached)] if names else []
    weight = "D" if kind == MessageKind.NOTE else "C"
    search.index("ticket", ticket_id, {weight: "\n".join((subject, text, *names, *inside))}, append=True)


def index_files(file_id: int) -> None:
    """Write the documents of all tickets that hold a file whose text became known, each in its own transaction."""
    holding = Attachment.objects.filter(file=file_id, message__isnull=False).order_by("-message__ticket_id")
    for ticket_id in list(holding.values_list("message__ticket_id", flat=True).distinct()):
        with transaction.atomic():
            # Whoever writes the document meanwhile may have looked before the text was there.
            if Ticket.objects.select_for_update().filter(pk=ticket_id).values_list("pk", flat=True).first():
                index_ticket(ticket_id)


def _inside_files(attached: QuerySet[Attachment]) -> Iterator[tuple[str, str]]:
    """Weight and text of what was read in files, the newest first; each content once for each weight."""
    texts = AttachmentText.objects.filter(file=OuterRef("file"), state=TextState.DONE)
    kind = F("message__kind")
    rows = attached.annotate(inside=Subquery(texts.values(start=Left("text", INDEXED_TEXT))[:1]), of=kind)
    left = INDEXED_FILES
    seen = set()
    for file_id, of, inside in rows.exclude(inside=None).order_by("-pk").values_list("file_id", "of", "inside")[:200]:
        weight = "D" if of == MessageKind.NOTE else "C"
        if (file_id, weight) not in seen:
            seen.add((file_id, weight))
            yield weight, inside[:left]
            left -= len(inside)
            if left <= 0:
                return


def _people(ticket: Ticket) -> str:
    """Names and addresses of everyone outside who has part in it, and their organisation."""
    taking_part = Participant.objects.filter(ticket=ticket).values("user_id")
    someone = Q(pk__in=[ticket.requester_id, ticket.affected_id or 0]) | Q(pk__in=taking_part)
    found = {ticket.organisation.name if ticket.organisation else ""}
    rows = User.objects.filter(someone).values_list("name", "email", "contact_points__value", "contact_points__display")
    for row in rows:
        found.update(value for value in row if value)
    return "\n".join(sorted(found))
