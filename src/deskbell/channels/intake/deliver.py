"""The one way into the desk for raw mail, whatever carried it."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from deskbell.channels.intake.addressees import mailbox_for
from deskbell.channels.intake.context import IntakeResult, result_of
from deskbell.channels.intake.pipeline import HEAD_ONLY, park_head, process
from deskbell.channels.mail.charsets import storable
from deskbell.channels.models import InboundMessage, InboundState, Mailbox, Source
from deskbell.kernel.api import clock, store, store_along

logger = logging.getLogger(__name__)


def deliver_raw(
    raw: bytes,
    *,
    mailbox: Mailbox | None = None,
    recipient: str = "",
    source: str = Source.FILE,
    remote_id: str | None = None,
    envelope_from: str | None = None,
) -> IntakeResult:
    """Take in a message: stored first and committed, then processed.

    mailbox: whose it is; without one, `recipient` (the address it was delivered to) and the message say.
    remote_id: what the mailbox calls it; the same one again is not stored twice.
    envelope_from: MAIL FROM where it is known ("" is the null sender).

    Once this returns, the message is kept whatever else went wrong. Raises DatabaseError (or OSError of the file
    storage) when it could not be stored: whoever delivers keeps it and tries again. Must not be called inside a
    transaction.
    """
    if remote_id and mailbox is not None:
        known = InboundMessage.objects.filter(mailbox=mailbox, remote_id=remote_id).first()
        if known is not None:
            if known.sign == HEAD_ONLY:
                _complete(known, raw)
            return _finish(known, raw)
    stored = store_raw(
        raw,
        mailbox=mailbox or mailbox_for([recipient]),
        recipient=recipient,
        source=source,
        remote_id=remote_id or "",
        envelope_from=envelope_from,
    )
    return _finish(stored, raw)


def deliver_head(head: bytes, *, size: int, mailbox: Mailbox, source: str, remote_id: str) -> None:
    """Tell of a message that is too large to be read: parked with its header, for a person to see; told once.

    The message itself stays in the mailbox. size: in bytes.
    """
    if is_head_known(mailbox, remote_id):
        return
    reason = _("It has %(size)d MB, more than the %(limit)d MB that Deskbell takes in. It is still in the mailbox.")
    row = InboundMessage(
        raw=store(head),
        source=source,
        mailbox=mailbox,
        received_at=clock.now(),
        remote_id=storable(remote_id)[:300],
    )
    park_head(row, reason % {"size": round(size / 1_000_000), "limit": settings.DESKBELL.max_message_mb})


def is_head_known(mailbox: Mailbox, remote_id: str) -> bool:
    """Whether a message left in the mailbox for its size has been told of already."""
    return InboundMessage.objects.filter(mailbox=mailbox, remote_id=storable(remote_id)[:300]).exists()


def largest_message() -> int:
    """Bytes of the largest message that is taken in."""
    return int(settings.DESKBELL.max_message_mb) * 1_000_000


def _complete(known: InboundMessage, raw: bytes) -> None:
    """The whole of a message whose header alone was stored: the limit has been raised since."""
    known.raw = store(raw)
    known.state, known.sign, known.reason = InboundState.RECEIVED, "", ""
    known.save(update_fields=["raw", "state", "sign", "reason"])


def store_raw(
    raw: bytes, *, mailbox: Mailbox | None, recipient: str, source: str, remote_id: str, envelope_from: str | None
) -> InboundMessage:
    """Keep the bytes and a row for them; committed on return, at once: two syncs of the disk, bytes and rows."""
    row = InboundMessage(
        source=source,
        mailbox=mailbox,
        received_at=clock.now(),
        remote_id=storable(remote_id)[:300],
        envelope_from=None if envelope_from is None else storable(envelope_from)[:320],
        envelope_to=[storable(recipient)[:320]] if recipient else [],
    )
    stored, rows = store_along(raw, lambda sha256: (_STORE, _values(row, sha256)))
    if not rows:
        row.raw = store(raw)
        row.save(force_insert=True)
        return row
    row.raw, row.pk = stored, rows[0][0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  (documented: Model._state)
    return row


_STORE = """
INSERT INTO channels_inboundmessage (raw_id, source, mailbox_id, received_at, remote_id, envelope_from, envelope_to,
    mail_id, identity, author, author_name, subject, mail_class, state, sign, reason, trace, attempts)
SELECT id, %s, %s, %s, %s, %s, %s::varchar[], '', '', '', '', '', '', %s, '', '', '[]', 0
FROM kernel_storedfile WHERE sha256 = %s RETURNING id
"""


def _values(row: InboundMessage, sha256: str) -> list[Any]:
    return [
        str(row.source), row.mailbox_id, row.received_at, row.remote_id, row.envelope_from, row.envelope_to,
        str(row.state), sha256,
    ]  # fmt: skip


def _finish(inbound: InboundMessage, raw: bytes) -> IntakeResult:
    """Process what is stored. A database that goes away now costs nothing: the message waits (see `recover`)."""
    if inbound.state != InboundState.RECEIVED:
        return result_of(inbound)
    try:
        return process(inbound.pk, inbound, raw)
    except DatabaseError as error:
        logger.warning("Message %s is stored and waits to be processed: %s", inbound.pk, error)
        return IntakeResult(inbound.pk, InboundState.RECEIVED)
