"""A second process that plays half of the plan: two cores, half the time.

Spoken over its standard input and output, one line each: we say "window 7", it answers "played 7"; we say
"commit", it answers "committed". It ends by itself, undoing everything, when its input closes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from django.conf import settings

from deskbell.demo.events import Begun

SECONDS_TO_END = 10


class CompanionFailed(RuntimeError):
    """The second process ended early; nothing of the plan was kept."""


class Companion:
    """The second process, started at once: it imports and plans while this one sets up the organisation."""

    def __init__(self, begun: Begun, processes: int) -> None:
        command = [sys.executable, "-m", "deskbell.demo.companion_process", begun.model_dump_json(), str(processes)]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
            "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        }
        self._process = subprocess.Popen(  # noqa: S603  our own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._process.terminate()  # Ctrl-C, or an error: it need not play its window to the end
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def begin(self, window: int) -> None:
        self._say(f"window {window}")

    def wait(self, window: int) -> None:
        self._expect(f"played {window}")

    def commit(self) -> None:
        self._say("commit")
        self._expect("committed")

    def _say(self, line: str) -> None:
        stream: IO[str] | None = self._process.stdin
        assert stream is not None
        try:
            stream.write(f"{line}\n")
            stream.flush()
        except BrokenPipeError:
            raise CompanionFailed("The second process ended early.") from None

    def _expect(self, line: str) -> None:
        stream: IO[str] | None = self._process.stdout
        assert stream is not None
        answer = stream.readline().strip()
        if answer != line:
            raise CompanionFailed(f"The second process answered {answer!r} instead of {line!r}.")
