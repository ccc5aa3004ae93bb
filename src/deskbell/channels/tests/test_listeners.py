"""The desk's own SMTP and LMTP servers."""

import asyncio
import smtplib
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from django.db import OperationalError

from deskbell.channels.api import InboundMessage, InboundState, OutboxMail, start_mailbox_test
from deskbell.channels.intake.deliver import deliver_several as real_deliver
from deskbell.channels.mail.service import listeners
from deskbell.channels.tests.factories import free_port, mailbox, raw_mail, run_async
from deskbell.kernel.api import SYSTEM, read
from deskbell.tickets import api as tickets

pytestmark = pytest.mark.django_db
LIMIT = 1_000_000


@asynccontextmanager
async def smtp():
    async with await listeners.listen_smtp("127.0.0.1", 0, LIMIT) as server:
        yield server.sockets[0].getsockname()[1]


def with_smtp(work):
    """Run `work(port)` in a thread while the desk listens."""

    async def main():
        async with smtp() as port:
            return await asyncio.to_thread(work, port)

    return run_async(main)


def test_a_message_is_taken_in_byte_for_byte() -> None:
    box = mailbox()
    raw = raw_mail("x" * 3000 + "\n.leading dot\nÄ raw line", to=box.address)

    def work(port):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("anna@customer.example", [box.address], raw, mail_options=["BODY=8BITMIME"])

    with_smtp(work)
    row = InboundMessage.objects.get()
    assert row.state == InboundState.PROCESSED, row.trace
    assert read(row.raw) == raw
    assert (row.envelope_from, row.envelope_to) == ("anna@customer.example", [box.address])


def test_it_takes_mail_for_its_own_addresses_only() -> None:
    box = mailbox(aliases=["help@desk.example"])

    def work(port):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.ehlo()
            client.mail("a@b.example")
            return [
                client.rcpt(address)[0]
                for address in (box.address, "HELP+tag@desk.example", "nobody@desk.example", "a@elsewhere.example")
            ]

    assert with_smtp(work) == [250, 250, 550, 550]
    assert not InboundMessage.objects.exists()


def test_two_mailboxes_get_a_ticket_each_and_two_addresses_of_one_only_one() -> None:
    one, two = mailbox(aliases=["help@desk.example"]), mailbox()

    def work(port):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("a@b.example", [one.address, "help@desk.example", two.address], raw_mail())

    with_smtp(work)
    assert tickets.Ticket.objects.count() == 2


def test_too_large_a_message_is_refused() -> None:
    box = mailbox()

    def work(port):
        with smtplib.SMTP("127.0.0.1", port) as client, pytest.raises(smtplib.SMTPException) as caught:
            client.sendmail("a@b.example", [box.address], raw_mail("x\n" * LIMIT))
        return caught.value

    assert "552" in str(with_smtp(work)) or getattr(with_smtp(work), "smtp_code", 552) == 552
    assert not InboundMessage.objects.exists()


def test_the_sender_is_asked_to_come_back_when_nothing_can_be_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox()

    def away(*_args, **_options):
        raise OperationalError("the database is away")

    def work(port):
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.ehlo()
            client.mail("a@b.example")
            client.rcpt(box.address)
            return client.data(raw_mail())[0]

    monkeypatch.setattr(listeners, "deliver_several", away)
    assert with_smtp(work) == 451
    monkeypatch.setattr(listeners, "deliver_several", real_deliver)
    assert with_smtp(work) == 250
    assert InboundMessage.objects.count() == 1


def test_lmtp_answers_for_each_recipient(tmp_path: Path) -> None:
    one, two = mailbox(), mailbox()
    socket = tmp_path / "lmtp"

    def work():
        with smtplib.LMTP(str(socket)) as client:
            client.ehlo()
            client.mail("a@b.example")
            assert client.rcpt(one.address)[0] == 250
            assert client.rcpt(two.address)[0] == 250
            client.putcmd("data")
            client.getreply()
            client.send(raw_mail() + b".\r\n")
            return [client.getreply()[0], client.getreply()[0]]

    async def main():
        async with await listeners.listen_lmtp(socket, LIMIT):
            return await asyncio.to_thread(work)

    assert run_async(main) == [250, 250]
    assert tickets.Ticket.objects.count() == 2


def test_the_outbox_keeps_what_is_sent_and_closes_the_round_trip() -> None:
    port = free_port()
    box = mailbox(out_port=port)

    async def main():
        async with await listeners.listen_outbox(port, LIMIT):
            return await asyncio.to_thread(start_mailbox_test, SYSTEM, box.pk)

    test = run_async(main)
    test.refresh_from_db()
    assert [step["ok"] for step in test.steps] == [True, True, True]
    assert test.returned_at is not None
    assert OutboxMail.objects.get().envelope_to == [box.address]
    assert InboundMessage.objects.get().sign == "test"
    assert not tickets.Ticket.objects.exists()
