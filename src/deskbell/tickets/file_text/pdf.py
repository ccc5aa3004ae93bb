"""Text of a PDF, page by page, and what was filled into its form."""

from __future__ import annotations

from typing import IO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from deskbell.tickets.file_text.limits import DAMAGED, LOCKED, PAGES, CannotRead, Enough, Output


def read(stream: IO[bytes], output: Output) -> None:
    """Raises CannotRead, and Enough where the document goes on."""
    reader = PdfReader(stream, strict=False)
    # Most encrypted documents only forbid printing; they open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead(LOCKED)
    try:
        _read_pages(reader, output)
    except (FileNotDecryptedError, DependencyError):
        raise CannotRead(LOCKED) from None


def _read_pages(reader: PdfReader, output: Output) -> None:
    read_pages = 0
    broken = 0
    for number, page in enumerate(reader.pages):
        if number >= PAGES:
            raise Enough
        output.check()
        try:
            text = page.extract_text()
        except (FileNotDecryptedError, DependencyError, Enough):
            raise
        except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
            broken += 1  # one bad page says nothing about the next
            continue
        read_pages += 1
        output.write(text + "\n")
        output.flush()
    if broken and not read_pages:
        raise CannotRead(DAMAGED)
    _read_form(reader, output)


def _read_form(reader: PdfReader, output: Output) -> None:
    try:
        filled = reader.get_form_text_fields()
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return  # the pages were read; a form without its order is no loss worth a word
    for value in filled.values():
        if value:
            output.write(f"{value}\n")
