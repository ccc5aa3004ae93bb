"""How much of a file is read, and the words in which parsers say why it was not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

LOCKED: Final = "locked"
DAMAGED: Final = "damaged"
UNPACKS: Final = "unpacks"
SLOW: Final = "slow"
MEMORY: Final = "memory"
UNSUPPORTED: Final = "unsupported"
EMPTY: Final = "empty"

MEMORY_BYTES = 768 * 1024 * 1024  # address space of the process that reads; Python with its libraries takes a quarter
UNPACKED_BYTES = 200 * 1024 * 1024  # what an archive may say it holds
ENTRIES = 20_000  # files in an archive; a workbook of 200 sheets has 250
PAGES = 1_000
WORTH_SENDING = 20_000  # characters
WORTH_WAITING = 0.2  # seconds of processor time
SHEETS = 200


class CannotRead(Exception):
    """A parser gives up. problem: LOCKED, DAMAGED, UNPACKS or UNSUPPORTED."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class Enough(Exception):
    """What was read so far is all that is wanted, or all there is time for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """characters: of text kept. seconds: of processor time, and of time on the wall three times as many."""

    characters: int = 200_000
    seconds: int = 20

    def as_arguments(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_arguments(cls, values: dict[str, Any]) -> Limits:
        return cls(**{each.name: int(values[each.name]) for each in fields(cls)})


class Output:
    """Takes text piece by piece and says when it is enough, so that a parser killed later has not read in vain."""

    def __init__(self, send: Callable[[str], None], limits: Limits) -> None:
        self._send = send
        self._left = limits.characters
        self._until = time.process_time() + limits.seconds * 0.8  # before the kernel ends the process
        self._sent_at = 0.0
        self._pieces: list[str] = []
        self._size = 0
        self.is_empty = True

    def write(self, text: str) -> None:
        """Raises Enough when no more is wanted."""
        self._pieces.append(text)
        self._size += len(text)
        if self._size >= WORTH_SENDING:
            self.flush()
        self.check()

    @property
    def is_late(self) -> bool:
        return time.process_time() > self._until

    def check(self) -> None:
        """Raises Enough when the time is up. To be called now and then where nothing is written for long."""
        now = time.process_time()
        if now > self._until:
            raise Enough
        if now > self._sent_at + WORTH_WAITING:
            self.flush()

    def flush(self) -> None:
        """Send what was written since. Raises Enough when that is all that is wanted."""
        text = " ".join("".join(self._pieces).replace("\x00", " ").split())
        self._pieces.clear()
        self._size = 0
        self._sent_at = time.process_time()
        if not text:
            return
        self.is_empty = False
        self._send(text[: self._left])
        self._left -= len(text) + 1  # and the space before the next piece
        if self._left <= 0:
            self._left = 0
            raise Enough
