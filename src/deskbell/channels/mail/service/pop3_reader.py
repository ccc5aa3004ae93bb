"""Reading one POP3 mailbox, again and again."""

from __future__ import annotations

import poplib
from threading import Event

from deskbell.channels.intake.deliver import deliver_raw
from deskbell.channels.mail.pop3 import pop3_connection
from deskbell.channels.mail.service.connections import refresh_connections
from deskbell.channels.mail.service.status import mark_well
from deskbell.channels.models import AfterReading, InboundMessage, Mailbox, Source


def read_pop3(mailbox: Mailbox, stop: Event) -> None:
    """Look every `poll_seconds` until told to stop. Raises one of `pop3.FAILURES` or DatabaseError."""
    while not stop.is_set():
        with pop3_connection(mailbox) as connection:
            _read_new(mailbox, connection, stop)
        refresh_connections()
        mark_well(mailbox.pk)
        refresh_connections()
        stop.wait(mailbox.poll_seconds)


def _read_new(mailbox: Mailbox, connection: poplib.POP3, stop: Event) -> None:
    numbers = dict(_unique_ids(connection))
    keeps = mailbox.after_reading == AfterReading.KEEP
    if keeps and "known" not in mailbox.cursor:
        # What is there already is the past. Names are kept while the server still lists them.
        _save_known(mailbox, sorted(numbers.values()))
        return
    before = set(mailbox.cursor.get("known", ())) if keeps else set()
    for number, name in numbers.items():
        if stop.is_set():
            return
        if name in before:
            continue
        if not _is_stored(mailbox, name):
            _response, lines, _size = connection.retr(number)
            refresh_connections()
            deliver_raw(b"\r\n".join(lines) + b"\r\n", mailbox=mailbox, source=Source.POP3, remote_id=name)
        if not keeps:
            connection.dele(number)


def _unique_ids(connection: poplib.POP3) -> list[tuple[int, str]]:
    _response, lines, _size = connection.uidl()
    pairs = (line.decode("utf-8", "replace").split(" ", 1) for line in lines)
    return [(int(number), name.strip()[:300]) for number, name in pairs]


def _save_known(mailbox: Mailbox, names: list[str]) -> None:
    mailbox.cursor = {"known": names}
    Mailbox.objects.filter(pk=mailbox.pk, version=mailbox.version).update(cursor=mailbox.cursor)


def _is_stored(mailbox: Mailbox, name: str) -> bool:
    return InboundMessage.objects.filter(mailbox=mailbox, remote_id=name).exists()
