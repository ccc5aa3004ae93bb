"""How fast the machine itself is while something is measured.

Virtual machines share their cores: the same work takes twice as long when a neighbour is busy, and nothing inside says
so. A fixed piece of work, done again and again beside the measurement, does.
"""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Self

_EVERY = 0.25  # seconds; the work takes about a hundredth of it
_STEPS = 20_000


def work() -> float:
    """Milliseconds of processor time of the fixed piece of work, in this thread."""
    started = time.thread_time()
    found = 0
    for step in range(_STEPS):
        found += step * step % 7
    return (time.thread_time() - started) * 1000


@dataclass
class Pace:
    """Use as a context manager around what is measured. times: of the work, in milliseconds."""

    times: list[float] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        self.times.append(work())
        while not self._stop.wait(_EVERY):
            self.times.append(work())

    @property
    def median(self) -> float:
        return statistics.median(self.times)
