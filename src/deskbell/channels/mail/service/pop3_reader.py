"""Reading one POP3 mailbox, again and again."""

from __future__ import annotations

import poplib
from threading import Event

from deskbell.channels.intake.deliver import deliver_head, deliver_raw, is_head_known, largest_message
from deskbell.channels.intake.pipeline import HEAD_ONLY
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
    sizes = _sizes(connection)
    for number, name in numbers.items():
        if stop.is_set():
            return
        if name in before:
            continue
        if sizes.get(number, 0) > largest_message():
            refresh_connections()
            _tell(mailbox, connection, number, name, sizes[number])
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


def _sizes(connection: poplib.POP3) -> dict[int, int]:
    """Number → bytes, as the server counts them; asked before anything is loaded."""
    _response, lines, _size = connection.list()
    pairs = (line.split() for line in lines)
    return {int(number): int(size) for number, size, *_more in pairs}


def _tell(mailbox: Mailbox, connection: poplib.POP3, number: int, name: str, size: int) -> None:
    """A message that is too large stays where it is, and a person sees that it is there."""
    if is_head_known(mailbox, name):
        return
    try:
        _response, lines, _octets = connection.top(number, 0)
    except poplib.error_proto:
        lines = []  # TOP is optional (RFC 1939 section 7)
    head = b"\r\n".join(lines) + b"\r\n"
    deliver_head(head, size=size, mailbox=mailbox, source=Source.POP3, remote_id=name)


def _save_known(mailbox: Mailbox, names: list[str]) -> None:
    mailbox.cursor = {"known": names}
    Mailbox.objects.filter(pk=mailbox.pk, version=mailbox.version).update(cursor=mailbox.cursor)


def _is_stored(mailbox: Mailbox, name: str) -> bool:
    rows = InboundMessage.objects.filter(mailbox=mailbox, remote_id=name)
    return rows.exclude(sign=HEAD_ONLY).exists()
