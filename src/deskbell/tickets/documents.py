"""What makes a ticket findable. Weights: A subject and number, B people, C messages, D only for colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import Left

from deskbell.people.api import User
from deskbell.search import api as search
from deskbell.tickets.models import Attachment, Message, MessageKind, Participant, Ticket

INDEXED_TEXT = 100_000  # characters of one message
INDEXED_MESSAGES = 500  # of one ticket when its document is written anew


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


def index_ticket(ticket_id: int) -> None:
    """Write the whole document of a ticket anew."""
    if _is_written_later(ticket_id):
        return
    ticket = Ticket.objects.select_related("organisation").get(pk=ticket_id)
    parts = {"A": f"{ticket.pk} {ticket.subject}", "B": _people(ticket), "C": "", "D": " ".join(ticket.tags)}
    names = Attachment.objects.filter(message=OuterRef("pk")).order_by("pk").values("name")
    messages = Message.objects.filter(ticket=ticket).order_by("-pk")
    rows = messages.annotate(start=Left("text", INDEXED_TEXT), files=ArraySubquery(names))
    for kind, subject, text, files in rows.values_list("kind", "subject", "start", "files")[:INDEXED_MESSAGES]:
        weight = "D" if kind == MessageKind.NOTE else "C"
        parts[weight] = "\n".join((parts[weight], subject, text, *files))
    search.index("ticket", ticket.pk, parts)


def index_message(ticket_id: int, message_id: int) -> None:
    """Add one message to the document of its ticket."""
    if _is_written_later(ticket_id):
        return
    row = Message.objects.filter(pk=message_id).annotate(start=Left("text", INDEXED_TEXT))
    kind, subject, text = row.values_list("kind", "subject", "start").get()
    names = Attachment.objects.filter(message_id=message_id).values_list("name", flat=True)
    weight = "D" if kind == MessageKind.NOTE else "C"
    search.index("ticket", ticket_id, {weight: "\n".join((subject, text, *names))}, append=True)


def _people(ticket: Ticket) -> str:
    """Names and addresses of everyone outside who has part in it, and their organisation."""
    taking_part = Participant.objects.filter(ticket=ticket).values("user_id")
    someone = Q(pk__in=[ticket.requester_id, ticket.affected_id or 0]) | Q(pk__in=taking_part)
    found = {ticket.organisation.name if ticket.organisation else ""}
    rows = User.objects.filter(someone).values_list("name", "email", "contact_points__value", "contact_points__display")
    for row in rows:
        found.update(value for value in row if value)
    return "\n".join(sorted(found))
