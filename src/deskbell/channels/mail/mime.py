"""The part tree of a message, read from bytes in one pass over its lines.

Why not the standard library's parser: it raises or loses text on a share of real mail (unknown transfer
encodings, raw 8-bit headers, part headers cut off by a boundary, reused boundaries) and costs quadratic time
on some hostile input. This one follows RFC 2046 and, where a message does not, keeps everything a person
might want to read: a missing closing boundary, an outer boundary inside an unfinished inner part, and a
multipart without any boundary all leave their text in place. Bounded: `MAX_PARTS`, `MAX_DEPTH`.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field

from deskbell.channels.mail.charsets import decode
from deskbell.channels.mail.headers import Parametrised, decode_base64, decode_header, parse_parametrised

MAX_PARTS = 1000
MAX_DEPTH = 30
MAX_HEADERS = 5000
MAX_HEADER_BYTES = 128 * 1024

_FIELD = re.compile(rb"^([!-9;-~]{1,200})[ \t]*:")
# Without "^", which would be tried at every byte: this way the search for "\n--" runs at the speed of memory.
_DELIMITER_LINE = re.compile(rb"\n(--[^\r\n]*)")
_FIRST_LINE = re.compile(rb"(--[^\r\n]*)")
_BOUNDARY_IN_VALUE = re.compile(rb"boundary\s*=\s*(?:\"([^\"]{1,300})\"|([^\s;\"]{1,300}))", re.IGNORECASE)
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_BASE64_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"
# A run is tried once, from its beginning and as a whole: a megabyte of spaces took hours otherwise.
_QP_SPACE = re.compile(rb"(?<![ \t])[ \t]++(?=\r?\n)")
_FOLD = re.compile(rb"(?<![\r\n])[\r\n]++(?=[ \t]|$)")
_TYPE = re.compile(r"^[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,150}$")


@dataclass(frozen=True, slots=True)
class Header:
    """One header field: name as written, value as received (unfolded bytes) and as text."""

    name: str
    raw: bytes
    value: str


@dataclass(slots=True)
class Part:
    """A node of the tree. A leaf has `body` (still transfer-encoded); a multipart has `children`."""

    headers: tuple[Header, ...]
    content_type: str
    parameters: dict[str, str]
    body: bytes = b""
    children: list[Part] = field(default_factory=list)
    disposition: str = ""
    filename: str = ""
    declared_type: bool = True

    @property
    def is_multipart(self) -> bool:
        return bool(self.children)

    def header(self, name: str) -> str:
        """Text of the first field called `name`, or an empty string."""
        wanted = name.lower()
        return next((h.value for h in self.headers if h.name.lower() == wanted), "")

    def raw_header(self, name: str) -> bytes:
        wanted = name.lower()
        return next((h.raw for h in self.headers if h.name.lower() == wanted), b"")

    @property
    def content_id(self) -> str:
        return self.header("content-id").strip().strip("<>").strip()

    def content(self) -> bytes:
        """The bytes after undoing the transfer encoding, as far as it can be undone."""
        return undo_transfer_encoding(self.body, self.header("content-transfer-encoding"))

    def text(self) -> str:
        r"""The content as text with `\\n` line ends."""
        data = self.content()
        label = self.parameters.get("charset")
        if not label and self.content_type == "text/html":
            label = _html_charset(data)
        text = decode(data, label)
        return text.replace("\r\n", "\n")

    def leaves(self) -> list[Part]:
        """All leaves below (or this one), in order."""
        out: list[Part] = []
        todo = [self]
        while todo:
            part = todo.pop()
            if part.children:
                todo.extend(reversed(part.children))
            else:
                out.append(part)
        return out


def undo_transfer_encoding(body: bytes, encoding: str) -> bytes:
    """`body` decoded; an unknown or broken encoding gives the bytes as they are. RFC 2045 section 6."""
    words = encoding.split(";", maxsplit=1)[0].split()
    name = words[-1].lower() if words else ""
    if name in {"base64", "x-base64"}:
        return body if _is_not_base64(body) else decode_base64(body)
    if name in {"quoted-printable", "quotedprintable", "qp"}:
        try:
            return binascii.a2b_qp(_QP_SPACE.sub(b"", body))
        except (binascii.Error, ValueError):
            return body
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        return _decode_uu(body)
    return body


def _is_not_base64(body: bytes) -> bool:
    """Whether a body labelled base64 never was: then its bytes say more than what decoding makes of them."""
    sample = body[:4096].translate(None, b" \t\r\n")
    foreign = len(sample.translate(None, _BASE64_ALPHABET))
    return b"=" not in body[-200:] and foreign * 20 > len(sample)


def _decode_uu(body: bytes) -> bytes:
    begin = _UU_BEGIN.search(body)
    if not begin:
        return body
    out = bytearray()
    for line in body[begin.end() :].splitlines():
        if line.strip() in {b"end", b"`"}:
            break
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            # Some writers pad a line wrongly: the length byte says how much of it counts.
            count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                out += binascii.a2b_uu(line[:count])
            except binascii.Error:
                continue
    return bytes(out)


def _html_charset(data: bytes) -> str | None:
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", data[:4096], re.IGNORECASE)
    return match[1].decode("ascii") if match else None


class TreeReader:
    """Reads one message. `defects` says what was wrong, in words for the trace."""

    def __init__(self, data: bytes) -> None:
        if b"\r" in data and b"\n" not in data:
            data = data.replace(b"\r", b"\n")
        self.data = data
        self.defects: list[str] = []
        found = [m for m in (_FIRST_LINE.match(data), *_DELIMITER_LINE.finditer(data)) if m]
        self._lines = [(m.start(1), m.end(1), m[1]) for m in found]
        self._line = 0  # the first delimiter-like line not before the current position
        self._open: list[bytes] = []
        self._parts = 0

    def read(self) -> Part:
        start = self._skip_envelope_line()
        part, _, _ = self._read_part(start, 0, "text/plain")
        return part

    def defect(self, text: str) -> None:
        if text not in self.defects and len(self.defects) < 50:  # noqa: PLR2004
            self.defects.append(text)

    def _skip_envelope_line(self) -> int:
        """An mbox "From " line and blank lines before the header are not part of the message."""
        match = re.match(rb"(?:[ \t]*\r?\n)*(?:>?From [^\r\n]*\r?\n)?", self.data)
        return match.end() if match else 0

    def _read_part(self, start: int, depth: int, default_type: str) -> tuple[Part, int, int]:
        """Read the part that starts at `start`.

        Returns it, the position in `self._lines` of the delimiter that ended it (or past the end), and the
        level of the boundary that delimiter belongs to (-1: the message ended).
        """
        self._parts += 1
        fields, body_start = self._read_headers(start)
        part = self._make_part(fields, default_type)
        if part.content_type.startswith("multipart/") and depth < MAX_DEPTH and self._parts < MAX_PARTS:
            boundary = self._boundary_of(part, body_start)
            if boundary:
                return self._read_multipart(part, boundary, body_start, depth)
        if part.content_type.startswith("multipart/"):
            self.defect("a multipart without its boundary is shown as text")
            part.content_type = "text/plain"
        end, line, level = self._end_of_body(body_start)
        part.body = self.data[body_start:end]
        return part, line, level

    def _read_multipart(self, part: Part, boundary: bytes, start: int, depth: int) -> tuple[Part, int, int]:
        self._open.append(boundary)
        level = len(self._open) - 1
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        _, line, found = self._end_of_body(start)  # the preamble
        while found == level and not self._closes(line, boundary):
            if self._parts >= MAX_PARTS:
                self.defect(f"more than {MAX_PARTS} parts: the rest is kept in the raw message only")
                break
            child_start = self._after_line(line)
            self._line = line + 1
            if child_start >= len(self.data):
                line, found = len(self._lines), -1
                break
            child, line, found = self._read_part(child_start, depth + 1, default)
            part.children.append(child)
        self._open.pop()
        if found != level:
            self.defect("a multipart ends without its closing boundary")
            return self._finished(part), line, found
        # The epilogue, up to a boundary of an outer multipart.
        self._line = line + 1
        _, line, found = self._end_of_body(self._after_line(line))
        return self._finished(part), line, found

    @staticmethod
    def _finished(part: Part) -> Part:
        if not part.children:
            part.content_type, part.parameters = "text/plain", {}
        return part

    def _after_line(self, line: int) -> int:
        end = self._lines[line][1]
        if self.data[end : end + 2] == b"\r\n":
            return end + 2
        return min(end + 1, len(self.data))

    def _closes(self, line: int, boundary: bytes) -> bool:
        return self._lines[line][2].rstrip(b" \t")[2 + len(boundary) :] == b"--"

    def _level_of(self, text: bytes) -> int:
        """The innermost open multipart this delimiter-like line belongs to, or -1."""
        stripped = text.rstrip(b" \t")
        for level in range(len(self._open) - 1, -1, -1):
            boundary = self._open[level]
            if stripped.startswith(boundary, 2) and stripped[2 + len(boundary) :] in {b"", b"--"}:
                return level
        return -1

    def _end_of_body(self, start: int) -> tuple[int, int, int]:
        """Where the body that starts at `start` ends, and the delimiter line and level that end it."""
        if self._open:
            for line in range(self._line, len(self._lines)):
                at, _, text = self._lines[line]
                if at < start:
                    continue
                level = self._level_of(text)
                if level >= 0:
                    self._line = line
                    end = at
                    if end > start and self.data[end - 1 : end] == b"\n":
                        end -= 1
                        if end > start and self.data[end - 1 : end] == b"\r":
                            end -= 1
                    return end, line, level
        self._line = len(self._lines)
        return len(self.data), len(self._lines), -1

    def _boundary_of(self, part: Part, body_start: int) -> bytes:
        """The boundary a multipart really uses: as declared, as found in its broken header, or as seen."""
        declared = part.parameters.get("boundary", "").rstrip()
        candidates = [declared.encode("latin-1", "ignore"), declared.encode()]
        match = _BOUNDARY_IN_VALUE.search(part.raw_header("content-type"))
        if match:
            candidates.append(match[1] or match[2])
        following = [
            text.rstrip(b" \t") for at, _, text in self._lines[self._line : self._line + 2000] if at >= body_start
        ]
        seen = set(following)
        for candidate in candidates:
            if candidate and (b"--" + candidate in seen or any(t.startswith(b"--" + candidate) for t in seen)):
                return candidate
        guess = self._guess_boundary(following)
        if guess:
            self.defect("the boundary of a multipart was guessed")
        return guess

    def _guess_boundary(self, following: list[bytes]) -> bytes:
        seen = set(following)
        for text in following:
            candidate = text[2:]
            if len(candidate) > 5 and text + b"--" in seen and self._level_of(text) < 0:  # noqa: PLR2004
                return candidate
        return b""

    def _read_headers(self, start: int) -> tuple[list[tuple[bytes, bytes]], int]:
        """The fields from `start` on (name, folded value) and where the body begins."""
        fields: list[tuple[bytes, bytes]] = []
        position, size = start, len(self.data)
        while position < size:
            newline = self.data.find(b"\n", position)
            end = size if newline < 0 else newline + 1
            line = self.data[position:end]
            if line.strip(b"\r\n") == b"":
                return fields, end
            if line.startswith(b"--") and self._level_of(line.rstrip(b"\r\n")) >= 0:
                return fields, position
            match = _FIELD.match(line)
            if line[:1] in b" \t" and fields:
                if line.strip() == b"" and self._looks_like_body(end):
                    return fields, end
                if len(fields[-1][1]) < MAX_HEADER_BYTES:
                    fields[-1] = (fields[-1][0], fields[-1][1] + line)
            elif match and len(fields) < MAX_HEADERS:
                fields.append((match[1], line[match.end() :]))
            elif not match and not self._junk_among_headers(fields, end):
                if fields:
                    self.defect("a header block without its blank line")
                return fields, position
            else:
                self.defect("a line in a header block is no header")
            position = end
        return fields, position

    def _looks_like_body(self, position: int) -> bool:
        """Whether a line of spaces was meant as the blank line: what follows is no header."""
        following = self.data[position : position + 300]
        return not (_FIELD.match(following) or following[:1] in b" \t")

    def _junk_among_headers(self, fields: list[tuple[bytes, bytes]], after: int) -> bool:
        """Whether a line that is no header stands between headers, so that reading on is right."""
        return bool(fields) and bool(_FIELD.match(self.data[after : after + 300]))

    def _make_part(self, fields: list[tuple[bytes, bytes]], default_type: str) -> Part:
        headers = tuple(_header(name, value) for name, value in fields)
        # Content-Type given twice: the last one counts, as for JMAP (RFC 8621 section 4.1.3).
        typed = _last(headers, "content-type")
        content = parse_parametrised(typed) if typed is not None else Parametrised()
        disposition = parse_parametrised(_last(headers, "content-disposition") or b"")
        kind = content.value if _TYPE.match(content.value) else ""
        if typed is not None and not kind:
            if content.value.startswith("text") or not content.value:
                kind = "text/plain"
            elif content.value.startswith("multipart"):
                kind = "multipart/mixed"
            else:
                kind = "application/octet-stream"
            if content.value:
                self.defect("a Content-Type that is none")
        return Part(
            headers=headers,
            content_type=kind or default_type,
            parameters=content.parameters,
            disposition=disposition.value,
            filename=disposition.parameters.get("filename") or content.parameters.get("name") or "",
            declared_type=bool(content.value),
        )


def _last(headers: tuple[Header, ...], name: str) -> bytes | None:
    return next((h.raw for h in reversed(headers) if h.name.lower() == name), None)


def _header(name: bytes, value: bytes) -> Header:
    raw = _FOLD.sub(b"", value[:MAX_HEADER_BYTES]).strip(b" \t\r\n")
    return Header(name.decode("ascii"), raw, decode_header(raw))


def read_tree(data: bytes) -> tuple[Part, list[str]]:
    """The part tree of a message and what was wrong with it. Never raises on any bytes."""
    reader = TreeReader(data)
    return reader.read(), reader.defects
