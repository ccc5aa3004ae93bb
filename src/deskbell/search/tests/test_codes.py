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
    assert len(of_time) == 2
    # A question that begins with larger units meets it as well.
    for weeks in (5, 2, 0):
        newest = next(codes.stretches(codes.day_of(at), weeks=weeks))
        assert len(of_time & set(newest.units)) == 1
        assert newest.first <= codes.day_of(at) < newest.end


@given(
    today=st.integers(0, 60_000), weeks=st.integers(0, 7), finer=st.booleans(), months=st.booleans(), year=st.booleans()
)
def test_stretches_of_time_follow_each_other_without_a_gap(
    today: int, *, weeks: int, finer: bool, months: bool, year: bool
) -> None:
    end = None
    for stretch in codes.stretches(today, weeks=weeks, finer=weeks > 0 and finer, months=months or year, year=year):
        days = {1: 8, 2: 64}[int(stretch.units[0][1])]
        numbers = [int(unit, 16) & 0xFFFFF for unit in stretch.units]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert stretch.first == numbers[0] * days
        behind = (numbers[-1] + 1) * days
        assert stretch.first < stretch.end <= behind
        assert stretch.is_cut is (stretch.end < behind)
        assert stretch.end > today + 1 if end is None else stretch.end == end
        end = stretch.first


def asked(sql: str, params: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        (found,) = cursor.fetchone() or (None,)
    return bytes(found) if isinstance(found, memoryview) else found
