"""Putting messages into the queue of what is to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels.mail.threading import own_message_id
from deskbell.channels.models import InboundMessage, Mailbox, MailboxTest, OutboundKind, OutboundMessage, OutboundState
from deskbell.channels.options import GIVE_UP_HOURS
from deskbell.kernel.api import clock
from deskbell.kernel.jobs import app
from deskbell.people.api import ContactKind, ContactPoint, Department
from deskbell.tickets.api import DeliveryState, Message, Participant, Recipient, Ticket, set_delivery

SEND_JOB = "channels.send"


class Receiver(TypedDict):
    """One recipient of an outgoing message; state: an OutboundState."""

    name: str
    address: str
    role: str
    state: str
    error: str


@transaction.atomic
def queue_reply(message_id: int) -> OutboundMessage | None:
    """Queue a message of a ticket for sending; the same message is queued once. None when nobody can get it."""
    message = Message.objects.select_related("ticket").filter(pk=message_id).first()
    if message is None:
        return None
    present = OutboundMessage.objects.filter(message=message).first()
    if present is not None:
        return present
    receivers = _receivers(message)
    mailbox = sending_mailbox(message.ticket)
    problem = ""
    if not receivers:
        problem = _("Not sent: there is no address to send to. Add one to the person and resend.")
    elif mailbox is None:
        problem = _("Not sent: no mailbox sends for this department. Set one up and resend.")
    row = OutboundMessage.objects.create(
        kind=OutboundKind.ACKNOWLEDGEMENT if message.is_automatic else OutboundKind.REPLY,
        message=message,
        mailbox=mailbox,
        recipients=receivers,
        subject=_subject(message),
        state=OutboundState.FAILED if problem else OutboundState.QUEUED,
        last_error=problem,
        next_try_at=clock.now(),
        give_up_at=give_up_at(),
        created_at=clock.now(),
    )
    if problem or mailbox is None:
        set_delivery(message.pk, DeliveryState.FAILED, problem)
        return row
    row.mail_id = own_message_id(message.ticket.reply_key, str(row.pk), domain_of(mailbox))
    row.save(update_fields=["mail_id"])
    defer_sending(row)
    return row


def give_up_at() -> datetime:
    return clock.now() + timedelta(hours=GIVE_UP_HOURS.get())


def defer_sending(row: OutboundMessage, *, at: datetime | None = None) -> None:
    """Queue the job that sends; committed with the transaction. at: not before (None: now)."""
    configured = app.configure_task(SEND_JOB, queue="mail", lock=f"mail/{row.pk}", schedule_at=at)
    configured.defer(outbound_id=row.pk)


def queue_test(test: MailboxTest, mailbox: Mailbox) -> str:
    """Send the message of a round-trip test at once; what went wrong in words, or nothing."""
    from deskbell.channels.actions.sending import send_now

    row = OutboundMessage.objects.create(
        kind=OutboundKind.TEST,
        mailbox=mailbox,
        recipients=[receiver(Recipient(name=mailbox.name, address=mailbox.address), "to")],
        mail_id=f"test.{test.token}@{domain_of(mailbox)}",
        subject=_("Deskbell tests this mailbox"),
        next_try_at=clock.now(),
        give_up_at=clock.now(),
        created_at=clock.now(),
    )
    send_now(row.pk)
    row.refresh_from_db()
    return "" if row.state == OutboundState.SENT else row.last_error


def domain_of(mailbox: Mailbox) -> str:
    return mailbox.address.rpartition("@")[2]


def receiver(recipient: Recipient, role: str) -> Receiver:
    return Receiver(
        name=recipient["name"], address=recipient["address"], role=role, state=OutboundState.QUEUED.value, error=""
    )


def _receivers(message: Message) -> list[Receiver]:
    """To and Cc as written; without any, the person who asked, with the participants in copy."""
    found = [receiver(entry, "to") for entry in message.to] + [receiver(entry, "cc") for entry in message.cc]
    if not found:
        ticket = message.ticket
        found = [receiver(entry, "to") for entry in _addresses_of([ticket.requester_id])]
        others = Participant.objects.filter(ticket=ticket).values_list("user_id", flat=True)
        found += [receiver(entry, "cc") for entry in _addresses_of(others)]
    unique: dict[str, Receiver] = {}
    for entry in found:
        if entry["address"]:
            unique.setdefault(entry["address"].lower(), entry)
    return list(unique.values())


def _addresses_of(user_ids: Iterable[int]) -> list[Recipient]:
    """Primary addresses of active people."""
    points = ContactPoint.objects.filter(
        user_id__in=list(user_ids), kind=ContactKind.EMAIL, is_primary=True, user__is_active=True
    ).select_related("user")
    return [Recipient(name=point.user.name, address=point.display or point.value) for point in points]


def _subject(message: Message) -> str:
    """As written, or "Re:" and the ticket's subject once something came in by mail."""
    if message.subject:
        return message.subject
    subject = message.ticket.subject
    answered = InboundMessage.objects.filter(ticket_id=message.ticket_id).exists()
    return f"Re: {subject}"[:500] if answered and not subject.lower().startswith("re:") else subject


def sending_mailbox(ticket: Ticket) -> Mailbox | None:
    """The mailbox a ticket's answers come from.

    The one its mail came to while it is still in that department, else one of the department, of a department
    above it, or any: one sending address can serve all departments.
    """
    last = (
        InboundMessage.objects.filter(ticket=ticket, mailbox__is_active=True)
        .select_related("mailbox")
        .order_by("-pk")
        .first()
    )
    if last is not None and last.mailbox is not None and last.mailbox.department_id == ticket.department_id:
        return last.mailbox
    active = list(Mailbox.objects.filter(is_active=True).order_by("pk"))
    path = Department.objects.filter(pk=ticket.department_id).values_list("path", flat=True).first() or ""
    for department_id in reversed([int(step) for step in path.split("/") if step]):
        for mailbox in active:
            if mailbox.department_id == department_id:
                return mailbox
    return active[0] if active else None
