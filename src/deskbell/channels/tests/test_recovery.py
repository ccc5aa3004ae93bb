"""What was stored and not processed is taken up again, and no message keeps the others waiting."""

from __future__ import annotations

import imaplib
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from deskbell.channels.api import InboundMessage, InboundState, Mailbox
from deskbell.channels.intake import pipeline
from deskbell.channels.intake.context import Intake
from deskbell.channels.intake.deliver import Arrived, store_several
from deskbell.channels.mail.service.imap_reader import _take
from deskbell.channels.tests.factories import mailbox, raw_mail
from deskbell.kernel.api import clock
from deskbell.tickets.api import Ticket

pytestmark = pytest.mark.django_db
LONGER_THAN_AN_INDEX = "".join(chr(0x20000 + number * 7919 % 40_000) for number in range(890))


def stored(where: Mailbox, raw: bytes) -> InboundMessage:
    return store_several([Arrived(raw, mailbox=where)])[0]


def recover() -> int:
    with clock.moved_to(clock.now() + timedelta(minutes=10)):
        return pipeline.recover(older_than=timedelta(minutes=5))


def test_what_a_crash_left_is_processed() -> None:
    row = stored(mailbox(), raw_mail())
    assert recover() == 1
    row.refresh_from_db()
    assert row.state == InboundState.PROCESSED


def test_a_message_id_longer_than_an_index_takes_is_taken_in() -> None:
    row = stored(mailbox(), raw_mail(mail_id=f"{LONGER_THAN_AN_INDEX}@x"))
    assert pipeline.process(row.pk).state == InboundState.PROCESSED


def test_what_is_too_much_for_the_database_is_parked_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    where = mailbox()
    bad, good = stored(where, raw_mail(subject="Too much")), stored(where, raw_mail())

    def too_much(intake: Intake) -> None:
        if intake.mail.subject == "Too much":
            with connection.cursor() as cursor:
                cursor.execute("select array_fill(0, array[100000, 100000])")

    monkeypatch.setattr(pipeline, "STAGES", (("probe", too_much), *pipeline.STAGES))
    assert recover() == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.sign, good.state) == (InboundState.PARKED, "error", InboundState.PROCESSED)
    assert Ticket.objects.count() == 1


def test_a_message_that_ends_the_process_each_time_is_parked_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    row = stored(mailbox(), raw_mail())

    def die(_inbound_id: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "process", die)
    for _time in range(pipeline.MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            recover()
    recover()
    row.refresh_from_db()
    assert (row.state, row.sign) == (InboundState.PARKED, "error")
    assert recover() == 0


def test_a_message_at_which_a_mail_server_breaks_off_keeps_none_before_it_waiting() -> None:
    where = mailbox()

    def uid(_command: str, number: str, _what: str) -> tuple[str, list[Any]]:
        if number == "3":
            raise imaplib.IMAP4.abort("socket error: EOF")
        return "OK", [(b"1 (BODY[] {9}", raw_mail(f"number {number}", to=where.address)), b")"]

    server: Any = SimpleNamespace(client=SimpleNamespace(uid=uid))
    for _time in range(2):
        with pytest.raises(imaplib.IMAP4.abort):
            _take(where, server, "7", [1, 2, 3, 4])
    rows = InboundMessage.objects.order_by("pk")
    assert [(row.remote_id, row.state) for row in rows] == [("7:1", "processed"), ("7:2", "processed")]
