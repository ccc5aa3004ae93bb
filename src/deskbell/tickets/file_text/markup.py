"""Text of HTML pages and of stored mails. Read as a stream of tags: no tree that nesting could blow up."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import IO

from typing_extensions import override

from deskbell.tickets.file_text import plain
from deskbell.tickets.file_text.limits import Enough, Output

MOST_BYTES = 8 * 1024 * 1024  # of a page; the rest is not read
_SILENT = {"script", "style", "template", "noscript"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "wbr",
}


class _Words(HTMLParser):
    def __init__(self, output: Output) -> None:
        super().__init__(convert_charrefs=True)
        self._output = output
        self._silent = ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and not self._silent:
            self._silent = tag
        if tag not in _INLINE:
            self._output.write(" ")
        for name, value in attrs:
            if name in {"alt", "title"} and value and not self._silent:
                self._output.write(f" {value} ")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag not in _INLINE:
            self._output.write(" ")

    @override
    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._output.write(data)


def read_html(stream: IO[bytes], output: Output) -> None:
    """Raises Enough where the page goes on."""
    name = plain.encoding_of(stream)
    content = stream.read(MOST_BYTES)
    read_html_text(content.decode(name, "replace"), output)
    if stream.read(1):
        raise Enough


def read_html_text(text: str, output: Output) -> None:
    parser = _Words(output)
    for start in range(0, len(text), 65_536):
        output.check()
        parser.feed(text[start : start + 65_536])
    parser.close()


def read_mail(stream: IO[bytes], output: Output) -> None:
    """Subject, people, texts and names of attachments. Raises Enough where the mail goes on."""
    mail = email.message_from_binary_file(stream, policy=email.policy.default)
    for header in ("subject", "from", "to", "cc"):
        for value in mail.get_all(header, []):
            output.write(f"{value}\n")
    for part in mail.walk():
        output.check()
        name = part.get_filename()
        if name:
            output.write(f"{name}\n")
        elif part.get_content_maintype() == "text":
            text = _content(part)
            if part.get_content_subtype() == "html":
                read_html_text(text, output)
            else:
                output.write(f"{text}\n")


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # an encoding that does not exist
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
