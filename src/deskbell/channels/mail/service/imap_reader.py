"""Reading one IMAP folder: what is there, then IDLE until more comes.

A message leaves the folder only after it is committed here. Dying in between costs nothing: the message is found
again and known by its UID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from threading import Event
from typing import cast

from imap_tools import BaseMailBox

from deskbell.channels.intake.deliver import Arrived, deliver_head, deliver_several, is_head_known, largest_message
from deskbell.channels.mail.imap import imap_connection
from deskbell.channels.mail.service.connections import refresh_connections
from deskbell.channels.mail.service.status import mark_well
from deskbell.channels.models import AfterReading, Mailbox, Source

_MOST_TOGETHER, _LARGEST_TOGETHER = 20, 2_000_000  # messages and their bytes taken in together
_AT_ONCE = 500  # messages whose sizes are asked for in one command
_LONGEST_HEAD = 256 * 1024  # bytes of the header of a message that is too large
_UID, _SIZE = re.compile(rb"\bUID (\d+)"), re.compile(rb"\bRFC822\.SIZE (\d+)")
IDLE_SECONDS = 25
"""How long to wait in one IDLE; afterwards the folder is looked at anyway, which also keeps the line open."""


def read_imap(mailbox: Mailbox, stop: Event) -> None:
    """Read until told to stop. Raises one of `imap.FAILURES` or DatabaseError: the caller tries again."""
    with imap_connection(mailbox) as connection:
        validity = _validity(connection)
        _start_cursor(mailbox, connection, validity)
        can_idle = "IDLE" in (name.upper() for name in connection.client.capabilities)
        while not stop.is_set():
            connection.client.response("EXISTS")  # what was said so far is answered by looking
            _read_new(mailbox, connection, validity, stop)
            refresh_connections()
            mark_well(mailbox.pk)
            refresh_connections()
            if _has_more_come(connection):
                continue
            if can_idle:
                _idle(connection)
            else:
                stop.wait(mailbox.poll_seconds)
                connection.client.noop()


def _has_more_come(connection: BaseMailBox) -> bool:
    """Whether the server told of new mail along with another command since we looked: it will not tell again."""
    _name, data = connection.client.response("EXISTS")
    return data != [None]


def _idle(connection: BaseMailBox) -> None:
    """Wait until the server says something (RFC 2177), or the time is over."""
    with connection.idle as idle:
        if not _was_told_already(connection):
            idle.poll(timeout=IDLE_SECONDS)


def _was_told_already(connection: BaseMailBox) -> bool:
    """Whether more came in the packet that began the IDLE: it is in the reader's buffer, where no polling sees it."""
    client = connection.client
    timeout = client.sock.gettimeout()
    client.sock.settimeout(0)
    try:
        return bool(cast("BufferedReader", client.file).peek(1))
    except OSError:  # TLS says so when nothing is there
        return False
    finally:
        client.sock.settimeout(timeout)


def _validity(connection: BaseMailBox) -> str:
    """UIDVALIDITY of the folder: UIDs of another one mean other messages (RFC 9051 section 2.3.1.1)."""
    _name, data = connection.client.response("UIDVALIDITY")
    return data[0].decode("ascii") if data and data[0] else "0"


def _start_cursor(mailbox: Mailbox, connection: BaseMailBox, validity: str) -> None:
    """A folder whose mail is kept is read from now on; the mail of the past stays the past."""
    if mailbox.after_reading != AfterReading.KEEP or mailbox.cursor.get("validity") == validity:
        return
    highest = max(_uids(connection, "ALL"), default=0)
    # After a new UIDVALIDITY the same messages have new names; Message-IDs recognise those taken in before.
    _save_cursor(mailbox, validity, 0 if mailbox.cursor else highest)


def _save_cursor(mailbox: Mailbox, validity: str, uid: int) -> None:
    mailbox.cursor = {"validity": validity, "uid": uid}
    Mailbox.objects.filter(pk=mailbox.pk, version=mailbox.version).update(cursor=mailbox.cursor)


def _uids(connection: BaseMailBox, criteria: str) -> list[int]:
    _status, data = connection.client.uid("SEARCH", criteria)
    return sorted(int(uid) for chunk in data if chunk for uid in chunk.split())


def _read_new(mailbox: Mailbox, connection: BaseMailBox, validity: str, stop: Event) -> None:
    keeps = mailbox.after_reading == AfterReading.KEEP
    last = int(mailbox.cursor.get("uid", 0)) if keeps else 0
    # "5:*" always names the last message, even when its UID is lower.
    uids = (
        [uid for uid in _uids(connection, f"UID {last + 1}:*") if uid > last]
        if keeps
        else _uids(connection, "UNDELETED")
    )
    sizes = _sizes(connection, uids)
    for several in _portions(uids, sizes):
        if stop.is_set():
            return
        if sizes.get(several[0], 0) > largest_message():
            refresh_connections()
            _tell(mailbox, connection, several[0], f"{validity}:{several[0]}", sizes[several[0]])
            taken = []
        else:
            taken = _take(mailbox, connection, validity, several)
        if keeps:
            _save_cursor(mailbox, validity, several[-1])
        elif not taken:
            continue
        elif mailbox.after_reading == AfterReading.MOVE:
            connection.move(taken, mailbox.move_to)
        else:
            connection.delete(taken)


def _portions(uids: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Few enough to be held in memory together; one that is too large is alone."""
    most = min(_LARGEST_TOGETHER, largest_message())
    portion: list[int] = []
    held = 0
    for uid in uids:
        size = sizes.get(uid, 0)
        if portion and (len(portion) == _MOST_TOGETHER or held + size > most):
            yield portion
            portion, held = [], 0
        portion.append(uid)
        held += size
    if portion:
        yield portion


def _take(mailbox: Mailbox, connection: BaseMailBox, validity: str, uids: Sequence[int]) -> list[str]:
    """Read and take in these; those that are there still, and now here as well.

    What was read before the connection broke is taken in: the server may break it at the same message each time.
    """
    found: dict[int, bytes] = {}
    try:
        for uid in uids:
            raw = _fetch(connection, uid)
            if raw is not None:
                found[uid] = raw
    finally:
        refresh_connections()
        if found:
            deliver_several(
                [Arrived(raw, mailbox, source=Source.IMAP, remote_id=f"{validity}:{uid}") for uid, raw in found.items()]
            )
    return [str(uid) for uid in found]


def _sizes(connection: BaseMailBox, uids: list[int]) -> dict[int, int]:
    """UID → bytes, as the server counts them; asked before anything is loaded."""
    found: dict[int, int] = {}
    for start in range(0, len(uids), _AT_ONCE):
        wanted = ",".join(map(str, uids[start : start + _AT_ONCE]))
        _status, data = connection.client.uid("FETCH", wanted, "(RFC822.SIZE)")
        for line in data:
            uid, size = _UID.search(line or b""), _SIZE.search(line or b"")
            if uid and size:
                found[int(uid[1])] = int(size[1])
    return found


def _tell(mailbox: Mailbox, connection: BaseMailBox, uid: int, name: str, size: int) -> None:
    """A message that is too large stays where it is, and a person sees that it is there."""
    if not is_head_known(mailbox, name):
        head = _fetch(connection, uid, f"(BODY.PEEK[HEADER]<0.{_LONGEST_HEAD}>)") or b""
        deliver_head(head, size=size, mailbox=mailbox, source=Source.IMAP, remote_id=name)


def _fetch(connection: BaseMailBox, uid: int, what: str = "(BODY.PEEK[])") -> bytes | None:
    _status, data = connection.client.uid("FETCH", str(uid), what)
    return next((bytes(item[1]) for item in data if isinstance(item, tuple)), None)
