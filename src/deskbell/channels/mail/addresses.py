"""Mail addresses out of header values, whatever their writers thought of RFC 5322."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskbell.channels.mail.charsets import storable
from deskbell.channels.mail.headers import ENCODED_WORD, decode_header

MAX_ADDRESSES = 2000
_LONGEST_ADDRESS = 320
_ROUTE = re.compile(r"^@[^:]*:")
_QUOTED_LOCAL = re.compile(r"\"[^\"]*\"@\S+")
_AROUND = re.compile(r"(?<!\s)\s*+([@.])\s*+")
_TOKEN = re.compile(r"[^\s,;:<>\"()\[\]]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """A display name (may be empty) and an address; the address is empty where the header gave none."""

    name: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """The address as compared: lower case."""
        return self.address.lower()

    @property
    def domain(self) -> str:
        return self.key.rpartition("@")[2] if "@" in self.address else ""


class _Collector:
    """Gathers the tokens of one mailbox until its separator."""

    def __init__(self) -> None:
        self.done: list[Address] = []
        self.words: list[str] = []
        self.has_at = False
        self.comments: list[str] = []
        self.angle: str | None = None
        self.last_close: dict[str, int] | None = None

    def finish(self) -> None:
        text = "".join(self.words).strip()
        name, address = text, self.angle
        if address is None:
            bare = _AROUND.sub(r"\1", text) if "@" in text else text
            if "@" in bare:
                candidates = _QUOTED_LOCAL.findall(bare) or [word for word in bare.split() if "@" in word]
                address = candidates[-1] if candidates else bare
                name = bare.replace(address, " ").strip()
            else:
                address = ""
        if not name and self.comments:
            name = self.comments[-1]
        if (text or self.angle is not None) and len(self.done) < MAX_ADDRESSES:
            self.done.append(Address(_readable(name), _clean_address(address)))
        self.words, self.comments, self.angle, self.has_at = [], [], None, False

    def closes(self, text: str, position: int) -> bool:
        """Whether the quotes, comment or bracket opened at `position` is closed anywhere."""
        if self.last_close is None:
            self.last_close = {'"': text.rfind('"'), "(": text.rfind(")"), "<": text.rfind(">")}
        return self.last_close[text[position]] > position

    def add(self, word: str) -> None:
        self.words.append(word)
        self.has_at = self.has_at or "@" in word

    def start_group(self) -> None:
        self.words, self.comments, self.has_at = [], [], False


def parse_addresses(raw: bytes) -> tuple[Address, ...]:
    """All mailboxes of a header value in order; groups are flattened. Never raises."""
    words: list[bytes] = []

    def shelve(match: re.Match[bytes]) -> bytes:
        words.append(match[0])
        return b"\x01%d\x02" % (len(words) - 1)  # an encoded word may hold commas and brackets

    text = ENCODED_WORD.sub(shelve, raw.replace(b"\x01", b"").replace(b"\x02", b"")).decode("latin-1")
    collector = _Collector()
    position = 0
    while position < len(text):
        position = _step(text, position, collector)
    collector.finish()
    return tuple(Address(_unshelve(item.name, words), _unshelve(item.address, words)) for item in collector.done)


def _step(text: str, position: int, collector: _Collector) -> int:  # noqa: PLR0911 - one for each kind of token
    """Take one token into `collector`; returns the position after it."""
    char = text[position]
    if char in '"(' and not collector.closes(text, position):
        return position + 1  # opened and never closed: the rest still counts
    if char == '"':
        quoted, position = _until(text, position + 1, '"')
        # A quoted local part keeps its quotes: "john doe"@example.org is one address.
        is_local_part = text[position : position + 1] == "@"
        collector.add(f'"{quoted}"' if is_local_part else quoted.replace("@", "\x03"))
        return position
    if char == "(":
        comment, position = _until(text, position + 1, ")")
        collector.comments.append(comment)
        return position
    if char == "<":
        end = text.find(">", position) if collector.closes(text, position) else text.find(",", position)
        if end < 0:
            end = len(text)
        inner = text[position + 1 : end].strip("<> \t")
        if collector.angle is None or "@" not in collector.angle:
            collector.angle = inner
        return end + 1 if text[end : end + 1] == ">" else end
    if char in ",;":
        collector.finish()
        return position + 1
    if char == ":" and collector.angle is None and not collector.has_at:
        collector.start_group()
        return position + 1
    token = _TOKEN.match(text, position)
    assert token is not None
    collector.add(token[0])
    return token.end()


def _until(text: str, position: int, close: str) -> tuple[str, int]:
    """Text up to `close`, with quoted pairs resolved, and the position after it (or the end)."""
    out = []
    while position < len(text) and text[position] != close:
        if text[position] == "\\" and position + 1 < len(text):
            position += 1
        out.append(text[position])
        position += 1
    return "".join(out), position + 1


def _readable(name: str) -> str:
    return name.replace("\x03", "@").strip().strip("'").strip()


def _clean_address(address: str) -> str:
    address = _ROUTE.sub("", address.replace("\x03", "@").strip())
    if address.lower().startswith("mailto:"):
        address = address[7:]
    if not address.startswith('"'):
        address = re.sub(r"\s+", "", address)
    return address.strip("<>,;'").rstrip(".")[:_LONGEST_ADDRESS]


def _unshelve(text: str, words: list[bytes]) -> str:
    raw = text.encode("latin-1", "replace")

    def back(match: re.Match[bytes]) -> bytes:
        index = int(match[1])
        return words[index] if index < len(words) else b""

    restored = re.sub(rb"\x01(\d{1,7})\x02", back, raw)
    return storable(decode_header(restored))
