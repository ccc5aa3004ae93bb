"""The SQL of a page without the page: caught as psycopg gets it while the page is drawn, then run alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ", "DECLARE", "SELECT SET_CONFIG")
_connections: dict[str, psycopg.Connection[Any]] = {}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement with its values. on_server: values are bound by the server, so that it is prepared in time."""

    sql: str
    params: Any
    on_server: bool

    @property
    def reads(self) -> bool:
        return self.sql.lstrip("( \n").upper().startswith(("SELECT", "WITH"))

    @property
    def controls(self) -> bool:
        """Begins or ends a transaction or a part of it."""
        return self.sql.upper().startswith(_CONTROL)


@contextmanager
def caught() -> Iterator[list[Statement]]:
    """Every statement sent in this process meanwhile."""
    found: list[Statement] = []
    execute = psycopg.Cursor.execute

    def catching(self: psycopg.Cursor[Any], query: Any, params: Any = None, **options: Any) -> psycopg.Cursor[Any]:
        text = (
            query
            if isinstance(query, str)
            else psycopg.sql.as_string(query, self)
            if not isinstance(query, bytes)
            else query.decode()
        )
        found.append(Statement(text, params, not isinstance(self, psycopg.ClientCursor)))
        return execute(self, query, params, **options)

    psycopg.Cursor.execute = catching  # type: ignore[method-assign, assignment]
    try:
        yield found
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]


def capture(path: str, cookie: str) -> list[Statement]:
    """Statements of one page, drawn in this process by the whole stack. Raises BenchError for another answer."""
    from django.test import Client

    from deskbell.bench.trouble import BenchError

    client = Client()
    headers: dict[str, Any] = {"HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": cookie}
    client.get(path, **headers)  # fills caches that live as long as the process
    with caught() as found:
        response = client.get(path, **headers)
    if response.status_code != 200:
        raise BenchError(f"{path} answers {response.status_code} in the process that looks at its SQL.")
    return [statement for statement in found if not statement.controls]


def run(url: str, statements: list[Statement]) -> float:
    """Milliseconds of these statements on one kept connection, rows fetched."""
    connection = _connections.get(url)
    if connection is None:
        from django.db.backends.postgresql.psycopg_any import get_adapters_template

        context = get_adapters_template(use_tz=True, timezone=None)
        connection = _connections[url] = psycopg.connect(url, autocommit=True, context=context)
    on_server, in_client = psycopg.Cursor(connection), psycopg.ClientCursor(connection)
    started = time.perf_counter()
    for statement in statements:
        cursor = on_server if statement.on_server else in_client
        cursor.execute(statement.sql.encode(), statement.params)
        if cursor.description:
            cursor.fetchall()
    return (time.perf_counter() - started) * 1000
