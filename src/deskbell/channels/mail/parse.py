"""Raw bytes to `ParsedMail`: everything the pipeline and the pages want to know about a message.

`parse` never raises. What the sender wrote wrongly is noted in `defects`; the raw bytes are stored elsewhere
and stay the truth.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from deskbell.channels.mail.addresses import Address, parse_addresses
from deskbell.channels.mail.charsets import storable
from deskbell.channels.mail.headers import message_ids, parse_date
from deskbell.channels.mail.html import html_to_text, text_to_html
from deskbell.channels.mail.mime import Header, Part, read_tree

__all__ = ["Address", "Attachment", "BodyPart", "Header", "ParsedMail", "parse"]

_INLINE_MEDIA = ("image/", "audio/", "video/")
_LONGEST_SUBJECT = 2000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message. `content` is decoded; `sha256` is the hex digest of it."""

    filename: str
    content_type: str
    content_id: str
    disposition: str
    is_inline: bool
    content: bytes = field(repr=False)
    sha256: str = ""
    is_message: bool = False  # message/rfc822 that could be read as one


@dataclass(frozen=True, slots=True)
class BodyPart:
    r"""One readable part of the body: `text/plain` or `text/html`, with `\\n` line ends."""

    content_type: str
    text: str = field(repr=False)

    @property
    def is_html(self) -> bool:
        return self.content_type == "text/html"


@dataclass(frozen=True)
class ParsedMail:
    """A message, read. Texts hold no NUL and no lone surrogates; addresses are as written.

    `text_parts` and `html_parts` are what to show to someone who prefers plain text or HTML (RFC 8621
    section 4.1.4); either may contain parts of the other type where only that was sent.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    subject: str
    from_: tuple[Address, ...]
    sender: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    delivered_to: tuple[Address, ...]
    date: dt.datetime | None
    text_parts: tuple[BodyPart, ...]
    html_parts: tuple[BodyPart, ...]
    attachments: tuple[Attachment, ...]
    headers: tuple[Header, ...]
    defects: tuple[str, ...]
    root: Part = field(repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """The body as plain text; HTML-only parts are turned into text."""
        parts = [html_to_text(p.text) if p.is_html else p.text for p in self.text_parts]
        return "\n\n".join(part for part in parts if part)

    @cached_property
    def html(self) -> str | None:
        """The body as (unsanitised) HTML, or None where none was sent."""
        if not any(part.is_html for part in self.html_parts):
            return None
        return "\n".join(p.text if p.is_html else text_to_html(p.text) for p in self.html_parts)

    @property
    def author(self) -> Address:
        """Who wrote: From, else Sender; an empty address where neither says."""
        for group in (self.from_, self.sender):
            for address in group:
                if "@" in address.address:
                    return address
        return self.from_[0] if self.from_ else Address()

    def header(self, name: str) -> str:
        """Text of the first header called `name`, or an empty string."""
        return self.root.header(name)

    def header_values(self, name: str) -> tuple[str, ...]:
        wanted = name.lower()
        return tuple(h.value for h in self.headers if h.name.lower() == wanted)


def parse(raw: bytes) -> ParsedMail:
    """Read a message. Never raises, whatever the bytes."""
    try:
        root, defects = read_tree(raw)
        return _assemble(root, defects)
    except Exception as error:  # noqa: BLE001 - the promise above, should a case have been missed
        part = Part((), "text/plain", {}, body=raw)
        return _assemble(part, [f"unreadable: {type(error).__name__}"])


def _assemble(root: Part, defects: list[str]) -> ParsedMail:
    text_parts, html_parts, files = body_structure(root)
    ids = message_ids(root.header("message-id"))
    return ParsedMail(
        message_id=ids[0] if ids else "",
        in_reply_to=message_ids(root.header("in-reply-to")),
        references=message_ids(root.header("references")),
        subject=storable(root.header("subject"))[:_LONGEST_SUBJECT],
        from_=parse_addresses(root.raw_header("from")),
        sender=parse_addresses(root.raw_header("sender")),
        reply_to=_addresses(root, "reply-to"),
        to=_addresses(root, "to"),
        cc=_addresses(root, "cc"),
        bcc=_addresses(root, "bcc"),
        delivered_to=_addresses(root, "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"),
        date=parse_date(root.header("date")),
        text_parts=tuple(_body_part(part) for part in text_parts),
        html_parts=tuple(_body_part(part) for part in html_parts),
        attachments=tuple(_attachment(part) for part in files),
        headers=root.headers,
        defects=tuple(defects),
        root=root,
    )


def _addresses(root: Part, *names: str) -> tuple[Address, ...]:
    return tuple(a for h in root.headers if h.name.lower() in names for a in parse_addresses(h.raw))


def _body_part(part: Part) -> BodyPart:
    return BodyPart(part.content_type, part.text())


def _attachment(part: Part) -> Attachment:
    content = part.content()
    is_message = part.content_type in {"message/rfc822", "message/global"} and _reads_as_message(content)
    return Attachment(
        filename=storable(part.filename)[:500],
        content_type=part.content_type,
        content_id=part.content_id[:500],
        disposition=part.disposition,
        is_inline=part.disposition == "inline" or bool(part.content_id and part.disposition != "attachment"),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        is_message=is_message,
    )


def _reads_as_message(content: bytes) -> bool:
    head = content.lstrip()[:2000].split(b"\n", 1)[0]
    return b":" in head and b" " not in head.split(b":", 1)[0].strip()


def body_structure(root: Part) -> tuple[list[Part], list[Part], list[Part]]:
    """Leaves of the tree as (plain view, HTML view, attachments), by the algorithm of RFC 8621 section 4.1.4.

    Unlike there, media shown within the body are always among the attachments as well, so that none is
    overlooked.
    """
    text: list[Part] = []
    html: list[Part] = []
    files: list[Part] = []
    if root.is_multipart:
        alternative = root.content_type == "multipart/alternative"
        _walk(root.children, root.content_type, _Views(text, html, files), in_alternative=alternative)
    else:
        _walk([root], "multipart/mixed", _Views(text, html, files), in_alternative=False)
    text = [part for part in text if part.content_type.startswith("text/")]
    html = [part for part in html if part.content_type.startswith("text/")]
    return text, html, files


@dataclass(frozen=True, slots=True)
class _Views:
    text: list[Part] | None
    html: list[Part] | None
    files: list[Part]


def _walk(parts: list[Part], container: str, views: _Views, *, in_alternative: bool) -> None:  # noqa: C901, PLR0912 - as in RFC 8621
    text, html = views.text, views.html
    text_before = len(text) if text is not None else -1
    html_before = len(html) if html is not None else -1
    for index, part in enumerate(parts):
        if part.is_multipart:
            inner = in_alternative or part.content_type == "multipart/alternative"
            _walk(part.children, part.content_type, _Views(text, html, views.files), in_alternative=inner)
            continue
        media = part.content_type.startswith(_INLINE_MEDIA)
        if not _is_shown(part, container, first=index == 0, media=media):
            views.files.append(part)
            continue
        if container == "multipart/alternative":
            if part.content_type == "text/plain":
                _push(text, part)
            elif part.content_type == "text/html":
                _push(html, part)
            else:
                views.files.append(part)
            continue
        if in_alternative and part.content_type == "text/plain":
            html = None
        elif in_alternative and part.content_type == "text/html":
            text = None
        _push(text, part)
        _push(html, part)
        if media:
            views.files.append(part)
    if container == "multipart/alternative" and text is not None and html is not None:
        if len(text) == text_before and len(html) != html_before:
            text.extend(html[html_before:])
        elif len(html) == html_before and len(text) != text_before:
            html.extend(text[text_before:])


def _is_shown(part: Part, container: str, *, first: bool, media: bool) -> bool:
    if part.disposition == "attachment":
        return False
    if not (media or part.content_type in {"text/plain", "text/html"}):
        return False
    return first or (container != "multipart/related" and (media or not part.filename))


def _push(view: list[Part] | None, part: Part) -> None:
    if view is not None:
        view.append(part)
