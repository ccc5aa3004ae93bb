"""A small desk of copied tickets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from deskbell.bench.copied import Desk, Writer
from deskbell.bench.organisation import copy, crews, number, raise_sequence, set_up
from deskbell.bench.shapes import Shapes
from deskbell.bench.sizes import Sizes
from deskbell.bench.stories import Story, Teller
from deskbell.kernel.api import clock

SIZES = Sizes(400, datetime(2026, 3, 16, tzinfo=UTC), seed=7)


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    """People, departments and files; no tickets yet. Made once per module, in a transaction that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.moved_to(SIZES.until):
            made = set_up(SIZES)
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def told(desk) -> list[Story]:
    return Teller(SIZES, crews(SIZES), desk.languages, len(desk.categories)).stories(0, SIZES.tickets)


@pytest.fixture(scope="module")
def copied_desk(desk, told, django_db_blocker: Any) -> Desk:
    """With its tickets."""
    with django_db_blocker.unblock():
        write_copied(desk, told)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return desk


def write_copied(desk: Desk, told: list[Story]) -> None:
    """All stories by COPY; what real actions write afterwards is numbered after them."""
    writer = Writer(desk, Shapes(number))
    for name, lines in writer.chunk(told).items():
        copy(writer.tables[name], lines)
    for table in ("tickets_ticket", "tickets_message", "kernel_eventrow"):
        raise_sequence(table)
