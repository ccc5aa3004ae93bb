"""What is packed in Python and in the database is the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbell.search import codes

pytestmark = pytest.mark.django_db
anything_goes = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
short = st.integers(0, 0xFFFF).map(lambda number: f"{number:04x}")
full = st.integers(0, 0xEFFFFFF).map(lambda number: f"{number:07x}")


@anything_goes
@given(found=st.sets(short | full, max_size=300))
def test_python_and_the_database_pack_and_unpack_alike(found: set[str]) -> None:
    document = codes.packed(found)
    assert sorted(codes.unpacked(document)) == sorted(found)
    assert asked("SELECT search_packed(%s::text[])", [[*found, *found]]) == document
    assert sorted(asked("SELECT search_codes(%s)", [document])) == sorted(found)


@pytest.mark.parametrize("alike", [[f"00{each:02x}" for each in range(256)], [f"7{each:03x}" for each in range(4096)]])
def test_more_codes_that_begin_alike_than_a_byte_counts_are_kept(alike: list[str]) -> None:
    found = sorted([*alike, "0100", "0abcdef"])
    document = codes.packed(found)
    assert sorted(codes.unpacked(document)) == found
    assert asked("SELECT search_packed(%s::text[])", [found]) == document
    assert sorted(asked("SELECT search_codes(%s)", [document])) == found


@pytest.mark.parametrize("at", [datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_document_is_indexed_with_its_codes_and_its_time(at: datetime) -> None:
    document = codes.packed(["0001", "1234567"])
    lexemes = asked("SELECT tsvector_to_array(search_lexemes(%s, %s))", [document, at])
    of_time = set(lexemes) - {"0001", "1234567"}
    assert len(of_time) == 3
    # A question that begins with larger units meets it as well.
    for first_level in (0, 1, 2):
        units, _oldest = next(codes.stretches(codes.day_of(at), first_level))
        assert len(of_time & set(units)) == 1


@given(today=st.integers(400, 60_000), first_level=st.integers(0, 2), levels=st.integers(1, 3), finer=st.booleans())
def test_stretches_of_time_follow_each_other_without_a_gap(
    today: int, first_level: int, levels: int, *, finer: bool
) -> None:
    newest = None
    for units, oldest in codes.stretches(today, first_level, levels, finer=finer):
        level = int(units[0][1])
        numbers = [int(unit, 16) & 0xFFFFF for unit in units]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert numbers[0] * 8**level == oldest
        ends = (numbers[-1] + 1) * 8**level
        assert ends > today + 1 if newest is None else ends == newest
        newest = oldest


def asked(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        (found,) = cursor.fetchone() or (None,)
    return bytes(found) if isinstance(found, memoryview) else found
