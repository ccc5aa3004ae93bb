"""Indexes made anew while the desk runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from deskbell.kernel.testing import cloned_database
from deskbell.search import api as search
from deskbell.search.tests.finding import found, write


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Without a transaction, in which no index can be made beside the old one."""
    with django_db_blocker.unblock(), cloned_database():
        yield


@pytest.mark.usefixtures("_committed")
def test_packing_keeps_what_is_found_and_leaves_nothing_behind() -> None:
    write(1, {"A": "stapler"})
    before = memory()
    search.pack()
    assert found("stapler") == [1]
    assert (indexes(), memory()) == (["search_document_codes", "search_searchdocument_pkey"], before)


def memory() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW maintenance_work_mem")
        return str((cursor.fetchone() or ("",))[0])


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index "
            "WHERE indrelid = 'search_searchdocument'::regclass ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]
