"""Where the time of a page goes. Runs inside a desk, through the whole stack of middleware, without the server.

SQL is what psycopg takes: sending, waiting, making rows of the answer; every way to a cursor is counted there. How
the rest is divided between drawing and other Python is told by looking, in runs of their own, a thousand times a
second at what is being done: a template may ask for what is only then found out, which is no drawing.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median
from types import FrameType
from typing import Any

import psycopg

from deskbell.bench.trouble import BenchError

WARM_UP = 24  # pages: statements are prepared at their sixth use, templates compiled at their first
LOOK_EVERY = 0.001  # seconds
SQL, PYTHON, TEMPLATE = "sql", "python", "template"
_TIMED = {
    psycopg.Cursor: ("execute", "executemany", "fetchone", "fetchmany", "fetchall"),
    psycopg.ServerCursor: ("execute", "executemany", "fetchone", "fetchmany", "fetchall"),
    psycopg.Connection: ("commit", "rollback"),
}
_EXECUTE = ("execute", "executemany")
Page = Sequence[str]  # path, cookie


class _Clock:
    """Seconds spent in psycopg, and how many statements were sent."""

    def __init__(self) -> None:
        self.seconds, self.statements = 0.0, 0
        self._depth = 0

    def timing(self, call: Callable[..., Any], *, sends: bool) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            if self._depth:  # one of them calls another
                return call(*args, **options)
            self._depth, started = 1, time.perf_counter()
            try:
                return call(*args, **options)
            finally:
                self.seconds += time.perf_counter() - started
                self.statements += sends
                self._depth = 0

        return timed

    @contextmanager
    def running(self) -> Iterator[None]:
        originals = [(owner, name, getattr(owner, name)) for owner, names in _TIMED.items() for name in names]
        for owner, name, call in originals:
            setattr(owner, name, self.timing(call, sends=name in _EXECUTE))
        try:
            yield
        finally:
            for owner, name, call in originals:
                setattr(owner, name, call)


class _Looks:
    """What this thread is doing, as another one sees it again and again."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self._thread, self._stop = threading.get_ident(), threading.Event()

    @contextmanager
    def running(self) -> Iterator[None]:
        looking = threading.Thread(target=self._look, daemon=True)
        before = sys.getswitchinterval()
        sys.setswitchinterval(LOOK_EVERY / 10)  # how long the other thread waits for the interpreter
        looking.start()
        try:
            yield
        finally:
            self._stop.set()
            looking.join()
            sys.setswitchinterval(before)

    def _look(self) -> None:
        while not self._stop.wait(LOOK_EVERY):
            self.seen[kind_of(sys._current_frames().get(self._thread))] += 1  # noqa: SLF001  (documented)

    def share_of_drawing(self) -> float:
        """Of all that is not SQL."""
        drawing, other = self.seen[TEMPLATE], self.seen[PYTHON]
        return drawing / (drawing + other) if drawing else 0.0


def kind_of(frame: FrameType | None) -> str:
    """What a frame is part of: the innermost of psycopg, a template and our packages says it.

    Ours in `ui` belongs to whoever called it: a template draws with it.
    """
    while frame is not None:
        if frame.f_code.co_filename.endswith(".html"):
            return TEMPLATE
        package, _dot, rest = str(frame.f_globals.get("__name__")).partition(".")
        if package.startswith("psycopg"):
            return SQL
        if package == "deskbell" and not rest.startswith("ui."):
            return PYTHON
        frame = frame.f_back
    return PYTHON


def profile(pages: Sequence[Page], runs: int) -> dict[str, float]:
    """Medians in milliseconds: whole, sql, template and python (all the rest); and the number of statements.

    Each run draws the next of the pages. Raises BenchError for another answer than a whole page.
    """
    from django.test import Client

    client = Client()
    place = 0

    def draw() -> None:
        nonlocal place
        path, cookie = pages[place % len(pages)]
        place += 1
        response = client.get(path, HTTP_HOST="127.0.0.1", HTTP_COOKIE=cookie)
        if response.status_code != 200:
            raise BenchError(f"{path} answers {response.status_code} in the process that is looked at.")

    for _page in range(min(WARM_UP, 2 * runs)):
        draw()
    whole, sql, rest, statements = [], [], [], []
    for _run in range(runs):
        clock = _Clock()
        with clock.running():
            started = time.perf_counter()
            draw()
            took = time.perf_counter() - started
        whole.append(took)
        sql.append(clock.seconds)
        rest.append(took - clock.seconds)
        statements.append(clock.statements)
    looks = _Looks()
    with looks.running():
        for _run in range(runs):
            draw()
    share = looks.share_of_drawing()
    parts = {"whole": median(whole), SQL: median(sql), TEMPLATE: median(rest) * share}
    parts[PYTHON] = median(rest) * (1 - share)
    return {name: seconds * 1000 for name, seconds in parts.items()} | {"queries": median(statements)}
