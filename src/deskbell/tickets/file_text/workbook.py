"""Text of an XLSX workbook: names of sheets and what stands in their cells, numbers and dates included."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from deskbell.tickets.file_text.formats import check_unpacked
from deskbell.tickets.file_text.limits import DAMAGED, SHEETS, CannotRead, Enough, Output


def read(stream: IO[bytes], output: Output) -> None:
    """Raises CannotRead, and Enough where the workbook goes on."""
    try:
        with zipfile.ZipFile(stream) as archive:
            check_unpacked(archive)
        stream.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which are of no interest
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            _read_sheets(book, output)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, EOFError, OSError):
        raise CannotRead(DAMAGED) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        raise CannotRead(DAMAGED) from None  # openpyxl has no error of its own for wrong contents


def _read_sheets(book: Any, output: Output) -> None:
    for number, sheet in enumerate(book.worksheets):
        if number >= SHEETS:
            raise Enough
        output.write(f"{sheet.title}\n")
        sheet.reset_dimensions()  # what a file says of its own size may be a billion cells
        for row in sheet.iter_rows(values_only=True):
            output.check()
            line = _line(row)
            if line:
                output.write(line)
        output.flush()


def _line(row: Iterable[Any]) -> str:
    cells = [_shown(value) for value in row if value is not None]
    return "\t".join(cells) + "\n" if cells else ""


def _shown(value: Any) -> str:
    """As people write it: 42 and not 42.0, a date without midnight."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
