"""Messages of a ticket a page at a time, and whom an answer goes to."""

from __future__ import annotations

from django.db.models import Prefetch, prefetch_related_objects

from deskbell.kernel.api import BLOCK, NotFound, Viewer, block_of, run, visible
from deskbell.kernel.statements import Statement
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
        block = block_of(after)
        rows = rows.alias(block=BLOCK)
        beyond = {"block__lte": block, "pk__lt": after} if newest_first else {"block__gte": block, "pk__gt": after}
        rows = rows.filter(**beyond)
    found = rows.select_related("author").prefetch_related(_attachments())
    return list(found.order_by(*((BLOCK.desc(), "-pk") if newest_first else (BLOCK.asc(), "pk")))[:size])


def _attachments() -> Prefetch[str]:
    return Prefetch("attachments", Attachment.objects.select_related("file").order_by("pk"))


def with_attachments(message: Message, *, has_some: bool) -> None:
    """Read the attachments of a message, in one query; none where it is known that it has none."""
    if has_some:
        prefetch_related_objects([message], _attachments())
    else:
        message._prefetched_objects_cache = {"attachments": Attachment.objects.none()}  # type: ignore[attr-defined]  # noqa: SLF001  (as prefetching leaves it)


def recipients_of(viewer: Viewer, ticket_id: int) -> tuple[list[Recipient], list[Recipient]]:
    """To and Cc of an answer: who asked, and those who take part, as far as they have an address. Raises NotFound."""
    requester = User.objects.filter(pk__in=visible(viewer, Ticket).filter(pk=ticket_id).values("requester_id"))
    taking_part = Participant.objects.filter(ticket_id=ticket_id).order_by("pk")
    several = (
        Statement.of(requester.values_list("pk", "name", "email")),
        Statement.of(taking_part.values_list("user_id", "role", "user__name", "user__email")),
    )
    # Django knows without asking that somebody without any right finds nothing.
    asked, people = run([(each.sql, each.params) for each in several if each]) if all(several) else ([], [])
    if not asked:
        raise NotFound
    requester_id, name, email = asked[0]
    to: list[Recipient] = [{"name": name, "address": email}] if email else []
    cc: list[Recipient] = []
    for user_id, role, name, email in people:
        if email and user_id != requester_id:
            (to if role == ParticipantRole.TO else cc).append({"name": name, "address": email})
    return to, cc
