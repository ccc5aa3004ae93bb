"""Reading a file in a process of its own, which may fail, hang or burst without anybody noticing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from deskbell.tickets.file_text.limits import DAMAGED, MEMORY, SLOW, Limits

COMMAND = (sys.executable, "-P", "-m", "deskbell.tickets.file_text.child")
PATIENCE = 3  # on the wall, for each second of processor time
_ENDED_FOR_TIME = {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM}


@dataclass(frozen=True, slots=True)
class Found:
    """problem: empty, or a word of `limits`. is_partial: the file goes on where its text ends."""

    text: str = ""
    problem: str = ""
    is_partial: bool = False


def text_of(content: IO[bytes], wanted: Limits) -> Found:
    """The text of a file, in at most PATIENCE times `wanted.seconds`. Raises OSError when its bytes cannot be had."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        shutil.copyfileobj(content, given)  # from the bucket, or away from a file the child could write to
        given.seek(0)
        code = _run(given, answer, wanted)
        answer.seek(0)
        return _understood(answer, code)


def _run(given: IO[bytes], answer: IO[bytes], wanted: Limits) -> int:
    """The exit code. The child sees neither our settings nor their secrets."""
    try:
        return subprocess.run(  # noqa: S603  our own program
            [*COMMAND, json.dumps(wanted.as_arguments())],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "PYTHONDONTWRITEBYTECODE": "1",
                "LC_ALL": "C.UTF-8",
            },
            cwd="/",
            timeout=wanted.seconds * PATIENCE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL


def _understood(answer: Iterable[bytes], code: int) -> Found:
    pieces: list[str] = []
    end: dict[str, object] = {}
    for line in answer:
        try:
            said = json.loads(line)
        except ValueError:
            break  # cut off in the middle of a line
        if "text" in said:
            pieces.append(str(said["text"]))
        else:
            end = said
    text = " ".join(pieces)
    if end:
        how = str(end["end"])
        return Found(text, "" if how == "done" else how, bool(end["partial"]))
    if text:
        return Found(text, is_partial=True)
    if code in _ENDED_FOR_TIME:
        return Found(problem=SLOW)
    return Found(problem=MEMORY if code == 1 else DAMAGED)
