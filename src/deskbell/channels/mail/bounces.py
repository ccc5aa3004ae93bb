"""Delivery reports: which of our messages they are about, which addresses failed, and why.

RFC 3464 reports are read from their `message/delivery-status` part; the many older formats by flufl.bounce.
"""

from __future__ import annotations

import email
import logging
import re
from dataclasses import dataclass
from email import policy

from flufl.bounce import all_failures

from deskbell.channels.mail.headers import message_ids
from deskbell.channels.mail.mime import Part, read_tree
from deskbell.channels.mail.parse import ParsedMail

# Its detectors fail on many mails, and it prints each failure; the outcome alone matters here.
logging.getLogger("flufl.bounce").addHandler(logging.NullHandler())
logging.getLogger("flufl.bounce").propagate = False

_LONGEST_HEADER = 20_000  # bytes; the detectors parse addresses in a slow way
_LONGEST_REPORT = 1_000_000
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_ORIGINAL_ID = re.compile(rb"^[ \t]*+(?:>[ \t]*+)?Message-ID:\s*(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_ORIGINAL_TYPES = frozenset(("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"))


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One address that a report names. `status` is an RFC 3463 code or empty, `text` the server's own words."""

    address: str
    is_permanent: bool
    status: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report. `original_message_ids`: Message-IDs of the returned message, most certain first."""

    failed: tuple[FailedRecipient, ...]
    original_message_ids: tuple[str, ...] = ()
    is_delayed: bool = False  # only a warning: the server goes on trying

    @property
    def is_permanent(self) -> bool:
        return any(recipient.is_permanent for recipient in self.failed)


def read_bounce(mail: ParsedMail, raw: bytes, *, odd_formats: bool = True) -> Bounce | None:
    """The delivery report a message carries, or None where it is none. Never raises.

    odd_formats: also try the formats from before RFC 3464, which takes time on large messages.
    """
    reported, delayed, is_report = _from_report(mail.root)
    readable = all(len(header.raw) <= _LONGEST_HEADER for header in mail.headers)
    others = _from_odd_format(raw) if readable and not reported and (odd_formats or is_report) else ()
    if not (reported or others or is_report):
        return None
    return Bounce(reported or others, _original_ids(mail, raw), is_delayed=delayed and not reported)


def _from_report(root: Part) -> tuple[tuple[FailedRecipient, ...], bool, bool]:
    """(failed recipients, whether a delay was reported, whether there was a report at all)."""
    failed: dict[str, FailedRecipient] = {}
    delayed = seen = False
    for part in root.leaves():
        if part.content_type not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        seen = True
        for group in re.split(r"\n[ \t]*\n", part.text().strip()):
            fields = _fields(group)
            action = fields.get("action", "").split()[0:1]
            if action == ["delayed"]:
                delayed = True
            if action != ["failed"]:
                continue
            recipient = _recipient(fields)
            if recipient is not None:
                failed.setdefault(recipient.address.lower(), recipient)
    return tuple(failed.values()), delayed, seen


def _fields(group: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", group).split("\n"):
        name, separator, value = line.partition(":")
        if separator:
            fields.setdefault(name.strip().lower(), value.strip())
    fields["action"] = fields.get("action", "").lower()
    return fields


def _recipient(fields: dict[str, str]) -> FailedRecipient | None:
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        match = _ADDRESS.search(fields.get(name, "").partition(";")[2] or fields.get(name, ""))
        if match and ".." in match[0]:
            return None  # shortened by somebody
        if match:
            return _failed(fields, match[0].strip("<>()"))
    return None


def _failed(fields: dict[str, str], address: str) -> FailedRecipient:
    status = _STATUS.search(fields.get("status", "")) or _STATUS.search(fields.get("diagnostic-code", ""))
    text = fields.get("diagnostic-code", "")
    return FailedRecipient(
        address=address,
        is_permanent=status is None or status[1] != "4",
        status=status[0] if status else "",
        text=(text.partition(";")[2] or text).strip()[:500],
    )


def _from_odd_format(raw: bytes) -> tuple[FailedRecipient, ...]:
    try:
        message = email.message_from_bytes(_without_envelope_line(raw[:_LONGEST_REPORT]), policy=policy.compat32)
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - its detectors fail in many ways on mail that is no bounce
        return ()
    # "david...@example.com" was shortened by somebody and is nobody's address.
    found = {_as_text(a): False for a in temporary} | {_as_text(a): True for a in permanent}
    return tuple(
        FailedRecipient(address, permanent) for address, permanent in sorted(found.items()) if ".." not in address
    )


def _without_envelope_line(raw: bytes) -> bytes:
    return raw.split(b"\n", 1)[1] if raw.startswith(b"From ") and b"\n" in raw else raw


def _as_text(address: bytes | str) -> str:
    return address.decode("utf-8", "replace") if isinstance(address, bytes) else address


def _original_ids(mail: ParsedMail, raw: bytes) -> tuple[str, ...]:
    found: list[str] = []
    for part in mail.root.leaves():
        if part.content_type in _ORIGINAL_TYPES:
            inner, _ = read_tree(part.content())
            found.extend(message_ids(inner.header("message-id")))
    found.extend(mail.in_reply_to)
    found.extend(mail.references)
    head, _, body = raw.partition(b"\n\n") if b"\n\n" in raw else raw.partition(b"\r\n\r\n")
    del head
    for match in _ORIGINAL_ID.finditer(body[:200_000]):
        found.extend(message_ids(match[1].decode("utf-8", "replace")))
    return tuple(dict.fromkeys(found))
