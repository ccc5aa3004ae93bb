"""Processing one stored message, stage by stage, in one transaction.

Any exception parks the message with its cause and its traceback in the trace; a person can look at it and let it
run again. Only the database going away leaves it as it was, to be processed later. A message that ends the process
itself (by the memory it takes, say) is parked unread after `MOST_ATTEMPTS`: no message keeps the others waiting.
"""

from __future__ import annotations

import logging
import traceback
from copy import copy
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from deskbell.channels import events
from deskbell.channels.intake import arrival, belonging, writing
from deskbell.channels.intake.context import Intake, IntakeResult, Outcome, Park, Stage, result_of
from deskbell.channels.intake.trace import Trace
from deskbell.channels.known import known_mailboxes
from deskbell.channels.mail.parse import ParsedMail, parse
from deskbell.channels.models import InboundMessage, InboundState
from deskbell.kernel.api import (
    SYSTEM,
    CauseKind,
    alteration,
    caused_by,
    clock,
    read,
    record,
    reference,
    run,
    send,
    storable,
    storable_json,
    whole,
)

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
HEAD_ONLY = "too_large"
"""The sign of a message that is still in its mailbox, whole; what is stored is its header."""
LONGEST_MAIL_ID = 1000  # bytes; an index entry of PostgreSQL holds 2704

STAGES: tuple[tuple[str, Stage], ...] = (
    ("mailbox", arrival.mailbox),
    ("known", arrival.known),
    ("test", arrival.mailbox_test),
    ("automatic", arrival.automatic),
    ("bounce", arrival.bounce),
    ("sender", belonging.sender),
    ("conversation", belonging.conversation),
    ("person", belonging.person),
    ("content", writing.content),
    ("ticket", writing.ticket),
    ("acknowledgement", writing.acknowledgement),
)
"""In this order; each decides, writes what it decided into the trace, and may end the way with an Outcome."""


def process(
    inbound_id: int, stored: InboundMessage | None = None, raw: bytes = b"", mail: ParsedMail | None = None
) -> IntakeResult:
    """Process a stored message once. Raises OperationalError or InterfaceError, when the database is away.

    stored, raw, mail: the row as this process has just written it, its bytes, and what they say where that is known:
    spares reading them again.

    The message is on the disk already and its processing can be repeated, so the commit does not wait for the disk:
    after a power cut `recover` does it again. Nothing that was built on it can be kept without it, for whatever is
    committed later is written behind it.
    """
    trace = Trace()
    try:
        if mail is None and stored is not None:
            mail = parse(raw)  # takes its time, so before the transaction
        with caused_by(CauseKind.MESSAGE, inbound_id), whole():
            if stored is None or mail is None:
                intake = _read_again(inbound_id, trace)
            else:
                intake = _as_stored(Intake(row=copy(stored), raw=raw, mail=mail, trace=trace))
            return run_stages(intake)
    except Park as parked:
        return _park(inbound_id, trace, parked.sign, str(parked))
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and not _sqlstate(error).startswith(_TOO_MUCH):
            raise
        trace.add("error", f"{type(error).__name__}: {error}", traceback=traceback.format_exc()[-6000:])
        reason = _("Deskbell could not process this message (%(error)s).") % {"error": type(error).__name__}
        return _park(inbound_id, trace, "error", reason)


_TOO_MUCH = "54"  # "program limit exceeded": the message would fail in the same way for ever
_GONE = ("08", "57P")  # no connection, shut down


def _sqlstate(error: Exception) -> str:
    return str(getattr(error.__cause__, "sqlstate", None) or "")


WITHOUT_WAITING = ("SET LOCAL synchronous_commit TO off", ())
_STATE = "SELECT state FROM channels_inboundmessage WHERE id = %s FOR UPDATE"


def _as_stored(intake: Intake) -> Intake:
    """Lock the row of a message that is in memory, and ask at once what the first stages need."""
    row = intake.row
    ahead = arrival.ahead(intake)
    _sync, ((row.state,),), ((version,),), *answers = run(
        [WITHOUT_WAITING, (_STATE, [row.pk]), (reference.VERSION_SQL, ()), *ahead]
    )
    reference.learn(version)
    if row.state != InboundState.RECEIVED:
        intake.row = InboundMessage.objects.get(pk=row.pk)  # another process was first
        return intake
    if ahead:
        intake.twins, intake.known_by_address = answers[1], answers[2]
    row.mailbox = next((known for known in known_mailboxes() if known.pk == row.mailbox_id), row.mailbox)
    return intake


def _read_again(inbound_id: int, trace: Trace) -> Intake:
    _sync, _state, ((version,),) = run([WITHOUT_WAITING, (_STATE, [inbound_id]), (reference.VERSION_SQL, ())])
    reference.learn(version)
    row = InboundMessage.objects.select_related("mailbox__department", "mailbox__default_kind", "raw").get(
        pk=inbound_id
    )
    raw = read(row.raw) if row.state == InboundState.RECEIVED else b""
    return Intake(row=row, raw=raw, mail=parse(raw), trace=trace)


def run_stages(intake: Intake) -> IntakeResult:
    """All stages of a message whose row is locked, inside `whole()`. Raises Park, and whatever goes wrong."""
    row, mail = intake.row, intake.mail
    if row.state != InboundState.RECEIVED:
        return result_of(row)
    intake.trace.add(
        "received",
        _("%(size)d bytes by %(source)s") % {"size": len(intake.raw), "source": row.get_source_display()},
        sha256=row.raw.sha256,
    )
    intake.trace.add("parsed", mail.subject, defects=list(mail.defects), parts=len(mail.root.leaves()))
    _describe(row, mail)
    outcome: Outcome | None = None
    for name, stage in STAGES:
        intake.stage = name
        outcome = stage(intake)
        if outcome is not None:
            break
    _close(row, outcome or Outcome(InboundState.PROCESSED), intake.trace)
    return result_of(row, is_new_ticket=intake.is_new_ticket)


def _describe(row: InboundMessage, mail: ParsedMail) -> None:
    """What lists and filters show of a message, whatever becomes of it."""
    row.mail_id = storable(mail.message_id).encode()[:LONGEST_MAIL_ID].decode(errors="ignore")
    row.author = storable(mail.author.address)[:320]
    row.author_name = storable(mail.author.name)[:320]
    row.subject = storable(mail.subject)[:500]


_CLOSED = (
    "mailbox", "mail_id", "identity", "author", "author_name", "subject", "mail_class", "state", "sign", "reason",
    "trace", "attempts", "processed_at", "person", "ticket", "message",
)  # fmt: skip


def _close(row: InboundMessage, outcome: Outcome, trace: Trace) -> None:
    row.state, row.sign, row.reason = outcome.state, outcome.sign, outcome.reason
    if outcome.reason:
        trace.add("end", outcome.reason, state=outcome.state, sign=outcome.sign)
    row.attempts += 1
    row.processed_at = clock.now()
    row.trace = storable_json([*row.trace, *trace.entries])
    send(*alteration(row, _CLOSED))
    if row.state == InboundState.PARKED:
        record(SYSTEM, events.MAIL_PARKED, row.pk, events.Parked(sign=row.sign, reason=row.reason))


@transaction.atomic
def _park(inbound_id: int, trace: Trace, sign: str, reason: str) -> IntakeResult:
    """Park a message whose processing was undone."""
    row = InboundMessage.objects.select_for_update(of=("self",)).select_related("raw").get(pk=inbound_id)
    if row.state == InboundState.RECEIVED:
        try:
            _describe(row, parse(read(row.raw)))
        except OSError as error:
            trace.add("error", _("The raw message cannot be read (%(error)s).") % {"error": error})
        _close(row, Outcome(InboundState.PARKED, sign, reason), trace)
    return result_of(row)


@transaction.atomic
def park_head(row: InboundMessage, reason: str) -> InboundMessage:
    """Store and park a row whose raw bytes are only the header of a message that was not read."""
    row.sign = HEAD_ONLY
    row.save()
    _describe(row, parse(read(row.raw)))
    _close(row, Outcome(InboundState.PARKED, HEAD_ONLY, reason), Trace())
    return row


def recover(*, older_than: timedelta, limit: int = 100) -> int:
    """Process what was stored but not processed (a crash, the database away); returns how many were looked at.

    Raises OperationalError or InterfaceError, when the database is away.
    """
    waiting = InboundMessage.objects.filter(
        state=InboundState.RECEIVED, received_at__lt=clock.now() - older_than
    ).order_by("pk")
    with transaction.atomic():
        # Those that are locked are being processed just now, perhaps for long.
        ids = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    for inbound_id in ids:
        try:
            _recover(inbound_id)
        except OperationalError as error:
            if not _sqlstate(error) or _sqlstate(error).startswith(_GONE):
                raise
            logger.warning("Message %s waits longer: %s", inbound_id, error)
    return len(ids)


def _recover(inbound_id: int) -> None:
    # Counted one by one: those behind a message that ends the process were not tried.
    InboundMessage.objects.filter(pk=inbound_id).update(attempts=F("attempts") + 1)
    attempts = InboundMessage.objects.values_list("attempts", flat=True).get(pk=inbound_id)
    if attempts <= MOST_ATTEMPTS:
        process(inbound_id)
    else:
        _give_up(inbound_id)


@transaction.atomic
def _give_up(inbound_id: int) -> None:
    """Park a message without reading it again: reading it may be what ends the process."""
    row = InboundMessage.objects.select_for_update(of=("self",)).get(pk=inbound_id)
    if row.state == InboundState.RECEIVED:
        reason = _("Deskbell was interrupted each of %(count)d times it processed this message.")
        outcome = Outcome(InboundState.PARKED, "error", reason % {"count": MOST_ATTEMPTS})
        _close(row, outcome, Trace())
