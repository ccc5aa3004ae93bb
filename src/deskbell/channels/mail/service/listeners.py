"""SMTP (RFC 5321) and LMTP (RFC 2033) servers of the desk. "250" is said only after the message is committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError

from deskbell.channels.intake.addressees import mailbox_for
from deskbell.channels.intake.deliver import Arrived, deliver_raw, deliver_several
from deskbell.channels.mail.parse import parse
from deskbell.channels.mail.service.connections import refresh_connections
from deskbell.channels.mail.service.together import Together
from deskbell.channels.models import Mailbox, OutboxMail, Source
from deskbell.kernel.api import clock, reference, storable, store

logger = logging.getLogger(__name__)

LONGEST_LINE = 10_000_000
"""Bytes. RFC 5321 wants 1,000; mail programs do not know that, and refusing loses mail."""
IDLE_TIMEOUT = 120  # seconds
_ACCEPTED = "250 2.0.0 taken in"
_LATER = "451 4.3.0 not now, the desk cannot store mail; try again later"
_UNKNOWN = "550 5.1.1 nobody here has this address"


class _Smtp(SMTP):
    line_length_limit = LONGEST_LINE


class _Lmtp(LMTP):
    line_length_limit = LONGEST_LINE


def _with_database(work: Callable[[], Any]) -> Any:
    """Run `work` in this thread with a database connection that is not stale."""
    refresh_connections()
    try:
        return work()
    finally:
        refresh_connections()


def _size(envelope: Envelope) -> int:
    return len(envelope.content or b"")


class DeskHandler:
    """Takes mail for the desk's mailboxes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._deliveries = Together(lambda envelopes: _with_database(partial(self._deliver, envelopes)), _size)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        try:
            mailbox = await asyncio.to_thread(_with_database, partial(mailbox_for, [address]))
        except DatabaseError:
            return _LATER
        if mailbox is None:
            return _UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            answers = await self._deliveries.take(envelope)
        except Exception:
            logger.exception("A message for %s could not be stored", envelope.rcpt_tos)
            answers = [_LATER] * len(envelope.rcpt_tos)
        if self.source == Source.LMTP:
            return "\r\n".join(answers)  # one answer for each recipient (RFC 2033 section 4.2)
        # One answer for all: what was stored for one recipient is recognised when it comes again.
        return next((answer for answer in answers if answer != _ACCEPTED), _ACCEPTED)

    def _deliver(self, envelopes: Sequence[Envelope]) -> list[list[str]]:
        """The answers for the recipients of each, when all are stored and processed. Raises as `deliver_several`."""
        arrived: list[Arrived] = []
        answers: list[list[str]] = []
        with reference.held():
            for envelope in envelopes:
                boxes = [(recipient, mailbox_for([recipient])) for recipient in envelope.rcpt_tos]
                # Once per mailbox, however many of its addresses were named.
                first = {mailbox.pk: (mailbox, recipient) for recipient, mailbox in reversed(boxes) if mailbox}
                arrived += [self._arrived(envelope, *each) for each in first.values()]
                answers.append([_ACCEPTED if mailbox else _UNKNOWN for _recipient, mailbox in boxes])
        if arrived:
            deliver_several(arrived)
        return answers

    def _arrived(self, envelope: Envelope, mailbox: Mailbox, recipient: str) -> Arrived:
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode("utf-8", "surrogateescape")
        return Arrived(raw, mailbox, recipient, self.source, envelope_from=envelope.mail_from or "")


class OutboxHandler:
    """The demonstration's way into the world: everything is kept, nothing is delivered.

    What the desk writes to one of its own mailboxes comes in again, so that a mailbox can be tested.
    """

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            await asyncio.to_thread(_with_database, partial(_keep_in_outbox, envelope))
        except Exception:
            logger.exception("The outbox could not keep a message")
            return _LATER
        return _ACCEPTED


def _keep_in_outbox(envelope: Envelope) -> None:
    raw = envelope.content
    assert isinstance(raw, bytes)
    mail = parse(raw)
    OutboxMail.objects.create(
        raw=store(raw),
        received_at=clock.now(),
        envelope_from=storable(envelope.mail_from or "")[:320],
        envelope_to=[storable(address)[:320] for address in envelope.rcpt_tos],
        sender=storable(mail.author.address)[:320],
        subject=storable(mail.subject)[:500],
        mail_id=storable(mail.message_id)[:1000],
    )
    own: dict[int, tuple[Mailbox, str]] = {}
    for recipient in envelope.rcpt_tos:
        mailbox = mailbox_for([recipient])
        if mailbox is not None:
            own.setdefault(mailbox.pk, (mailbox, recipient))
    for mailbox, recipient in own.values():
        deliver_raw(
            raw, mailbox=mailbox, recipient=recipient, source=Source.SMTP, envelope_from=envelope.mail_from or ""
        )


def _protocol(kind: type[SMTP], handler: object, max_bytes: int) -> Callable[[], SMTP]:
    loop = asyncio.get_running_loop()
    return lambda: kind(
        handler, data_size_limit=max_bytes, enable_SMTPUTF8=True, ident="Deskbell", timeout=IDLE_TIMEOUT, loop=loop
    )


async def listen_smtp(host: str, port: int, max_bytes: int) -> asyncio.Server:
    """Take mail for the desk by SMTP. Raises OSError when the port is taken."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(_protocol(_Smtp, DeskHandler(Source.SMTP), max_bytes), host, port)


async def listen_lmtp(path: Path, max_bytes: int) -> asyncio.Server:
    """Take mail for the desk by LMTP on a Unix socket. Raises OSError."""
    path.unlink(missing_ok=True)  # noqa: ASYNC240 - of a process that was killed; once, at the start
    loop = asyncio.get_running_loop()
    server = await loop.create_unix_server(_protocol(_Lmtp, DeskHandler(Source.LMTP), max_bytes), path)
    path.chmod(0o666)  # noqa: ASYNC240 - mail servers run as another user; the folder says who may come here
    return server


async def listen_outbox(port: int, max_bytes: int) -> asyncio.Server:
    """Keep all mail that is sent, on loopback only. Raises OSError when the port is taken."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(_protocol(_Smtp, OutboxHandler(), max_bytes), "127.0.0.1", port)
