"""Connections that the server ended are noticed before they are used; the others are not asked."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg_pool import ConnectionPool

from deskbell.kernel.postgresql.base import DatabaseWrapper, check_if_it_speaks

pytestmark = pytest.mark.django_db


@pytest.fixture
def wrapper() -> Iterator[DatabaseWrapper]:
    """A connection of a process that keeps a pool, as web, worker and intake do."""
    ours = connections["default"].settings_dict
    settings: dict[str, Any] = {
        **ours, "OPTIONS": {**ours["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 60}},
    }  # fmt: skip
    found = DatabaseWrapper(settings)
    found._connection_pools = {}  # type: ignore[attr-defined]  # of its own
    yield found
    found.close()
    found.close_pool()


def backend(wrapper: DatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used(wrapper: DatabaseWrapper) -> None:
    first = backend(wrapper)
    wrapper.close()
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [first])
    assert backend(wrapper) != first


def test_a_connection_that_is_well_is_kept_without_a_question(
    wrapper: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", asked.append)
    first = backend(wrapper)
    wrapper.close()
    assert backend(wrapper) == first
    assert asked == []


def test_what_is_over_is_told(wrapper: DatabaseWrapper) -> None:
    connection = psycopg.connect(**wrapper.get_connection_params())
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 60000)", [connection.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        check_if_it_speaks(connection)
    connection.close()
