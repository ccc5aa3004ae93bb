"""Several stored messages in one transaction, where none of them can matter to another.

Most of what a new question costs beside its own work is waiting: trips to the database, and the commit. Only plain
ones are taken together: from a person who is known, to the desk alone, answering nothing, no two of one sender.
All others are processed alone in their turn, so that whatever follows a message finds what became of it. Anything
that goes wrong undoes all that were taken together, and they are processed one by one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from copy import copy
from itertools import takewhile

from django.db import DatabaseError

from deskbell.channels.actions.mailbox_test_header import TEST_HEADER
from deskbell.channels.intake import arrival
from deskbell.channels.intake.addressees import own_addresses, without_detail
from deskbell.channels.intake.context import Intake, IntakeResult, result_of
from deskbell.channels.intake.identity import address_of
from deskbell.channels.intake.pipeline import WITHOUT_WAITING, process, run_stages
from deskbell.channels.intake.trace import Trace
from deskbell.channels.known import known_mailboxes
from deskbell.channels.mail.parse import ParsedMail, parse
from deskbell.channels.mail.threading import hints
from deskbell.channels.models import InboundMessage, InboundState
from deskbell.kernel.api import CauseKind, Rows, caused_by, reference, run, whole
from deskbell.people.api import ContactKind, contacts_statement
from deskbell.tickets import api as tickets

logger = logging.getLogger(__name__)

MOST_TOGETHER = 20
LARGEST_TOGETHER = 256 * 1024  # bytes; a larger one takes long enough for what is spared not to matter

Stored = tuple[InboundMessage, bytes]


def process_several(stored: Sequence[Stored]) -> list[IntakeResult]:
    """Process messages that this process has just stored, in their order.

    A database that goes away costs nothing: what was not processed waits (see `recover`) and is answered as received.
    Must not be called inside a transaction.
    """
    results: list[IntakeResult] = []
    mails: dict[int, ParsedMail] = {}
    while len(results) < len(stored):
        waiting = stored[len(results) :]
        with reference.held():
            group = _plain(waiting[:MOST_TOGETHER], mails) if len(waiting) > 1 else []
        done = _take_together(group) if len(group) > 1 else []
        if not done:
            alone = 1 if done is not None else len(group)
            done = [_alone(row, raw, mails.get(row.pk)) for row, raw in waiting[:alone]]
        results += done
    return results


def _alone(row: InboundMessage, raw: bytes, mail: ParsedMail | None) -> IntakeResult:
    if row.state != InboundState.RECEIVED:
        return result_of(row)
    try:
        return process(row.pk, row, raw, mail)
    except DatabaseError as error:
        logger.warning("Message %s is stored and waits to be processed: %s", row.pk, error)
        return IntakeResult(row.pk, InboundState.RECEIVED)


def _plain(stored: Sequence[Stored], mails: dict[int, ParsedMail]) -> list[Intake]:
    """So many from the first on as may go together, as far as they themselves tell. mails: as read so far."""
    found: list[Intake] = []
    addresses: set[str] = set()
    identities: set[str] = set()
    try:
        for row, raw in stored:
            if row.state != InboundState.RECEIVED or len(raw) > LARGEST_TOGETHER or row.mailbox_id is None:
                break
            mail = mails[row.pk] = mails.get(row.pk) or parse(raw)
            intake = Intake(row=copy(row), raw=raw, mail=mail, trace=Trace())
            intake.address = address_of(intake.mail)
            arrival.identify(intake)
            if intake.address in addresses or intake.row.identity in identities or not _is_plain(intake):
                break
            addresses.add(intake.address)
            identities.add(intake.row.identity)
            found.append(intake)
    except Exception:  # processed alone, it is parked with what went wrong
        logger.debug("A message could not be looked at", exc_info=True)
    return found


def _is_plain(intake: Intake) -> bool:
    mail, ours = intake.mail, own_addresses()
    if not intake.address or without_detail(intake.address) in ours or mail.header(TEST_HEADER):
        return False
    found = hints(mail, envelope_recipients=tuple(intake.row.envelope_to))
    if found.reply_keys or found.message_ids:
        return False
    if any(without_detail(other.address) not in ours for other in (*mail.to, *mail.cc)):
        return False
    arrival.look_at_author(intake)
    return not intake.verdict.is_automatic


def _take_together(group: Sequence[Intake]) -> list[IntakeResult] | None:
    """What became of so many of them, from the first on, as could go together; None when something went wrong."""
    try:
        with whole():
            known = list(takewhile(lambda intake: bool(intake.known_by_address), _locked(group)))
            if len(known) < 2:  # noqa: PLR2004  (one alone)
                return []
            tickets.expect_tickets([int(_person(intake.known_by_address)) for intake in known])
            return [_run(intake) for intake in known]
    except Exception as error:  # noqa: BLE001  (each is processed alone, and says what is wrong with it)
        logger.info("%d messages are processed one by one: %s", len(group), error)
        return None


def _run(intake: Intake) -> IntakeResult:
    with caused_by(CauseKind.MESSAGE, intake.row.pk):
        return run_stages(intake)


def _person(rows: Rows | None) -> int:
    return int((rows or [])[0][0])


def _locked(group: Sequence[Intake]) -> list[Intake]:
    """Lock their rows and what keeps copies apart, and ask what the first stages need; those that are still to be done.

    Rows first, then names in one order, as all who take several of them.
    """
    ids = [intake.row.pk for intake in group]
    addresses = [intake.address for intake in group]
    _sync, states, ((version,),), _locks, twins, people = run(
        [
            WITHOUT_WAITING,
            (_STATES, [ids]),
            (reference.VERSION_SQL, ()),
            # Automatic mail is counted by address, in rows that stay locked.
            *arrival.twins_of(group, also=(f"automatic mail to {address}" for address in addresses)),
            contacts_statement(ContactKind.EMAIL, addresses),
        ]
    )
    reference.learn(version)
    state_of: dict[int, str] = dict(states)
    seen = {identity for (identity,) in twins}
    known = {value: [row] for value, *row in people}
    boxes = {mailbox.pk: mailbox for mailbox in known_mailboxes()}
    found = []
    for intake in group:
        if state_of.get(intake.row.pk) != InboundState.RECEIVED or intake.row.identity in seen:
            break
        intake.twins = []
        intake.known_by_address = [tuple(row) for row in known.get(intake.address, [])]
        intake.row.mailbox = boxes.get(intake.row.mailbox_id or 0, intake.row.mailbox)
        found.append(intake)
    return found


_STATES = "SELECT id, state FROM channels_inboundmessage WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
