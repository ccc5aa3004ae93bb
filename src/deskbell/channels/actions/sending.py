"""Sending one queued message: record the attempt, hand it over, record what became of it.

A crash is never silent: before the text is handed to the server this is committed (`handed_over_at`). Found
again without it, the attempt is simply repeated; found with it, nobody knows whether the server has the message,
and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels.actions.outgoing import outgoing_mail
from deskbell.channels.actions.queueing import defer_sending
from deskbell.channels.mail.compose import UnusableAddress, compose, needs_utf8
from deskbell.channels.mail.header_writing import ascii_address
from deskbell.channels.mail.transport import Delivery, PermanentFailure, Refusal, SendFailure, Server, send
from deskbell.channels.models import OutboundKind, OutboundMessage, OutboundState
from deskbell.channels.servers import outgoing_server
from deskbell.kernel.api import clock, read, store
from deskbell.tickets.api import DeliveryState, set_delivery

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
STUCK_AFTER = timedelta(minutes=3)
"""An attempt that has been going on for longer died with its process."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    row: OutboundMessage
    server: Server
    envelope_from: str
    recipients: tuple[str, ...]
    data: bytes
    smtputf8: bool


def send_now(outbound_id: int) -> str:
    """Try to send a queued message once; returns its OutboundState afterwards. Idempotent.

    Raises only what the database raises when it is away: then the attempt can be repeated.
    """
    try:
        attempt = _begin(outbound_id)
    except _NotSendable as problem:
        return _fail(outbound_id, str(problem))
    if attempt is None:
        return OutboundMessage.objects.values_list("state", flat=True).get(pk=outbound_id)
    try:
        delivery = send(
            attempt.server,
            attempt.envelope_from,
            attempt.recipients,
            attempt.data,
            smtputf8=attempt.smtputf8,
            before_data=lambda: _note_handing_over(outbound_id),
        )
    except SendFailure as failure:
        if isinstance(failure, PermanentFailure):
            return _fail(outbound_id, str(failure), response=failure.response)
        return _postpone(outbound_id, str(failure), response=failure.response)
    return _succeed(outbound_id, delivery)


class _NotSendable(Exception):
    """Something is missing that only a person can supply; the message is a sentence for them."""


@transaction.atomic
def _begin(outbound_id: int) -> _Attempt | None:
    """Claim the message and write down the attempt; None when there is nothing to do (now)."""
    row = (
        OutboundMessage.objects.select_for_update(of=("self",))
        .select_related("mailbox__department", "message__ticket", "raw")
        .get(pk=outbound_id)
    )
    now = clock.now()
    if row.state == OutboundState.SENDING:
        if row.attempted_at is not None and now - row.attempted_at < STUCK_AFTER:
            defer_sending(row, at=now + STUCK_AFTER)
            return None
        if row.handed_over_at is not None:
            raise _NotSendable(
                _(
                    "It is not known whether this was sent: Deskbell was interrupted while the server took it. "
                    "Resend if no answer comes."
                )
            )
    elif row.state != OutboundState.QUEUED:
        return None
    elif row.next_try_at > now:
        defer_sending(row, at=row.next_try_at)
        return None
    attempt = _prepare(row)
    row.state, row.attempts, row.attempted_at, row.handed_over_at = OutboundState.SENDING, row.attempts + 1, now, None
    row.save(update_fields=["state", "attempts", "attempted_at", "handed_over_at", "raw"])
    return attempt


def _prepare(row: OutboundMessage) -> _Attempt:
    """Bytes, server and recipients. Raises _NotSendable."""
    mailbox = row.mailbox
    if mailbox is None:
        raise _NotSendable(_("Not sent: the mailbox it was to be sent from is gone. Resend it."))
    server = outgoing_server(mailbox)
    if server is None:
        raise _NotSendable(
            _("Not sent: the mailbox %(name)s has no server to send by. Enter one and resend.") % {"name": mailbox}
        )
    try:
        mail = outgoing_mail(row, mailbox)
        waiting = [e["address"] for e in row.recipients if e["state"] == OutboundState.QUEUED]
        recipients = tuple(ascii_address(address) for address in waiting)
        if row.raw is None:
            row.raw = store(compose(mail))
    except UnusableAddress as error:
        raise _NotSendable(
            _("Not sent: “%(value)s” is no mail address. Try another address.") % {"value": error}
        ) from None
    if not recipients:
        raise _NotSendable(_("Not sent: there is no address left to send to."))
    return _Attempt(row, server, mailbox.address, recipients, read(row.raw), needs_utf8(mail))


def _note_handing_over(outbound_id: int) -> None:
    OutboundMessage.objects.filter(pk=outbound_id).update(handed_over_at=clock.now())


def _lock(outbound_id: int) -> OutboundMessage:
    return OutboundMessage.objects.select_for_update(of=("self",)).get(pk=outbound_id)


@transaction.atomic
def _succeed(outbound_id: int, delivery: Delivery) -> str:
    row = _lock(outbound_id)
    refused = {refusal.address: refusal for refusal in delivery.refused}
    for entry in row.recipients:
        if entry["state"] == OutboundState.QUEUED:
            _note_recipient(entry, refused.get(ascii_address(entry["address"])))
    row.response, row.handed_over_at, row.sent_at = delivery.response[:2000], None, clock.now()
    row.last_error = " ".join(refusal.sentence for refusal in delivery.refused)
    waiting = any(entry["state"] == OutboundState.QUEUED for entry in row.recipients)
    if waiting and not _is_over(row):
        return _wait(row)
    failed = any(entry["state"] == OutboundState.FAILED for entry in row.recipients) or waiting
    row.state = OutboundState.FAILED if failed else OutboundState.SENT
    row.save()
    _tell(row)
    return row.state


def _note_recipient(entry: dict[str, str], refusal: Refusal | None) -> None:
    """A recipient put off for now stays queued; the others have their outcome."""
    if refusal is None:
        entry["state"], entry["error"] = OutboundState.SENT.value, ""
    else:
        entry["error"] = refusal.sentence
        if refusal.is_permanent:
            entry["state"] = OutboundState.FAILED.value


@transaction.atomic
def _fail(outbound_id: int, sentence: str, *, response: str = "") -> str:
    row = _lock(outbound_id)
    for entry in row.recipients:
        if entry["state"] == OutboundState.QUEUED:
            entry["state"], entry["error"] = OutboundState.FAILED.value, sentence
    row.state, row.last_error, row.response, row.handed_over_at = OutboundState.FAILED, sentence, response, None
    row.save()
    _tell(row)
    return row.state


@transaction.atomic
def _postpone(outbound_id: int, sentence: str, *, response: str) -> str:
    row = _lock(outbound_id)
    row.last_error, row.response, row.handed_over_at = sentence, response, None
    if _is_over(row):
        row.save()
        return _fail(outbound_id, sentence, response=response)
    return _wait(row)


def _is_over(row: OutboundMessage) -> bool:
    return row.give_up_at is not None and clock.now() >= row.give_up_at


def _wait(row: OutboundMessage) -> str:
    """Try again later: twice as long after each attempt, up to `LONGEST_WAIT`."""
    wait = min(FIRST_WAIT * 2 ** min(row.attempts - 1, 16), LONGEST_WAIT)
    row.state, row.next_try_at = OutboundState.QUEUED, clock.now() + wait
    row.save()
    defer_sending(row, at=row.next_try_at)
    _tell(row)
    return row.state


def _tell(row: OutboundMessage) -> None:
    """Show the state on the ticket's message."""
    if row.message_id is None or row.kind == OutboundKind.TEST:
        return
    states = {
        OutboundState.QUEUED.value: DeliveryState.QUEUED,
        OutboundState.SENT.value: DeliveryState.SENT,
        OutboundState.FAILED.value: DeliveryState.FAILED,
    }
    set_delivery(row.message_id, states[row.state], row.last_error)
