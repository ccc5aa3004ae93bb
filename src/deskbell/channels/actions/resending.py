"""Sending again what failed or came back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels.actions.queueing import defer_sending, give_up_at, queue_reply, receiver, sending_mailbox
from deskbell.channels.models import OutboundMessage, OutboundState
from deskbell.kernel.api import Conflict, Invalid, Viewer, clock, get_visible, require
from deskbell.people.api import normalise_email
from deskbell.tickets.api import DeliveryState, Direction, Message, Recipient, set_delivery
from deskbell.tickets.api import access as ticket_access


@transaction.atomic
def resend(viewer: Viewer, message_id: int, *, to: Sequence[Recipient] | None = None) -> OutboundMessage:
    """Send a message of the desk again, to those who did not get it, or to other addresses (`to`).

    Raises NotFound, NotAllowed, Invalid for what was never to be sent, Conflict while it is still being sent.
    """
    message = get_visible(viewer, Message, message_id)
    require(viewer, ticket_access.WORK, message.ticket)
    if message.direction != Direction.OUT or message.delivery_state == DeliveryState.NONE:
        raise Invalid(_("This message does not leave the desk by mail."))
    row = OutboundMessage.objects.select_for_update().filter(message=message).first()
    if row is None:
        return _queue_late(message)
    if row.state in {OutboundState.QUEUED, OutboundState.SENDING}:
        raise Conflict(_("It is on its way already."))
    if to is not None:
        row.recipients = [receiver(Recipient(name=r["name"], address=normalise_email(r["address"])), "to") for r in to]
        row.raw = None
    pending = [entry for entry in row.recipients if entry["state"] != OutboundState.SENT] or row.recipients
    for entry in pending:
        entry["state"], entry["error"] = OutboundState.QUEUED.value, ""
    if not pending:
        raise Invalid(fields={"to": _("Give an address.")})
    _restart(row, message)
    return row


def _queue_late(message: Message) -> OutboundMessage:
    row = queue_reply(message.pk)
    if row is None:
        raise Invalid(_("This message does not leave the desk by mail."))
    return row


def _restart(row: OutboundMessage, message: Message) -> None:
    mailbox = sending_mailbox(message.ticket)
    if mailbox is None:
        raise Invalid(_("No mailbox sends for this department. Set one up first."))
    if not row.mail_id or row.mailbox_id != mailbox.pk:
        from deskbell.channels.actions.queueing import domain_of
        from deskbell.channels.mail.threading import own_message_id

        row.mailbox, row.raw = mailbox, None
        row.mail_id = own_message_id(message.ticket.reply_key, str(row.pk), domain_of(mailbox))
    row.state, row.attempts, row.last_error, row.response = OutboundState.QUEUED, 0, "", ""
    row.next_try_at, row.give_up_at, row.handed_over_at = clock.now(), give_up_at(), None
    row.save()
    set_delivery(message.pk, DeliveryState.QUEUED)
    defer_sending(row)
