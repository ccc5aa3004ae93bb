"""Against a real Dovecot (IMAP with IDLE, POP3) and a real MTA (Postfix)."""

import asyncio
import contextlib
import imaplib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from typing_extensions import override

from deskbell.channels.api import InboundMessage, InboundState, Mailbox, retry_parked, update_mailbox
from deskbell.channels.mail.imap import FAILURES, imap_problem, reading_problem
from deskbell.channels.mail.pop3 import pop3_problem
from deskbell.channels.mail.service import listeners
from deskbell.channels.mail.service.imap_reader import read_imap
from deskbell.channels.mail.service.pop3_reader import read_pop3
from deskbell.channels.tests.factories import Recorder, mailbox, raw_mail, run_async, run_jobs
from deskbell.channels.tests.mail_servers import PASSWORD, Dovecot, dovecot, hand_over, imap_relay, postfix
from deskbell.kernel.api import SYSTEM, Invalid, read
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as desk

pytestmark = [pytest.mark.django_db, pytest.mark.mailservers, pytest.mark.slow]
WAIT = 30.0  # seconds at most for something that takes a fraction of one


class OneLook(Event):
    """Tells a reader to stop as soon as it has looked into the mailbox once."""

    def __init__(self, box: Mailbox) -> None:
        super().__init__()
        self.rows = Mailbox.objects.filter(pk=box.pk)
        self.rows.update(last_ok_at=None)

    @override
    def is_set(self) -> bool:
        return self.rows.filter(last_ok_at__isnull=False).exists()

    @override
    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


def run_reader(read_mailbox: Callable[[Mailbox, Event], None], box: Mailbox) -> None:
    """One look into the mailbox."""
    read_mailbox(Mailbox.objects.get(pk=box.pk), OneLook(box))


@pytest.fixture(scope="module")
def imap_server() -> Iterator[Dovecot]:
    with dovecot() as server:
        yield server


def read_box(server: Dovecot, user: str, protocol: str = "imap", **values: Any) -> Mailbox:
    port = server.imap_port if protocol == "imap" else server.pop3_port
    values.setdefault("in_password", PASSWORD.replace(" ", "_"))
    values.setdefault("acknowledges", False)
    return mailbox(
        protocol=protocol,
        in_host="127.0.0.1",
        in_port=port,
        in_security="none",
        in_user=user,
        poll_seconds=10,
        **values,
    )


class Running:
    """A reader in a thread of its own, on the test's database connection."""

    def __init__(self, read_mailbox: Callable[[Mailbox, Event], None], box: Mailbox) -> None:
        self.stop = Event()
        shared = connections["default"]
        shared.inc_thread_sharing()

        def work() -> None:
            connections["default"] = shared
            with contextlib.suppress(*FAILURES):
                read_mailbox(Mailbox.objects.get(pk=box.pk), self.stop)

        self.thread = Thread(target=work, daemon=True)
        self.thread.start()

    def finish(self, server: Dovecot, user: str) -> None:
        """Stop; a last message ends its IDLE, and is not read any more."""
        self.stop.set()
        server.put(user, raw_mail("wake up"), "9.wake")
        self.thread.join(WAIT)
        assert not self.thread.is_alive()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT
        while not condition():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.05)


def in_folder(server: Dovecot, user: str, folder: str) -> int:
    with imaplib.IMAP4("127.0.0.1", server.imap_port) as client:
        client.login(user, PASSWORD.replace(" ", "_"))
        return int(client.select(folder)[1][0] or 0)


def processed() -> int:
    return InboundMessage.objects.exclude(state=InboundState.RECEIVED).count()


def test_imap_mail_is_pushed_by_idle_and_deleted_after_commit(imap_server: Dovecot) -> None:
    raw = raw_mail("first")
    imap_server.put("one", raw, "1.first")
    box = read_box(imap_server, "one", after_reading="delete")
    running = Running(read_imap, box)
    running.wait_for(lambda: processed() == 1)
    assert read(InboundMessage.objects.get().raw) == raw
    running.wait_for(lambda: Mailbox.objects.get(pk=box.pk).last_ok_at is not None)
    started = time.monotonic()
    imap_server.put("one", raw_mail("second"), "2.second")
    running.wait_for(lambda: processed() == 2)
    pushed_after = time.monotonic() - started
    running.finish(imap_server, "one")
    assert pushed_after < 20, "IDLE lasts 25 s: this came by looking again, not by a push"
    assert in_folder(imap_server, "one", "INBOX") == 1
    assert tickets.Ticket.objects.count() == 2


@pytest.mark.parametrize("moment", ["while the last one is removed", "as the IDLE begins"])
def test_imap_mail_that_comes_between_looking_and_waiting_is_read_at_once(imap_server: Dovecot, moment: str) -> None:
    user = moment.split(maxsplit=1)[0]
    trigger, gather = (b"EXPUNGE", b"") if user == "while" else (b"IDLE", b"+ idling")

    def put_second(line: bytes) -> None:
        if trigger in line and not later.is_set():
            later.set()
            imap_server.put(user, raw_mail("second"), "2.second")

    later = Event()
    imap_server.put(user, raw_mail("first"), "1.first")
    with imap_relay(imap_server, asked=put_second, gather=gather) as port:
        box = read_box(imap_server, user, after_reading="delete")
        Mailbox.objects.filter(pk=box.pk).update(in_port=port)
        running = Running(read_imap, box)
        running.wait_for(later.is_set)
        started = time.monotonic()
        running.wait_for(lambda: processed() == 2)
        waited = time.monotonic() - started
        running.finish(imap_server, user)
    assert waited < 20, "IDLE lasts 25 s: the second one was not seen before its end"


def test_kept_imap_mail_is_read_once_and_the_past_stays_the_past(imap_server: Dovecot) -> None:
    imap_server.put("two", raw_mail("years ago"), "1.old")
    box = read_box(imap_server, "two", after_reading="keep")
    running = Running(read_imap, box)
    running.wait_for(lambda: bool(Mailbox.objects.get(pk=box.pk).cursor))
    imap_server.put("two", raw_mail("new"), "2.new")
    running.wait_for(lambda: processed() == 1)
    running.stop.set()
    imap_server.put("two", raw_mail("while away"), "3.away")
    running.thread.join(WAIT)
    again = Running(read_imap, box)
    again.wait_for(lambda: processed() == 2)
    again.finish(imap_server, "two")
    assert in_folder(imap_server, "two", "INBOX") == 4
    texts = set(tickets.Message.objects.values_list("text", flat=True))
    assert texts == {"new", "while away"}


def test_imap_mail_is_moved(imap_server: Dovecot) -> None:
    imap_server.put("three", raw_mail("move me"), "1.move")
    box = read_box(imap_server, "three", after_reading="move", move_to="Done")
    running = Running(read_imap, box)
    running.wait_for(lambda: processed() == 1)
    running.wait_for(lambda: in_folder(imap_server, "three", "Done") == 1)
    assert in_folder(imap_server, "three", "INBOX") == 0
    running.finish(imap_server, "three")


@pytest.mark.parametrize(("after_reading", "left"), [("delete", 0), ("keep", 2)])
def test_pop3_mail_is_read_once(imap_server: Dovecot, after_reading: str, left: int) -> None:
    user = f"pop-{after_reading}"
    imap_server.put(user, raw_mail("in the past"), "1.old")
    box = read_box(imap_server, user, "pop3", after_reading=after_reading)
    Mailbox.objects.filter(pk=box.pk).update(poll_seconds=0)
    running = Running(read_pop3, box)
    running.wait_for(lambda: Mailbox.objects.get(pk=box.pk).last_ok_at is not None)
    raw = raw_mail("new\n.dot")
    imap_server.put(user, raw, "2.new")
    wanted = 2 if after_reading == "delete" else 1
    running.wait_for(lambda: processed() == wanted)
    running.stop.set()
    running.thread.join(WAIT)
    assert in_folder(imap_server, user, "INBOX") == left
    assert read(InboundMessage.objects.order_by("-pk")[0].raw) == raw


@pytest.mark.parametrize("after_reading", ["keep", "delete"])
@pytest.mark.parametrize(("protocol", "read"), [("imap", read_imap), ("pop3", read_pop3)])
def test_mail_that_is_too_large_stays_in_the_mailbox_and_is_told_of(
    imap_server: Dovecot,
    monkeypatch: pytest.MonkeyPatch,
    protocol: str,
    read: Callable[[Mailbox, Event], None],
    after_reading: str,
) -> None:
    user = f"large-{protocol}-{after_reading}"
    monkeypatch.setattr("deskbell.channels.mail.service.imap_reader.IDLE_SECONDS", 0.1)
    box = read_box(imap_server, user, protocol, after_reading=after_reading)
    run_reader(read, box)  # what is there before the first look is the past
    monkeypatch.setattr(settings, "DESKBELL", settings.DESKBELL.model_copy(update={"max_message_mb": 1}))
    large = raw_mail("x" * 76 + "\n" + ("y" * 76 + "\n") * 20_000, subject="Holiday film", mail_id="film@example")
    imap_server.put(user, large, "2.large")
    imap_server.put(user, raw_mail("small"), "3.small")
    for _look in range(2):
        run_reader(read, box)
    parked = InboundMessage.objects.get(mailbox=box, sign="too_large")
    assert (parked.state, parked.subject, parked.author) == ("parked", "Holiday film", "anna@customer.example")
    assert parked.raw.size < 1000
    assert InboundMessage.objects.filter(mailbox=box, state=InboundState.PROCESSED).count() == 1
    names = [path.name for path in (imap_server.folder / "mail" / user).rglob("*large*")]
    assert len(names) == 1
    with pytest.raises(Invalid):
        retry_parked(SYSTEM, parked.pk)
    if after_reading == "delete":  # it is read once it may be
        monkeypatch.setattr(settings, "DESKBELL", settings.DESKBELL.model_copy(update={"max_message_mb": 50}))
        run_reader(read, box)
        whole = InboundMessage.objects.get(pk=parked.pk)
        assert (whole.state, whole.raw.size) == (InboundState.PROCESSED, len(large))


def test_what_is_wrong_is_told_in_words(imap_server: Dovecot) -> None:
    box = read_box(imap_server, "four", in_password="wrong")
    assert imap_problem(box) == f"127.0.0.1:{imap_server.imap_port} did not accept user name and password."
    box = update_mailbox(SYSTEM, box.pk, in_password=PASSWORD.replace(" ", "_"), folder="Nowhere")
    assert "has no folder “Nowhere”" in imap_problem(box)
    assert imap_problem(update_mailbox(SYSTEM, box.pk, folder="INBOX")) == ""
    assert "Nothing listens" in imap_problem(
        update_mailbox(SYSTEM, box.pk, in_port=9, in_password=PASSWORD.replace(" ", "_"))
    )
    assert "broke" in reading_problem(box, OSError("gone"))
    pop = read_box(imap_server, "four", "pop3", in_password="wrong")
    assert "did not accept" in pop3_problem(pop)


def test_a_whole_conversation_goes_through_a_real_mta(server: Recorder, tmp_path: Path) -> None:
    socket = Path("/tmp") / f"deskbell-lmtp-{tmp_path.name}-{server.port}"
    transports = {"desk.example": f"lmtp:unix:{socket}", "customer.example": f"smtp:[127.0.0.1]:{server.port}"}
    with postfix(transports) as port:
        box = mailbox(out_port=port, acknowledges=True)

        async def taken_in(raw: bytes, recipient: str, wanted: int) -> None:
            async with await listeners.listen_lmtp(socket, 10_000_000):
                await asyncio.to_thread(hand_over, port, "anna@customer.example", [recipient], raw)
                for _try in range(int(WAIT * 10)):
                    if await asyncio.to_thread(processed) == wanted:
                        return
                    await asyncio.sleep(0.1)
                raise AssertionError("Postfix delivered nothing")

        run_async(lambda: taken_in(raw_mail("Принтер мовчить", to=box.address), box.address, 1))
        row = InboundMessage.objects.get()
        assert (row.state, row.source) == (InboundState.PROCESSED, "lmtp"), row.trace
        ticket = tickets.Ticket.objects.get()
        run_jobs()
        wait_for_messages(server, 1)
        assert server.last().header("Auto-Submitted") == "auto-replied"
        colleague = desk.viewer(desk.colleague(box.department))
        content = tickets.MessageContent(
            text="Спробуйте ще раз.", channel="email", to=[{"name": "Anna", "address": "anna@customer.example"}]
        )
        message = tickets.reply(colleague, ticket.pk, content)
        run_jobs()
        wait_for_messages(server, 2)
        answer = server.last()
        assert answer.text.strip() == "Спробуйте ще раз."
        message.refresh_from_db()
        assert message.delivery_state == tickets.DeliveryState.SENT
        back = raw_mail("Дякую", to=answer.reply_to[0].address, headers=f"In-Reply-To: <{answer.message_id}>")
        run_async(lambda: taken_in(back, answer.reply_to[0].address, 2))
    assert tickets.Ticket.objects.count() == 1
    assert tickets.Message.objects.filter(ticket=ticket, direction="in").count() == 2


def wait_for_messages(server: Recorder, count: int) -> None:
    deadline = time.monotonic() + WAIT
    while len(server.messages) < count:
        assert time.monotonic() < deadline, "Postfix passed nothing on"
        time.sleep(0.05)
