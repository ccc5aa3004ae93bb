"""Help for the tests of every package: the number of queries is recorded and compared exactly.

    with counts.check("queue page"):
        queue(viewer, QueueFilter())

`tests/query_counts.json` beside the tests holds the numbers; UPDATE_QUERY_COUNTS=1 writes them anew.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from django.apps import apps
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext, setup_databases
from psycopg.conninfo import make_conninfo


def fingerprint(*labels: str) -> str:
    """What all rows of these applications say, in one query: equal before and after means nothing was changed."""
    tables = [model._meta for model in apps.get_models() if model._meta.app_label in labels]  # noqa: SLF001
    keys = [", ".join(f'each."{field.column}"' for field in table.pk_fields) for table in tables]
    rows = [
        f"SELECT {number} AS number, md5(string_agg(each::text, '' ORDER BY {key})) AS says"  # noqa: S608
        f' FROM "{table.db_table}" AS each'
        for number, (table, key) in enumerate(zip(tables, keys, strict=True))
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(says, ',' ORDER BY number) FROM ({' UNION ALL '.join(rows)}) AS tables")  # noqa: S608
        return str(cursor.fetchone()[0])


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is gone after it: for a fixture that several tests build on, each in its own savepoint.

    @pytest.fixture(scope="module")
    def _desk_of_the_module(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), undone():
            yield build()
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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


@contextmanager
def cloned_database() -> Iterator[str]:
    """A copy of the test database in which commits are real; yields its address, and drops it afterwards.

    For what a test inside one transaction cannot show: crashes, workers, two sessions at once. Django's own way
    (transactional tests) empties tables afterwards, which the event log refuses. Use it in a fixture that asks for
    `django_db_setup` and runs inside `django_db_blocker.unblock()`.
    """
    settings = connection.settings_dict
    if settings["NAME"] != settings["TEST"]["NAME"] and not settings["NAME"].startswith(settings["TEST"]["NAME"] + "_"):
        # No test of this run uses the database otherwise, so pytest-django made none. Never clone the real one.
        setup_databases(verbosity=0, interactive=False, aliases={connection.alias: None}, keepdb=True)
    template, name = settings["NAME"], f"{settings['NAME']}_{secrets.token_hex(3)}"
    connection.close()
    server = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT") if settings[key]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        # Connections of other threads are made from the second.
        places = (settings, connections.settings[connection.alias])
        before = [place["NAME"] for place in places]
        for place in places:
            place["NAME"] = name
        try:
            yield make_conninfo(dbname=name, **server)
        finally:
            connection.close()
            for place, kept in zip(places, before, strict=True):
                place["NAME"] = kept
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def database_url(name: str) -> str:
    """DATABASE_URL of a database on the tests' server, for processes a test starts; a socket goes into `host`."""
    settings = connection.settings_dict
    place = {key.lower(): str(settings[key]) for key in ("HOST", "PORT") if settings[key]}
    who = ":".join(quote(settings[key], safe="") for key in ("USER", "PASSWORD") if settings[key])
    return f"postgresql://{who}@/{quote(name, safe='')}?{urlencode(place)}"


@contextmanager
def recorded() -> Iterator[list[tuple[str, Any]]]:
    """The statements of the block, with their parameters, as EXPLAIN takes them."""
    found: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        found.append((re.sub(r"[$][0-9]+", "%s", sql), params or ()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def write_long_log(kind: str, subject_id: int, *, count: int) -> int:
    """Write many events of one subject, which the planner then knows of; the id of the first."""
    shape = (
        "kernel_event_shape(ROW(NULL, NULL, false, %s, %s, 'system', 'request', '{}', '{}')::kernel_eventshape, true)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shape}", [kind, kind.partition(".")[0]])
        cursor.execute(
            "INSERT INTO kernel_eventrow (at, subject_id, shape_id, given)"
            " SELECT now(), %s, %s, '' FROM generate_series(1, %s) RETURNING id",
            [subject_id, cursor.fetchone()[0], count],
        )
        first = int(cursor.fetchone()[0])
        cursor.execute("ANALYZE kernel_eventrow, kernel_eventshape")
    return first


def events_read(read: Callable[[], object]) -> list[int]:
    """How many rows of events each statement touches that asks for any, as planned for the log as it is.

    Raises AssertionError for one that goes through the log from end to end.
    """
    with recorded() as statements:
        read()
    touched = []
    with connection.cursor() as cursor:
        for sql, params in statements:
            if re.match(r"SELECT\b.*\bkernel_event(row)?\b", sql, re.DOTALL):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                touched.append(_events_of(cursor.fetchone()[0][0]["Plan"]))
    return touched


def _events_of(plan: dict[str, Any]) -> int:
    """Rows of events that a step of a plan and those below it read, also those they read in vain."""
    rows = sum(_events_of(each) for each in plan.get("Plans", ()))
    if plan.get("Relation Name") == "kernel_eventrow":
        if plan["Node Type"] == "Seq Scan":
            raise AssertionError(f"The log is read from end to end: {plan}")
        in_vain = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        rows += round((plan["Actual Rows"] + in_vain) * plan["Actual Loops"])
    return rows
