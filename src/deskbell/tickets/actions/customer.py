"""What the person who asked does themselves, in the portal or by mail."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import SYSTEM, Invalid, NotFound, Viewer, together
from deskbell.tickets.actions.create import NewTicket, create_ticket
from deskbell.tickets.actions.links import write_link
from deskbell.tickets.actions.messages import add_message, receive
from deskbell.tickets.actions.states import enter_state
from deskbell.tickets.content import MessageContent
from deskbell.tickets.guards import may_be_reopened
from deskbell.tickets.locking import final_ticket_id, lock_as_customer
from deskbell.tickets.models import (
    Channel,
    Direction,
    LinkKind,
    Message,
    MessageKind,
    State,
    StateCategory,
    Ticket,
    Transition,
)


@transaction.atomic
@together()
def answer_as_requester(viewer: Viewer, ticket_id: int, content: MessageContent) -> tuple[Message, Ticket, bool]:
    """Write on one's own ticket in the portal; too long after its end a new, linked one is created.

    The message, the ticket it stands on, and whether that one is new. Raises NotFound, NotAllowed, Invalid.
    """
    ticket = lock_as_customer(viewer, ticket_id)
    return receive_or_new(viewer, ticket.pk, content, _continuation(ticket, viewer, content))


@transaction.atomic
@together()
def close_as_requester(viewer: Viewer, ticket_id: int, text: str = "") -> Ticket:
    """The person who asked is content, or needs it no longer. Raises NotFound, and Invalid when it cannot be."""
    ticket = lock_as_customer(viewer, ticket_id)
    if ticket.is_final:
        return ticket
    target = _end_for_requester(ticket)
    message_id = None
    if text.strip():
        content = MessageContent(text=text, channel=Channel.PORTAL)
        message_id = add_message(viewer, ticket, content, kind=MessageKind.PUBLIC, direction=Direction.IN).pk
    enter_state(viewer, ticket, target, message_id=message_id)
    return ticket


def _end_for_requester(ticket: Ticket) -> State:
    """Closed where a transition allows it to the person who asked, otherwise resolved."""
    steps = Transition.objects.filter(
        source=ticket.state_id, by_requester=True, target__is_active=True,
        target__category__in=[StateCategory.CLOSED, StateCategory.RESOLVED],
    ).select_related("target")  # fmt: skip
    found = sorted(steps, key=lambda step: (step.target.category != StateCategory.CLOSED, step.target.position))
    if not found:
        raise Invalid(_("This ticket cannot be closed here. Write to us instead."))
    return found[0].target


@transaction.atomic
@together()
def reopen_as_requester(viewer: Viewer, ticket_id: int, text: str) -> tuple[Ticket, bool]:
    """Say that it is not solved. Within the days of `tickets.reopen_days` the ticket goes on, later a new one is made.

    The ticket and whether it is new. Raises NotFound, and Invalid without words.
    """
    if not text.strip():
        raise Invalid(fields={"text": _("Say what is still wrong.")})
    _message, ticket, created = answer_as_requester(
        viewer, ticket_id, MessageContent(text=text, channel=Channel.PORTAL)
    )
    return ticket, created


def _continuation(ticket: Ticket, viewer: Viewer, content: MessageContent) -> NewTicket:
    return NewTicket(
        subject=ticket.subject,
        content=content,
        department_id=ticket.department_id,
        requester_id=viewer.user_id or ticket.requester_id,
        kind=ticket.kind.code,
        category_id=ticket.category_id,
    )


@transaction.atomic
@together()
def receive_or_new(
    viewer: Viewer, ticket_id: int, content: MessageContent, fallback: NewTicket
) -> tuple[Message, Ticket, bool]:
    """Take in a message; when its ticket ended too long ago, create `fallback` with it and link the two.

    The message, the ticket it stands on now (also after a merge), and whether that one is new.
    Raises NotFound, NotAllowed, Invalid as `receive` and `create_ticket` do.
    """
    ticket = Ticket.objects.filter(pk=final_ticket_id(ticket_id)).first()
    if ticket is None:
        raise NotFound
    if ticket.is_open or may_be_reopened(ticket):
        message = receive(viewer, ticket.pk, content)
        return message, message.ticket, False
    # The department or kind may be closed to the portal by now; an answer is still taken in.
    created = create_ticket(viewer, replace(fallback, content=content, is_continuation=True))
    write_link(SYSTEM, created.pk, ticket.pk, LinkKind.RELATED_TO)
    return Message.objects.filter(ticket=created).latest("pk"), created, True
