"""The log of a desk that was there before: every event as it was, and numbered on from there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import DataError, connection, transaction

from deskbell.kernel import api as kernel
from deskbell.kernel.testing import cloned_database
from deskbell.kernel.tests.kinds import HAPPENED, Happened

PAST = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.fixture
def before(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database with tables as they were before the migration, in which commits are real."""
    was = import_module("deskbell.kernel.migrations.0007_eight_columns")
    with django_db_blocker.unblock(), cloned_database(), connection.cursor() as cursor:
        cursor.execute("DROP VIEW kernel_event")
        cursor.execute("DROP TABLE kernel_eventrow")
        cursor.execute(was.BEFORE[was.BEFORE.index("CREATE TABLE") :])
        cursor.execute("ALTER TABLE kernel_eventrow ADD CONSTRAINT kernel_eventrow_pkey PRIMARY KEY (id)")
        for index in ("event_subject", "event_shape", "event_actor"):
            cursor.execute(f"CREATE INDEX {index} ON kernel_eventrow (id)")
        cursor.execute(was.WRITE)
        cursor.execute(was.VIEW)
        yield


def migrate() -> None:
    step = import_module("deskbell.kernel.migrations.0008_blocks_of_events")
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in (step.BEFORE, step.MOVE, step.WRITE, step.VIEW):
            cursor.execute(sql)


def log() -> list[tuple[Any, ...]]:
    return list(kernel.Event.objects.order_by("pk").values_list())


def columns() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute WHERE attrelid = 'kernel_event'::regclass"
            " AND attnum > 0 ORDER BY attnum"
        )
        return list(cursor.fetchall())


def record_some() -> None:
    maria = kernel.Viewer(user_id=7, name="Maria")
    with transaction.atomic(), kernel.caused_by(kernel.CauseKind.RULE, 12):
        kernel.record(kernel.SYSTEM, HAPPENED, 1, Happened(what="first"))
        with kernel.clock.moved_to(PAST), kernel.as_history():
            changes = {"place": ("here", None)}
            kernel.record(maria, HAPPENED, 2**31 - 1, Happened(what="It's"), changes=changes, reason="Late")
    with transaction.atomic():
        kernel.run([kernel.next_ids(kernel.Event)])  # drawn and never used: a gap
        kernel.record(maria, HAPPENED, 3, Happened())


def test_every_event_is_as_it_was_and_the_next_is_numbered_on(before: None) -> None:
    record_some()
    events, shown = log(), columns()
    migrate()
    assert (log(), columns()) == (events, shown)
    record_some()
    assert log()[: len(events)] == events
    ids = [row[0] for row in log()]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 3, ids[0] + 4, ids[0] + 5, ids[0] + 7]


def test_a_log_with_a_number_beyond_four_bytes_stays_as_it_is(before: None) -> None:
    with transaction.atomic():
        kernel.record(kernel.SYSTEM, HAPPENED, 2**31, Happened())
    events = log()
    with pytest.raises(DataError, match="integer out of range"):
        migrate()
    assert log() == events
