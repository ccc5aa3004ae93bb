"""Mailboxes, raw mail and a recording mail server for tests."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection, connections

from deskbell.channels.api import InboundMessage, Mailbox, create_mailbox
from deskbell.channels.mail.parse import ParsedMail, parse
from deskbell.kernel.api import SYSTEM, clock
from deskbell.kernel.jobs import app
from deskbell.people.api import Department
from deskbell.tickets.tests.factories import department

T = TypeVar("T")
_numbers = itertools.count(1)


def mailbox(where: Department | None = None, **values: Any) -> Mailbox:
    """A mailbox that mail is delivered to; its address is desk<n>@desk.example."""
    values.setdefault("address", f"desk{next(_numbers)}@desk.example")
    values.setdefault("name", "Front desk")
    values.setdefault("out_security", "none")
    values.setdefault("out_host", "127.0.0.1")
    values.setdefault("out_port", 9)
    return create_mailbox(SYSTEM, department_id=(where or department()).pk, **values)


def raw_mail(
    text: str = "The printer does not print.",
    *,
    sender: str = "Anna Kern <anna@customer.example>",
    to: str = "",
    subject: str = "Printer",
    headers: str = "",
    mail_id: str | None = None,
) -> bytes:
    """A plain message with a Message-ID of its own (mail_id: that one; "": none)."""
    identifier = mail_id if mail_id is not None else f"m{next(_numbers)}@customer.example"
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", "Date: Sat, 21 Nov 2026 10:00:00 +0200"]
    if identifier:
        lines.append(f"Message-ID: <{identifier}>")
    lines += [line for line in headers.split("\n") if line]
    lines.append("Content-Type: text/plain; charset=utf-8")
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n") + "\r\n").encode()


def stages(inbound_id: int) -> dict[str, str]:
    """The trace as stage → text."""
    return {entry["stage"]: entry["text"] for entry in InboundMessage.objects.get(pk=inbound_id).trace}


def run_jobs(*, most: int = 200) -> list[str]:
    """Run the queued jobs that are due, in order, those they queue in turn included; returns their names."""
    done: list[str] = []
    for _number in range(most):
        with connection.cursor() as cursor:
            cursor.execute(
                "delete from procrastinate_jobs where id = (select min(id) from procrastinate_jobs "
                "where status = 'todo' and (scheduled_at is null or scheduled_at <= %s)) returning task_name, args",
                [clock.now()],
            )
            job = cursor.fetchone()
        if job is None:
            break
        name, args = job
        app.tasks[name].func(**(json.loads(args) if isinstance(args, str) else args))
        done.append(name)
    return done


@dataclass
class Recorder:
    """An SMTP server that keeps what it gets. answers: recipient → reply to RCPT; data_answer: reply to DATA."""

    messages: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 2.0.0 queued as 42"
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _s: SMTP, _session: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 ok")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.data_answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.messages.append((envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        return self.data_answer

    def last(self) -> ParsedMail:
        return parse(self.messages[-1][2])


def run_async(work: Callable[[], Awaitable[T]]) -> T:
    """Run `work()` in an event loop whose threads use the test's own database connection (and transaction)."""
    shared = connections["default"]
    shared.inc_thread_sharing()

    def share() -> None:
        connections["default"] = shared

    async def main() -> T:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(initializer=share))
        return await work()

    try:
        return asyncio.run(main())
    finally:
        shared.dec_thread_sharing()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def recording_server() -> Iterator[Recorder]:
    recorder = Recorder(port=free_port())
    controller = Controller(recorder, hostname="127.0.0.1", port=recorder.port, enable_SMTPUTF8=True, ready_timeout=60)
    controller.start()
    try:
        yield recorder
    finally:
        controller.stop()
