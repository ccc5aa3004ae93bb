"""Indexes made anew while the desk runs."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from deskbell.search import api as search
from deskbell.search.models import SearchDocument
from deskbell.search.tests.finding import KIND, found, write


@pytest.mark.usefixtures("django_db_setup")
def test_packing_keeps_what_is_found_and_leaves_nothing_behind(django_db_blocker: DjangoDbBlocker) -> None:
    # Without a transaction, in which no index can be made beside the old one; so the row is taken away again.
    with django_db_blocker.unblock():
        write(1, {"A": "stapler"})
        try:
            before = memory()
            search.pack()
            assert found("stapler") == [1]
            assert (indexes(), memory()) == (["search_document_codes", "search_searchdocument_pkey"], before)
        finally:
            SearchDocument.objects.filter(subject_type=KIND).delete()
            with connection.cursor() as cursor:
                cursor.execute("TRUNCATE search_newword")
            connection.close()


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
