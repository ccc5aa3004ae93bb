"""Messages of a ticket a page at a time, and whom an answer goes to."""

from __future__ import annotations

from django.db.models import Prefetch

from deskbell.kernel.api import NotFound, Viewer, visible
from deskbell.people.api import User
from deskbell.tickets.access import seen_as_customer
from deskbell.tickets.content import Recipient
from deskbell.tickets.models import Attachment, Message, MessageKind, Participant, ParticipantRole, Ticket


def messages_of(
    viewer: Viewer, ticket_id: int, *, as_customer: bool, after: int | None, size: int, newest_first: bool
) -> list[Message]:
    """Messages with author and attachments beyond the message `after`, in three queries.

    as_customer: what the person who asked sees: no notes. Raises NotFound.
    """
    seen = Ticket.objects.filter(seen_as_customer(viewer)) if as_customer else visible(viewer, Ticket)
    if not seen.filter(pk=ticket_id).exists():
        raise NotFound
    rows = Message.objects.filter(ticket_id=ticket_id)
    if as_customer or not viewer.is_agent:
        rows = rows.filter(kind=MessageKind.PUBLIC)
    if after is not None:
        rows = rows.filter(pk__lt=after) if newest_first else rows.filter(pk__gt=after)
    attachments = Prefetch("attachments", Attachment.objects.select_related("file").order_by("pk"))
    found = rows.select_related("author").prefetch_related(attachments)
    return list(found.order_by("-pk" if newest_first else "pk")[:size])


def recipients_of(viewer: Viewer, ticket_id: int) -> tuple[list[Recipient], list[Recipient]]:
    """To and Cc of an answer: who asked, and those who take part, as far as they have an address. Raises NotFound."""
    requester = (
        User.objects.filter(pk__in=visible(viewer, Ticket).filter(pk=ticket_id).values("requester_id"))
        .values_list("pk", "name", "email")
        .first()
    )
    if requester is None:
        raise NotFound
    requester_id, name, email = requester
    to: list[Recipient] = [{"name": name, "address": email}] if email else []
    cc: list[Recipient] = []
    taking_part = Participant.objects.filter(ticket_id=ticket_id).exclude(user_id=requester_id).order_by("pk")
    for role, name, email in taking_part.values_list("role", "user__name", "user__email"):
        if email:
            (to if role == ParticipantRole.TO else cc).append({"name": name, "address": email})
    return to, cc
