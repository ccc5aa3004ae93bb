"""Databases for bench desks, beside real ones on the same server but never in their place."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from deskbell.bench.trouble import BenchError

PREFIX = "bench_desk_"
_MARK = "A made-up desk of `deskbell bench`; may be deleted at any time"
_CREATE = (
    "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin "
    "BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
)
_CREATE_BEFORE_18 = "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"


class Server:
    """A PostgreSQL on which the bench makes databases of its own. url: any database of it."""

    def __init__(self, url: str) -> None:
        self._url = url

    def url_of(self, tickets: int) -> str:
        """Address of the database for a desk of this size."""
        parts = urlsplit(self._url)
        return urlunsplit(parts._replace(path=f"/{quote(self.name_of(tickets))}"))

    @staticmethod
    def name_of(tickets: int) -> str:
        return f"{PREFIX}{tickets}"

    def facts(self, tickets: int) -> dict[str, Any] | None:
        """What is known of a complete desk; None when there is none. Raises BenchError for a foreign database."""
        if not self._is_ours(tickets):
            return None
        with psycopg.connect(self.url_of(tickets)) as connection:
            there = connection.execute("SELECT to_regclass('bench_facts')").fetchone()
            if there is None or there[0] is None:
                return None
            row = connection.execute("SELECT facts FROM bench_facts").fetchone()
        return dict(row[0]) if row else None

    def make(self, tickets: int) -> str:
        """An empty database, in place of an older bench desk of this size; its address."""
        with self._connect() as connection:
            self._drop(connection, tickets)
            statement = _CREATE if connection.info.server_version >= 180_000 else _CREATE_BEFORE_18
            name = sql.Identifier(self.name_of(tickets))
            try:
                connection.execute(sql.SQL(statement).format(name=name))
            except psycopg.errors.InsufficientPrivilege as error:
                raise BenchError(
                    "The user of DATABASE_URL may not create databases.\n"
                    "  Fix: ALTER ROLE … CREATEDB, or unset DATABASE_URL to use the embedded PostgreSQL."
                ) from error
            connection.execute(sql.SQL("COMMENT ON DATABASE {name} IS {mark}").format(name=name, mark=_MARK))
        return self.url_of(tickets)

    def keep(self, tickets: int, facts: dict[str, Any]) -> None:
        """Say that the desk is complete."""
        with psycopg.connect(self.url_of(tickets)) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS bench_facts (facts jsonb NOT NULL)")
            connection.execute("TRUNCATE bench_facts")
            connection.execute("INSERT INTO bench_facts VALUES (%s)", [json.dumps(facts)])

    def drop(self, tickets: int) -> None:
        with self._connect() as connection:
            self._drop(connection, tickets)

    def _drop(self, connection: psycopg.Connection[Any], tickets: int) -> None:
        if self._is_ours(tickets):
            name = sql.Identifier(self.name_of(tickets))
            connection.execute(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(name=name))

    def _is_ours(self, tickets: int) -> bool:
        """Whether the database is there and made by the bench. Raises BenchError when somebody else made it."""
        with self._connect() as connection:
            row = connection.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                [self.name_of(tickets)],
            ).fetchone()
        if row is None:
            return False
        if row[0] != _MARK:
            raise BenchError(
                f"The database {self.name_of(tickets)} was not made by `deskbell bench`, so it is left alone.\n"
                "  Fix: rename or delete it yourself if nobody needs it."
            )
        return True

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(self._url, autocommit=True)
        except psycopg.OperationalError as error:
            raise BenchError(f"The database server does not answer: {error}") from error
