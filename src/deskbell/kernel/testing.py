"""Help for the tests of every package: the number of queries is recorded and compared exactly.

    with counts.check("queue page"):
        queue(viewer, QueueFilter())

`tests/query_counts.json` beside the tests holds the numbers; UPDATE_QUERY_COUNTS=1 writes them anew.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


class QueryCounts:
    """The recorded numbers of one package. place: the folder of its tests."""

    def __init__(self, place: str | Path) -> None:
        self.path = Path(place).resolve() / "query_counts.json"

    @contextmanager
    def check(self, name: str) -> Iterator[None]:
        """Raises AssertionError, with the queries, when the block does not make exactly the recorded number."""
        with CaptureQueriesContext(connection) as captured:
            yield
        made = len(captured)
        if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
            self._update(name, made)
            return
        expected = self._read().get(name)
        if made != expected:
            listed = "\n".join(f"{number}. {query['sql']}" for number, query in enumerate(captured.captured_queries, 1))
            raise AssertionError(
                f"{name}: {made} queries, {expected} recorded in {self.path.name} "
                f"(UPDATE_QUERY_COUNTS=1 records them).\n{listed}"
            )

    def _read(self) -> dict[str, int]:
        try:
            counts: dict[str, int] = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return counts

    def _update(self, name: str, made: int) -> None:
        # Tests of one package may run in several processes.
        with self.path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            counts = json.loads(file.read() or "{}")
            counts[name] = made
            file.seek(0)
            file.truncate()
            file.write(json.dumps(counts, indent=2, sort_keys=True) + "\n")


def queries_of(work: Callable[[], object]) -> int:
    """How many queries the work makes; for "the same number with twice the data"."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
