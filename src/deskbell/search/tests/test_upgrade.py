"""Documents of a desk that was there before: they are found before anybody has written them anew."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from deskbell.kernel.api import clock
from deskbell.search import codes
from deskbell.search.tests.finding import KIND, found

pytestmark = pytest.mark.django_db


def test_what_only_colleagues_find_is_found_in_a_document_of_before() -> None:
    was, alike = (import_module(f"deskbell.search.migrations.{name}") for name in ("0005_common", "0006_alike"))
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION search_lexemes(bytea, timestamptz) CASCADE")
        cursor.execute("CREATE INDEX search_document_codes ON search_searchdocument (version)")
        cursor.execute(was.SHORT_CODES)
        cursor.execute(
            "INSERT INTO search_searchdocument (subject_type, subject_id, fresh_at, version, codes)"
            " VALUES (%s, 1, %s, 2, %s)",
            [KIND, clock.now(), as_it_was(["stapler", "4711"], for_colleagues=["zebra", "81532"])],
        )
        cursor.execute(alike.CODES)
    assert found("stapler 4711 zebra 81532", groups=[["department:1"]]) == [1]
    assert found("stapler 4711", inside=False) == [1]
    assert found("zebra", inside=False) == []
    assert found("81532", inside=False) == []


def as_it_was(words: list[str], *, for_colleagues: list[str]) -> bytes:
    """Short codes in full behind their number, figures of colleagues in a range of their own; then the long ones."""
    plain = {code for word in words for code in codes.of_lexeme(word)}
    hidden = {code for word in for_colleagues for code in codes.of_lexeme(word)}
    kept = plain | {
        f"{int(code, 16) + 0x2000:04x}" if len(code) == codes.SHORT else codes.inside(code) for code in hidden
    }
    short = sorted(code for code in kept if len(code) == codes.SHORT)
    full = sorted([*(kept - set(short)), codes.of_scope("department:1"), "f000001"])
    return bytes.fromhex(f"{len(short):04x}{''.join(short)}{''.join(full)}{'f' * (len(full) % 2)}")
