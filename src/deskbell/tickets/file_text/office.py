"""Text of Word documents, presentations and OpenDocument files: XML read as a stream, never as a tree."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from deskbell.tickets.file_text.formats import DOCX, ODF, PPTX, check_unpacked
from deskbell.tickets.file_text.limits import DAMAGED, CannotRead, Output

CHUNK = 65_536  # bytes

# Which files of the archive hold text, in the order of reading; which elements; after which a line ends.
_FILES = {
    DOCX: (r"word/document\d*\.xml", r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml"),
    PPTX: (r"ppt/slides/slide\d+\.xml", r"ppt/notesSlides/notesSlide\d+\.xml"),
    ODF: (r"content\.xml", r"styles\.xml"),
}
_TEXT = {DOCX: {"t"}, PPTX: {"t"}, ODF: {"p", "h"}}
_BREAKS = {"p", "h", "br", "cr", "tab", "line-break", "s", "tc", "table-cell"}


def reader_of(kind: str) -> Callable[[IO[bytes], Output], None]:
    """The reader for DOCX, PPTX or ODF."""

    def read(stream: IO[bytes], output: Output) -> None:
        """Raises CannotRead, and Enough where the document goes on."""
        try:
            with zipfile.ZipFile(stream) as archive:
                check_unpacked(archive)
                for pattern in _FILES[kind]:
                    for name in sorted(archive.namelist(), key=_by_number):
                        if re.fullmatch(pattern, name):
                            _read_xml(archive, name, _TEXT[kind], output)
        except (zipfile.BadZipFile, expat.ExpatError, EOFError, OSError, NotImplementedError):
            raise CannotRead(DAMAGED) from None

    return read


def _by_number(name: str) -> tuple[str, int]:
    """Slide 10 comes after slide 9."""
    found = re.search(r"(\d+)\.xml$", name)
    return (name[: found.start()], int(found[1])) if found else (name, 0)


def _read_xml(archive: zipfile.ZipFile, name: str, text_elements: set[str], output: Output) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0  # of elements that hold text

    def start(element: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += element.rpartition(" ")[2] in text_elements

    def end(element: str) -> None:
        nonlocal depth
        local = element.rpartition(" ")[2]
        depth -= local in text_elements
        if local in _BREAKS:
            output.write("\n")

    def characters(text: str) -> None:
        if depth:
            output.write(text)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    with archive.open(name) as file:
        while chunk := file.read(CHUNK):
            output.check()
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
