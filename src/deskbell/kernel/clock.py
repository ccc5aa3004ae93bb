"""The only source of "now". Tests and the demo move it; nothing else reads the wall clock.

All moments are timezone-aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class MovedClock:
    """A clock that stands still until somebody moves it."""

    moment: datetime

    def advance(self, by: timedelta) -> datetime:
        """Move forward by `by` and return the new moment."""
        self.moment += by
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = _as_utc(moment)


_moved: ContextVar[MovedClock | None] = ContextVar("deskbell_moved_clock", default=None)


def now() -> datetime:
    """The current moment, in UTC."""
    moved = _moved.get()
    return moved.moment if moved is not None else datetime.now(UTC)


@contextmanager
def moved_to(moment: datetime) -> Iterator[MovedClock]:
    """Stand the clock at `moment` (aware) inside the block, in this thread or task only."""
    clock = MovedClock(_as_utc(moment))
    token = _moved.set(clock)
    try:
        yield clock
    finally:
        _moved.reset(token)


def _as_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A clock is moved to an aware moment; this one has no time zone.")
    return moment.astimezone(UTC)
