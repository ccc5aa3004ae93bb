"""The one way into the desk for raw mail, whatever carried it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from deskbell.channels.intake.addressees import mailbox_for
from deskbell.channels.intake.batch import process_several
from deskbell.channels.intake.context import IntakeResult
from deskbell.channels.intake.pipeline import HEAD_ONLY, park_head
from deskbell.channels.mail.charsets import storable
from deskbell.channels.models import InboundMessage, InboundState, Mailbox, Source
from deskbell.kernel.api import clock, store, store_several_along


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it came.

    mailbox: whose it is; without one, `recipient` (the address it was delivered to) and the message say.
    remote_id: what the mailbox calls it; the same one again is not stored twice.
    envelope_from: MAIL FROM where it is known ("" is the null sender).
    """

    raw: bytes
    mailbox: Mailbox | None = None
    recipient: str = ""
    source: str = Source.FILE
    remote_id: str = ""
    envelope_from: str | None = None


def deliver_raw(
    raw: bytes,
    *,
    mailbox: Mailbox | None = None,
    recipient: str = "",
    source: str = Source.FILE,
    remote_id: str | None = None,
    envelope_from: str | None = None,
) -> IntakeResult:
    """Take in a message: stored first and committed, then processed. See `Arrived` and `deliver_several`."""
    return deliver_several([Arrived(raw, mailbox, recipient, source, remote_id or "", envelope_from)])[0]


def deliver_several(arrived: Sequence[Arrived]) -> list[IntakeResult]:
    """Take in messages in their order: all are stored first, in one commit, then processed.

    Once this returns, all are kept whatever else went wrong. Raises DatabaseError (or OSError of the file storage)
    when they could not be stored: whoever delivers keeps them and tries again. Must not be called inside a transaction.
    """
    several = [_known(each) for each in arrived]
    new = [each for each, row in zip(arrived, several, strict=True) if row is None]
    stored = iter(store_several(new) if new else ())
    rows = [next(stored) if row is None else row for row in several]
    return process_several([(row, each.raw) for row, each in zip(rows, arrived, strict=True)])


def _known(arrived: Arrived) -> InboundMessage | None:
    """The row of a message that was stored before, as the mailbox calls it."""
    if not arrived.remote_id or arrived.mailbox is None:
        return None
    known = InboundMessage.objects.filter(mailbox=arrived.mailbox, remote_id=arrived.remote_id).first()
    if known is not None and known.sign == HEAD_ONLY:
        _complete(known, arrived.raw)
    return known


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


def store_several(arrived: Sequence[Arrived]) -> list[InboundMessage]:
    """Keep the bytes and rows for them; committed on return, at once. All are on the disk then."""
    rows = [_row(each) for each in arrived]
    files, stored = store_several_along(
        [each.raw for each in arrived],
        lambda digests: [(_STORE, _values(row, sha256)) for row, sha256 in zip(rows, digests, strict=True)],
    )
    for row, each, file, ids in zip(rows, arrived, files, stored, strict=True):
        if file is None or not ids:
            row.raw = store(each.raw)
            row.save(force_insert=True)
            continue
        row.raw, row.pk = file, ids[0][0]
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  (documented: Model._state)
    return rows


def _row(arrived: Arrived) -> InboundMessage:
    return InboundMessage(
        source=arrived.source,
        mailbox=arrived.mailbox or mailbox_for([arrived.recipient]),
        received_at=clock.now(),
        remote_id=storable(arrived.remote_id)[:300],
        envelope_from=None if arrived.envelope_from is None else storable(arrived.envelope_from)[:320],
        envelope_to=[storable(arrived.recipient)[:320]] if arrived.recipient else [],
    )


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
