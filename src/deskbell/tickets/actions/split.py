"""Making a message a ticket of its own."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, record, require, together
from deskbell.tickets import access, events
from deskbell.tickets.actions.create import NewTicket, create_ticket
from deskbell.tickets.actions.links import write_link
from deskbell.tickets.actions.transfer import transfer
from deskbell.tickets.content import MessageContent, NewAttachment
from deskbell.tickets.locking import lock_ticket, save
from deskbell.tickets.models import Direction, LinkKind, Message, Ticket


@transaction.atomic
@together()
def split(viewer: Viewer, ticket_id: int, message_id: int, *, subject: str, department_id: int | None = None) -> Ticket:
    """Create a ticket from a message that came in, or from a note; the message also stays where it was.

    department_id: handed over there at once. Raises NotFound, NotAllowed, Invalid.
    """
    ticket = lock_ticket(viewer, ticket_id)
    require(viewer, access.MERGE, ticket)
    message = Message.objects.filter(pk=message_id, ticket=ticket).first()
    if message is None:
        raise NotFound
    if message.direction == Direction.OUT:
        raise Invalid(_("Only what somebody wrote to the desk, or a note, can become a ticket of its own."))
    new = create_ticket(viewer, _as_ticket(ticket, message, subject))
    record(viewer, events.SPLIT, ticket.pk, events.Split(other_id=new.pk, message_id=message.pk))
    save(ticket, [])
    write_link(viewer, new.pk, ticket.pk, LinkKind.RELATED_TO)
    if department_id is not None and department_id != ticket.department_id:
        note = _("Split from %(number)s") % {"number": ticket.number}
        transfer(viewer, new.pk, department_id, note=note)
    return new


def _as_ticket(ticket: Ticket, message: Message, subject: str) -> NewTicket:
    came_in = message.direction == Direction.IN
    attachments = [
        NewAttachment(
            file=each.file,
            name=each.name,
            content_type=each.content_type,
            content_id=each.content_id,
            is_inline=each.is_inline,
        )
        for each in message.attachments.select_related("file").order_by("pk")
    ]
    return NewTicket(
        subject=subject.strip() or message.subject or ticket.subject,
        content=MessageContent(
            text=message.text,
            html=message.html,
            quoted_text=message.quoted_text,
            quoted_html=message.quoted_html,
            subject=message.subject,
            channel=message.channel,
            to=message.to,
            cc=message.cc,
            attachments=attachments,
            is_automatic=message.is_automatic,
            has_remote_images=message.has_remote_images,
        ),
        department_id=ticket.department_id,
        requester_id=message.author_id if came_in and message.author_id is not None else ticket.requester_id,
        kind=ticket.kind.code,
        impact=ticket.impact,
        urgency=ticket.urgency,
        category_id=ticket.category_id,
        direction=Direction.IN if came_in else Direction.INTERNAL,
        owner_id=ticket.owner_id,
        author_id=message.author_id,
        split_from_id=ticket.pk,
        asks_fields=False,
    )
