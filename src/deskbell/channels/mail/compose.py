"""Builds the messages we send, from typed values to RFC 5322 bytes.

No value can add a header or a recipient: line breaks and control characters are taken out of everything that
goes into the header, and addresses that are none are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.automatic import LOOP_HEADER
from deskbell.channels.mail.charsets import storable
from deskbell.channels.mail.header_writing import UnusableAddress, address_list, encode_text, fold, one_line
from deskbell.channels.mail.html import cid_references, html_to_text

__all__ = ["OutgoingFile", "OutgoingMail", "UnusableAddress", "compose", "needs_utf8"]

_CONTENT_TYPE = re.compile(r"^[a-z0-9!#$&^_+-]+/[a-z0-9!#$&^_.+-]+$")
_NAME = re.compile(r"^[A-Za-z0-9-]{1,70}$")
_LONGEST_SUBJECT = 900
_DOCUMENT = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to attach. With `content_id` it is shown in the HTML as `cid:<content_id>`."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """Everything a message of ours consists of. Ids come without angle brackets; `date` is aware."""

    message_id: str
    from_: Address
    to: Sequence[Address]
    subject: str
    text: str
    date: dt.datetime
    html: str = ""
    cc: Sequence[Address] = ()
    reply_to: Sequence[Address] = ()
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[OutgoingFile] = ()
    is_automatic: bool = False
    installation: str = ""
    language: str = ""
    extra_headers: Sequence[tuple[str, str]] = ()


def compose(mail: OutgoingMail) -> bytes:
    """The message as RFC 5322 bytes with CRLF line ends. Raises UnusableAddress."""
    fields = [("Date", format_datetime(mail.date)), ("From", address_list([mail.from_]))]
    fields.append(("To", address_list(mail.to)))
    fields.append(("Cc", address_list(mail.cc)))
    fields.append(("Reply-To", address_list(mail.reply_to)))
    fields.append(("Subject", encode_text(one_line(mail.subject)[:_LONGEST_SUBJECT])))
    fields.append(("Message-ID", f"<{_identifier(mail.message_id)}>"))
    if mail.in_reply_to:
        fields.append(("In-Reply-To", f"<{_identifier(mail.in_reply_to)}>"))
    fields.append(("References", " ".join(f"<{_identifier(i)}>" for i in mail.references)))
    fields.extend(_marks(mail))
    header = "".join(fold(name, value) for name, value in fields if value)
    return header.encode() + _body(mail).as_bytes()


def _marks(mail: OutgoingMail) -> list[tuple[str, str]]:
    """Say what kind of message it is, so that other robots leave it alone."""
    marks = []
    if mail.is_automatic:
        marks.append(("Auto-Submitted", "auto-replied" if mail.in_reply_to else "auto-generated"))
        marks.append(("X-Auto-Response-Suppress", "All"))
        marks.append(("Precedence", "auto_reply"))
    if mail.installation:
        marks.append((LOOP_HEADER, encode_text(one_line(mail.installation))))
    if mail.language:
        marks.append(("Content-Language", encode_text(one_line(mail.language))))
    marks.extend((name, encode_text(one_line(value))) for name, value in mail.extra_headers if _NAME.match(name))
    return marks


def _body(mail: OutgoingMail) -> EmailMessage:
    """Text, HTML with its images, and files: mixed(alternative(text, related(html, images)), files)."""
    message = EmailMessage(policy=policy.SMTP)
    html = storable(mail.html)
    text = storable(mail.text) or html_to_text(html)
    message.set_content(_with_final_newline(text), subtype="plain", charset="utf-8", cte=_encoding(text))
    shown = cid_references(html)
    images = [f for f in mail.files if f.content_id and f.content_id in shown]
    if html:
        document = html if "<html" in html[:500].lower() else _DOCUMENT.format(body=html)
        message.add_alternative(document, subtype="html", charset="utf-8", cte="quoted-printable")
        payload = message.get_payload()
        assert isinstance(payload, list)
        body = payload[1]
        assert isinstance(body, EmailMessage)
        for image in images:
            main, sub = _type(image.content_type)
            body.add_related(
                image.content,
                maintype=main,
                subtype=sub,
                cid=f"<{_identifier(image.content_id)}>",
                filename=_filename(image.filename),
                disposition="inline",
            )
    for file in mail.files:
        if file not in images:
            main, sub = _type(file.content_type)
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=_filename(file.filename))
    return message


def _with_final_newline(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else text + "\n"


def _encoding(text: str) -> str:
    """7bit where that is enough, so that plain mail stays readable in its source; RFC 5322 allows 998 bytes a line."""
    short = all(len(line) <= 900 for line in text.splitlines())  # noqa: PLR2004
    if text.isascii() and short:
        return "7bit"
    return "quoted-printable" if sum(c > "\x7f" for c in text) * 3 < len(text) else "base64"


def _type(content_type: str) -> tuple[str, str]:
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if not _CONTENT_TYPE.match(kind) or kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"  # a message within a message is a file to its receiver
    main, _, sub = kind.partition("/")
    return main, sub


def _filename(name: str) -> str:
    return one_line(name).replace("/", "_").replace("\\", "_")[:200] or "file"


def _identifier(value: str) -> str:
    return re.sub(r"[\s<>\x00-\x1f\x7f]", "", value)[:900]


def needs_utf8(mail: OutgoingMail) -> bool:
    """Whether a local part is not ASCII (RFC 6532): the server must then offer SMTPUTF8."""
    everyone = (mail.from_, *mail.to, *mail.cc, *mail.reply_to)
    return any(not a.address.rpartition("@")[0].isascii() for a in everyone)
