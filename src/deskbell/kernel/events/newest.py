"""The newest ids of the event log, by which a page tells later what it has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from deskbell.kernel.events.models import EVENT_BLOCK_BITS
from deskbell.kernel.statements import fetch

# Ids are given before commit: a lower one may become visible after a higher one, hardly ever from further behind.
WINDOW = 50  # events
# With the number in the text: of a LIMIT it does not know, the database would make a plan anew each time.
NEWEST = f"ARRAY(SELECT id FROM kernel_eventrow ORDER BY id >> {EVENT_BLOCK_BITS} DESC, id DESC LIMIT {WINDOW})"  # noqa: S608  (numbers of ours)
"""An SQL expression; for a statement that a page asks before anything else."""

_held: ContextVar[Sequence[int] | None] = ContextVar("deskbell_newest_events", default=None)


@contextmanager
def held(known: Sequence[int] | None) -> Iterator[None]:
    """For a block that only reads: what NEWEST answered before it began. None: not known."""
    token = _held.set(known)
    try:
        yield
    finally:
        _held.reset(token)


def newest_ids() -> Sequence[int]:
    """At most WINDOW ids, the last first: as they were before the block (`held`), else by one query."""
    known = _held.get()
    if known is None:
        ((known,),) = fetch(f"SELECT {NEWEST}")
    return known


def are_ahead() -> bool:
    """Whether events have ids that would be given once more: the sequence was set back, or not taken along."""
    ((found,),) = fetch(_ARE_AHEAD)
    return bool(found)


# What was not given yet is the next one.
_ARE_AHEAD = f"SELECT coalesce(({NEWEST})[1] > last_value - (NOT is_called)::int, false) FROM kernel_event_id_seq"  # noqa: S608
