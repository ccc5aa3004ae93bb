"""The bytes of a message on its way out, made from the ticket's message it carries."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from deskbell.channels.actions.mailbox_test_header import TEST_HEADER
from deskbell.channels.installation import installation
from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.compose import OutgoingFile, OutgoingMail
from deskbell.channels.mail.threading import references_for, with_key
from deskbell.channels.models import InboundMessage, Mailbox, OutboundKind, OutboundMessage
from deskbell.kernel.api import clock, read
from deskbell.tickets.api import Message


def outgoing_mail(row: OutboundMessage, mailbox: Mailbox) -> OutgoingMail:
    """Everything the message consists of; `compose` makes bytes of it."""
    if row.message is None:
        return _test_mail(row, mailbox)
    return _ticket_mail(row, row.message, mailbox)


def _ticket_mail(row: OutboundMessage, message: Message, mailbox: Mailbox) -> OutgoingMail:
    ticket = message.ticket
    sender = sender_of(mailbox)
    parent, references = _thread(row, message)
    reply_to = [Address(sender.name, with_key(mailbox.address, ticket.reply_key))] if mailbox.plus_addressing else []
    return OutgoingMail(
        message_id=row.mail_id,
        from_=sender,
        to=_addresses(row, "to"),
        cc=_addresses(row, "cc"),
        reply_to=reply_to,
        subject=row.subject,
        text=message.text,
        html=message.html,
        date=message.created_at,
        in_reply_to=parent,
        references=references,
        files=[
            OutgoingFile(a.name, a.content_type, read(a.file), a.content_id)
            for a in message.attachments.select_related("file").order_by("pk")
        ],
        is_automatic=row.kind == OutboundKind.ACKNOWLEDGEMENT,
        installation=installation(),
        language=ticket.language,
    )


def _test_mail(row: OutboundMessage, mailbox: Mailbox) -> OutgoingMail:
    token = row.mail_id.partition("@")[0].removeprefix("test.")
    with translation.override(None):
        text = _("Deskbell sent this message to see whether this mailbox sends and receives. It becomes no ticket.")
    return OutgoingMail(
        message_id=row.mail_id,
        from_=sender_of(mailbox),
        to=_addresses(row, "to"),
        subject=row.subject,
        text=text,
        date=clock.now(),
        is_automatic=True,
        installation=installation(),
        extra_headers=[(TEST_HEADER, token)],
    )


def sender_of(mailbox: Mailbox) -> Address:
    return Address(mailbox.sender_name or mailbox.department.name, mailbox.address)


def _addresses(row: OutboundMessage, role: str) -> list[Address]:
    return [Address(entry["name"], entry["address"]) for entry in row.recipients if entry["role"] == role]


def _thread(row: OutboundMessage, message: Message) -> tuple[str, tuple[str, ...]]:
    """In-Reply-To and References: the ticket's mail so far, both ways; the parent is the last one that came in."""
    incoming = InboundMessage.objects.filter(message__ticket=message.ticket_id, message__lt=message.pk).exclude(
        mail_id=""
    )
    outgoing = OutboundMessage.objects.filter(message__ticket=message.ticket_id, message__lt=message.pk).exclude(
        mail_id=""
    )
    came = [(pk, mail_id, True) for pk, mail_id in incoming.values_list("message_id", "mail_id")]
    went = [(pk, mail_id, False) for pk, mail_id in outgoing.values_list("message_id", "mail_id")]
    thread = sorted((*came, *went))
    ids = tuple(mail_id for _pk, mail_id, _came in thread if mail_id != row.mail_id)
    parent = next((mail_id for _pk, mail_id, is_incoming in reversed(thread) if is_incoming), ids[-1] if ids else "")
    return parent, references_for(ids, parent)
