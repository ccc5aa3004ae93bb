"""The process that reads one file: `python -m deskbell.tickets.file_text.child`, limits in its argument.

The file is its standard input; it answers with lines of JSON: {"text": …} as it goes on, {"end": …} at last. It gives
up everything it will not need before it looks at the first byte: memory, processor time, files, further processes.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import IO

from deskbell.tickets.file_text import formats, limits
from deskbell.tickets.file_text.limits import CannotRead, Enough, Limits, Output

Reader = Callable[[IO[bytes], Output], None]

MOST_OPEN = 64  # files
BYTES_PER_CHARACTER = 8  # of the answer, generously


def main() -> None:
    wanted = Limits.from_arguments(json.loads(sys.argv[1]))
    _give_up_rights(wanted)
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)  # a library that prints must not answer for us

    def send(text: str) -> None:
        answer.write(json.dumps({"text": text.encode("utf-8", "ignore").decode()}, ensure_ascii=False) + "\n")
        answer.flush()

    with os.fdopen(0, "rb") as stream:
        ended = _read(stream, Output(send, wanted))
    answer.write(json.dumps(ended) + "\n")
    answer.flush()
    os._exit(0)  # what a hostile file left behind is not tidied up


def _give_up_rights(wanted: Limits) -> None:
    def limit(what: int, value: int) -> None:
        _soft, hard = resource.getrlimit(what)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (least, least))

    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_NPROC, 0)
    limit(resource.RLIMIT_NOFILE, MOST_OPEN)
    limit(resource.RLIMIT_FSIZE, wanted.characters * BYTES_PER_CHARACTER + 65_536)
    limit(resource.RLIMIT_CPU, wanted.seconds)
    limit(resource.RLIMIT_AS, limits.MEMORY_BYTES)
    signal.alarm(wanted.seconds * 3 + 1)  # should nobody be left to end us
    os.nice(10)


def _read(stream: IO[bytes], output: Output) -> dict[str, object]:
    """How it ended: {"end": "done" or a word of `limits`, "partial": whether the file goes on}."""
    problem, partial = "", False
    try:
        _reader(formats.format_of(stream))(stream, output)
    except Enough:
        partial = True
    except CannotRead as error:
        problem = error.problem
    except MemoryError:
        problem = limits.MEMORY
    except Exception:  # noqa: BLE001  (whatever a parser makes of a broken file is the same to its reader)
        problem = limits.DAMAGED
    try:
        output.flush()
    except Enough:
        partial = True
    if output.is_empty:
        return {"end": problem or (limits.SLOW if output.is_late else limits.EMPTY), "partial": False}
    return {"end": "done", "partial": partial or bool(problem)}


def _reader(kind: str) -> Reader:
    """Loads only the library that is needed: most of the cost of a small file."""
    if kind == formats.PDF:
        from deskbell.tickets.file_text import pdf

        return pdf.read
    if kind == formats.XLSX:
        from deskbell.tickets.file_text import workbook

        return workbook.read
    if kind in {formats.DOCX, formats.PPTX, formats.ODF}:
        from deskbell.tickets.file_text import office

        return office.reader_of(kind)
    if kind in {formats.HTML, formats.MAIL}:
        from deskbell.tickets.file_text import markup

        return markup.read_html if kind == formats.HTML else markup.read_mail
    if kind == formats.TEXT:
        from deskbell.tickets.file_text import plain

        return plain.read
    raise CannotRead(limits.UNSUPPORTED)


if __name__ == "__main__":
    main()
