"""Header values of mail as it is: raw 8-bit, broken RFC 2047 words, RFC 2231 parameters, dates.

Values come in as unfolded bytes. Nothing here raises on any input.
"""

from __future__ import annotations

import binascii
import datetime as dt
import re
from dataclasses import dataclass, field
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from deskbell.channels.mail.charsets import decode, storable

# The payload ends where another word begins, so that a row of words without an end is read once and not once each.
ENCODED_WORD = re.compile(rb"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?((?:(?!=\?[^=])[^\r\n])*?)\?=")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Q_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")
_MESSAGE_ID = re.compile(r"<\s*([^<>\s]{1,900})\s*>")
_BARE_ID = re.compile(r"[^\s<>,;\"()]{1,450}@[^\s<>,;\"()]{1,450}")
_PARAM_NAME = re.compile(r"^([^*]+)(?:\*(\d{1,4}))?(\*)?$")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
MAX_PARAMETERS = 200


def decode_base64(data: bytes) -> bytes:
    """Base64 decoded as far as it goes: foreign characters, missing padding and joined blocks are tolerated."""
    clean = data.translate(_URL_SAFE, _NOT_BASE64).rstrip(b"=")
    blocks = clean.split(b"=") if b"=" in clean else [clean]
    return b"".join(map(_decode_block, blocks))


def _decode_block(block: bytes) -> bytes:
    if len(block) % 4 == 1:
        block = block[:-1]
    try:
        return binascii.a2b_base64(block + b"=" * (-len(block) % 4)) if block else b""
    except binascii.Error:
        return b""


def decode_header(raw: bytes) -> str:
    """Readable text of a header value: RFC 2047 words decoded, the rest guessed, white space collapsed."""
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None  # charset and bytes of words not yet decoded
    position = 0
    for match in ENCODED_WORD.finditer(raw):
        between = raw[position : match.start()]
        charset = match[1].decode("ascii", "replace")
        payload = _decode_word(match[2], match[3])
        if pending and between.strip() == b"" and pending[0].lower() == charset.lower():
            # White space between words is not text, and a character may be cut in two between them.
            pending = (charset, pending[1] + payload)
        else:
            if pending:
                pieces.append(decode(pending[1], pending[0]))
                if between.strip() == b"":
                    between = b""
            pieces.append(decode(between))
            pending = (charset, payload)
        position = match.end()
    if pending:
        pieces.append(decode(pending[1], pending[0]))
    pieces.append(decode(raw[position:]))
    return _SPACE.sub(" ", _CONTROL.sub(" ", "".join(pieces))).strip()


def _decode_word(encoding: bytes, payload: bytes) -> bytes:
    if encoding in b"bB":
        return decode_base64(payload)
    return _Q_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), payload.replace(b"_", b" "))


@dataclass(frozen=True, slots=True)
class Parametrised:
    """A value with parameters, as in Content-Type and Content-Disposition; value and names in lower case."""

    value: str = ""
    parameters: dict[str, str] = field(default_factory=dict)


def parse_parametrised(raw: bytes) -> Parametrised:
    """`value; name=value; name*0*=...` with RFC 2231, RFC 2047 in quotes, raw 8-bit and missing semicolons."""
    segments = _split_parameters(raw.decode("latin-1"))
    value = segments[0].strip().lower() if segments else ""
    if " " in value or "\t" in value or "=" in value:
        # "multipart/mixed boundary=..." without the semicolon, or a parameter where the value should stand.
        first, _, rest = value.partition(" ") if " " in value else value.partition("\t")
        original = segments[0].strip()
        if "=" in first:
            segments.insert(1, original)
            value = ""
        else:
            if "=" in rest:
                segments.insert(1, original[len(first) :])
            value = first
    return Parametrised(storable(value), _collect(segments[1 : MAX_PARAMETERS + 1]))


def _split_parameters(text: str) -> list[str]:
    """Split on semicolons that stand neither in quotes nor in comments."""
    segments, current, quoted, depth, position = [], [], False, 0, 0
    while position < len(text):
        char = text[position]
        if char == "\\" and (quoted or depth) and position + 1 < len(text):
            if not depth:
                current.append(text[position : position + 2])
            position += 2
            continue
        if char == '"' and not depth:
            quoted = not quoted
        if not quoted and char == "(" and (depth or not "".join(current[-1:]).strip(" \t\r\n;")):
            depth += 1
        elif depth and char == ")":
            depth -= 1
            position += 1
            continue
        if depth:
            position += 1
            continue
        if char == ";" and not quoted:
            segments.append("".join(current))
            current = []
        else:
            current.append(char)
        position += 1
    segments.append("".join(current))
    return segments


def _collect(segments: list[str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for segment in segments:
        name, separator, value = segment.partition("=")
        name = name.strip().lower()
        if not separator or not name:
            continue
        value = _unquote(value)
        match = _PARAM_NAME.match(name)
        if match and (match[2] is not None or match[3]):
            pieces.setdefault(match[1].strip(), []).append((int(match[2] or 0), bool(match[3]), value))
        else:
            plain.setdefault(name, decode_header(value.encode("latin-1", "replace")))
    for name, parts in pieces.items():
        plain[name] = _join_rfc2231(sorted(parts, key=lambda part: part[0]))
    return plain


def _join_rfc2231(parts: list[tuple[int, bool, str]]) -> str:
    charset: str | None = None
    data = bytearray()
    for index, (_, extended, value) in enumerate(parts):
        text = value
        if extended:
            if index == 0 and text.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
                charset, _, text = text.split("'", 2)
            data += unquote_to_bytes(text.encode("latin-1", "replace"))
        else:
            data += text.encode("latin-1", "replace")
    text = decode(bytes(data), charset)
    if charset is None and "=?" in text:
        text = decode_header(bytes(data))
    return _CONTROL.sub("", text).strip()


def _unquote(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        end = 1
        out = []
        while end < len(value) and value[end] != '"':
            if value[end] == "\\" and end + 1 < len(value):
                end += 1
            out.append(value[end])
            end += 1
        # A stray quote inside ("a" b.pdf") must not cost the rest of a file name.
        return re.sub(r"[\r\n]+", "", "".join(out))
    return value.split(" boundary=")[0] if " boundary=" in value else value


def parse_date(text: str) -> dt.datetime | None:
    """The time of a Date header with its offset (UTC where none is given); None where it cannot be read."""
    try:
        fields = parsedate_tz(text)
        if fields is None:
            return None
        offset = fields[9] or 0
        if abs(offset) >= 24 * 3600:
            offset = 0
        zone = dt.timezone(dt.timedelta(seconds=offset)) if offset else dt.UTC
        second = min(fields[5], 59)  # a leap second
        return dt.datetime(fields[0], fields[1], fields[2], fields[3], fields[4], second, tzinfo=zone)
    except Exception:  # noqa: BLE001 - the standard parser fails in many ways on hostile dates
        return None


def message_ids(text: str) -> tuple[str, ...]:
    """Message-IDs of a Message-ID, In-Reply-To or References value, without angle brackets, in order, once each."""
    found = _MESSAGE_ID.findall(text)
    if not found:
        found = _BARE_ID.findall(text)
    return tuple(dict.fromkeys(found))
