"""Compares what we read from a message with what another parser expects of it.

Header texts compare after collapsing white space, addresses without regard to case, bodies as the sequence of
words with tags removed. U+FFFD in an expectation stands for bytes that nobody labelled with a charset: our guess
may be any character there.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskbell.channels.mail.parse import BodyPart, ParsedMail, parse

DATA = Path(__file__).parent / "data"

UNTERMINATED = "text of a part without its closing boundary is called an attachment; we show it, as RFC 2046 lets us"
UNDECIDABLE: dict[str, str] = {
    "stalwart/malformed/001.eml": UNTERMINATED + "; expects another part without type",
    "stalwart/malformed/002.eml": "a multipart whose boundary never comes: we show its text, they attach it",
    "stalwart/malformed/003.eml": UNTERMINATED,
    "stalwart/malformed/004.eml": "no line is a delimiter ('--ab' for boundary 'a'): they take the prefix for one",
    "stalwart/malformed/006.eml": UNTERMINATED,
    "stalwart/malformed/007.eml": "part headers without a blank line before the next delimiter",
    "stalwart/malformed/008.eml": UNTERMINATED,
    "stalwart/malformed/009.eml": UNTERMINATED + "; an outer delimiter does not end the inner part there",
    "stalwart/malformed/011.eml": UNTERMINATED + "; an outer delimiter does not end the inner part there",
    "stalwart/malformed/012.eml": UNTERMINATED + "; an outer delimiter does not end the inner part there",
    "stalwart/malformed/016.eml": "boundaries that are prefixes of each other, none of them closed",
    "stalwart/malformed/019.eml": "fuzzed: two broken header blocks in one, 'Date: … 10:00:t', two spellings of boundary",
    "stalwart/thirdparty/002.eml": "a part labelled base64 that is none: we show its bytes, they attach it",
    "stalwart/thirdparty/005.eml": "a delimiter in the middle of a line, where RFC 2046 knows none",
    "stalwart/thirdparty/015.eml": "three attached messages of which the expectation names one",
}
# Compared in every message of the set, the undecidable ones included.
FIELDS = ("subject", "from", "to", "cc", "message_id", "date", "text", "html", "attachment_count", "attachments")


@dataclass(frozen=True)
class Case:
    id: str
    raw: bytes
    expected: dict[str, Any]


def cases() -> Iterator[Case]:
    for line in (DATA / "mail_stalwart.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Case(row["id"], base64.b64decode(row["raw_b64"]), row["expected"])


def bounce_cases() -> Iterator[tuple[str, bytes, list[str]]]:
    for line in (DATA / "mail_flufl.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], base64.b64decode(row["raw_b64"]), row["expected_addresses"]


def compare(case: Case) -> dict[str, bool]:
    """Which fields agree."""
    mail, want = parse(case.raw), case.expected
    return {
        "subject": _matches(" ".join((want["subject"] or "").split()), mail.subject),
        "from": [(a or "").lower() for a in want["from"]] == [a.key for a in mail.from_],
        "to": [(a or "").lower() for a in want["to"]] == [a.key for a in mail.to],
        "cc": [(a or "").lower() for a in want["cc"]] == [a.key for a in mail.cc],
        "message_id": (want["message_id"] or "") == mail.message_id,
        "date": _same_date(want["date"], mail),
        "text": _same_words(want["text_bodies"], mail.text_parts),
        "html": _same_words(want["html_bodies"], mail.html_parts),
        "attachment_count": len(want["attachments"]) == len(mail.attachments),
        "attachments": _same_attachments(want["attachments"], mail),
    }


def _matches(want: str, got: str) -> bool:
    if "\ufffd" not in want:
        return want == got
    return re.fullmatch(".+?".join(map(re.escape, re.split("\ufffd+", want))), got, re.DOTALL) is not None


def _same_date(want: dict[str, Any] | None, mail: ParsedMail) -> bool:
    if want is None or mail.date is None:
        return want is None and mail.date is None
    offset = (want["tz_hour"] * 60 + want["tz_minute"]) * (-1 if want["tz_before_gmt"] else 1)
    fields = [want[name] for name in ("year", "month", "day", "hour", "minute", "second")]
    got = mail.date.utcoffset()
    return got is not None and fields == list(mail.date.timetuple()[:6]) and got.total_seconds() == offset * 60


def _words(text: str) -> list[str]:
    text = re.sub(r"(?is)<(script|style)[^>]*>.*?</\1>", "", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).replace("\0", "").split()


def _same_words(want: list[str | None], got: tuple[BodyPart, ...]) -> bool:
    wanted = " ".join(_words(" ".join(text for text in want if text)))
    return _matches(wanted, " ".join(_words(" ".join(part.text for part in got))))


def _same_attachments(want: list[dict[str, Any]], mail: ParsedMail) -> bool:
    return len(want) == len(mail.attachments) and all(
        (not a["filename"] or _matches(a["filename"], b.filename))
        and a["content_type"] in (None, b.content_type)
        and a["nested_message"] == b.is_message
        for a, b in zip(want, mail.attachments, strict=True)
    )
