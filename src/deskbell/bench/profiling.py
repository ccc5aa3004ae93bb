"""Where the time of a page goes. Runs inside a desk, through the whole stack of middleware, without the server."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

WARM_UP = 5


class _Clock:
    """Time spent in SQL and in templates; SQL asked for by a template counts as SQL."""

    def __init__(self) -> None:
        self.sql = self.template = 0.0
        self.statements = 0
        self._sql_in_template = 0.0
        self._depth = 0

    def execute(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - started
            self.sql += took
            self.statements += 1
            if self._depth:
                self._sql_in_template += took

    @contextmanager
    def drawing(self) -> Iterator[None]:
        self._depth += 1
        started = time.perf_counter()
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.template += time.perf_counter() - started - self._sql_in_template
                self._sql_in_template = 0.0


def profile(path: str, cookie: str, runs: int) -> dict[str, float]:
    """Medians in milliseconds: whole, sql, template and python (all the rest); and the number of statements."""
    import jinja2
    from django.db import connection
    from django.test import Client

    client = Client()
    headers: dict[str, Any] = {"HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": cookie}
    for _run in range(WARM_UP):
        client.get(path, **headers)
    whole, sql, template, rest = [], [], [], []
    statements = 0
    render = jinja2.Template.render
    for _run in range(runs):
        clock = _Clock()

        def drawn(self: jinja2.Template, *args: Any, _clock: _Clock = clock, **kwargs: Any) -> str:
            with _clock.drawing():
                return render(self, *args, **kwargs)

        jinja2.Template.render = drawn  # type: ignore[method-assign]
        try:
            with connection.execute_wrapper(clock.execute):
                started = time.perf_counter()
                client.get(path, **headers)
                took = time.perf_counter() - started
        finally:
            jinja2.Template.render = render  # type: ignore[method-assign]
        whole.append(took)
        sql.append(clock.sql)
        template.append(clock.template)
        rest.append(took - clock.sql - clock.template)
        statements = clock.statements
    parts = {"whole": whole, "sql": sql, "template": template, "python": rest}
    return {name: statistics.median(times) * 1000 for name, times in parts.items()} | {"queries": statements}
