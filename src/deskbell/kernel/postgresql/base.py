"""Django's backend, with a cheaper look at a connection before each use."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """With CONN_HEALTH_CHECKS, Django's pool asks the server at each request whether it is there."""

    @property
    def pool(self) -> ConnectionPool[Any] | None:  # type: ignore[explicit-override]  # Django's is untyped
        found: ConnectionPool[Any] | None = super().pool
        if found is not None and found._check is not None:  # noqa: SLF001  Django leaves no other way to name one
            found._check = check_if_it_speaks  # noqa: SLF001
        return found


def check_if_it_speaks(connection: Connection[Any]) -> None:
    """Ask the server only where it has said something unasked: it does when it ends a connection.

    A server that vanished without a word is not noticed by either way before a statement waits for it.
    Raises psycopg.OperationalError for a connection that is over.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
