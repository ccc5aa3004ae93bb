"""Plain text in whatever encoding: logs, tables, notes, source text."""

from __future__ import annotations

import codecs
from typing import IO

import chardet

from deskbell.tickets.file_text.limits import Output

CHUNK = 65_536  # bytes
GUESSED_FROM = 65_536  # bytes
FALLBACK = "windows-1252"  # in which nearly every byte means something

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(stream: IO[bytes], output: Output) -> None:
    """Raises Enough where the text goes on."""
    decode = codecs.getincrementaldecoder(encoding_of(stream))("replace").decode
    while chunk := stream.read(CHUNK):
        output.write(decode(chunk))
    output.write(decode(b"", True))


def encoding_of(stream: IO[bytes]) -> str:
    """Leaves the stream at its beginning."""
    head = stream.read(GUESSED_FROM)
    stream.seek(0)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    try:
        head[: -4 if len(head) == GUESSED_FROM else None].decode()
    except UnicodeDecodeError:
        found = str(chardet.detect(head)["encoding"] or FALLBACK)
        try:
            codecs.lookup(found)
        except LookupError:
            return FALLBACK
        return found
    return "utf-8"
