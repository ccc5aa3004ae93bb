"""What a file is, by its content: names and types given by senders are often wrong and sometimes lies."""

from __future__ import annotations

import re
import zipfile
from typing import IO, Final

from deskbell.tickets.file_text.limits import ENTRIES, LOCKED, UNPACKED_BYTES, UNPACKS, CannotRead

PDF: Final = "pdf"
DOCX: Final = "docx"
PPTX: Final = "pptx"
XLSX: Final = "xlsx"
ODF: Final = "odf"
HTML: Final = "html"
MAIL: Final = "mail"
TEXT: Final = "text"
UNKNOWN: Final = "unknown"

HEAD = 16_384  # bytes looked at
MOST_CONTROLS = 0.1  # share of control characters in a text of a known encoding; NUL blocks occur in logs
MOST_CONTROLS_GUESSED = 0.005  # where every byte would be a character

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MAIL_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,60}?"
    rb"(?:from|received|return-path|mime-version|message-id|delivered-to):[^\n]*\n"
    rb"(?:[ \t][^\n]*\n)*[A-Za-z][A-Za-z0-9-]{1,60}:",
    re.IGNORECASE,
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body)[\s>])", re.IGNORECASE | re.DOTALL
)
# Text by its letters, but nothing anybody searches for.
_NO_PROSE = (b"{\\rtf", b"-----BEGIN ", b"%!PS", b"begin 6")
# Compressed text is no text; these begin like some.
_BINARY = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"BM", b"II*\x00", b"MM\x00*", b"\x7fELF", b"MZ", b"\x1f\x8b")


def format_of(stream: IO[bytes]) -> str:
    """One of the constants above; leaves the stream at its beginning. Raises CannotRead for what is locked."""
    head = stream.read(HEAD)
    stream.seek(0)
    if b"%PDF-" in head[:1024] and not _MAIL_HEADER.match(head):  # what precedes it may be anything
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _in_archive(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _in_compound_file(stream)
    if head.startswith((*_NO_PROSE, *_BINARY)) or not is_text(head):
        return UNKNOWN
    if _HTML.match(head):
        return HTML
    return MAIL if _MAIL_HEADER.match(head) else TEXT


def is_text(head: bytes) -> bool:
    """Whether these bytes begin a text in any encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\b\x1b")  # noqa: PLR2004
    try:
        head[: -4 if len(head) == HEAD else None].decode()  # the last character may be cut in two
    except UnicodeDecodeError:
        return controls <= len(head) * MOST_CONTROLS_GUESSED
    return controls <= len(head) * MOST_CONTROLS


def _in_archive(stream: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError):
        return UNKNOWN if b"word/" not in _start(stream) and b"xl/" not in _start(stream) else DOCX
    finally:
        stream.seek(0)
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "ppt/presentation.xml" in names:
        return PPTX
    return ODF if {"content.xml", "mimetype"} <= names else UNKNOWN


def _start(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read(HEAD)


def _in_compound_file(stream: IO[bytes]) -> str:
    """Old Office files, which we do not read, and new ones with a password, which nobody can."""
    content = stream.read()
    stream.seek(0)
    if _ENCRYPTED_PACKAGE in content:
        raise CannotRead(LOCKED)
    return UNKNOWN


def check_unpacked(archive: zipfile.ZipFile) -> None:
    """Raises CannotRead before anything is unpacked when the archive says it holds too much, or is locked."""
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise CannotRead(UNPACKS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise CannotRead(LOCKED)
