"""Statements compiled once find what Django would."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection, transaction

from deskbell.kernel import statements
from deskbell.kernel.models import OptionValue
from deskbell.kernel.moments import UtcLoader
from deskbell.kernel.statements import Slot, Statement, columns, counted, exist, fetch, from_json, instance

pytestmark = pytest.mark.django_db


def test_a_slot_is_filled_at_each_call() -> None:
    one, two = (OptionValue.objects.create(name=f"test.{number}", value=number) for number in (1, 2))
    wanted = Slot()
    statement = Statement.of(OptionValue.objects.filter(pk=wanted).values_list("name"))
    assert statement is not None
    assert [statement.fetch({wanted: each.pk}) for each in (one, two)] == [[("test.1",)], [("test.2",)]]


def test_words_stand_in_the_text_and_everything_else_is_bound() -> None:
    rows = OptionValue.objects.filter(name__in=["open", "x'; DROP TABLE y"], pk__gt=7)
    statement = Statement.of(rows.values_list("pk"))
    assert statement is not None
    assert "'open'" in statement.sql
    assert "DROP" not in statement.sql
    assert set(statement.params) == {"x'; DROP TABLE y", 7}


def test_what_django_knows_to_be_empty_is_no_statement() -> None:
    assert Statement.of(OptionValue.objects.none()) is None
    assert exist(OptionValue.objects.none(), OptionValue.objects.all()) == (False, False)


def test_several_are_counted_up_to_a_limit_in_one_query() -> None:
    for number in range(3):
        OptionValue.objects.create(name=f"test.{number}", value=number)
    assert counted(2, OptionValue.objects.all(), OptionValue.objects.filter(name="test.1")) == (2, 1)


def test_rows_become_instances_with_their_json_read() -> None:
    OptionValue.objects.create(name="test.one", value={"a": [1, None]})
    (values,) = fetch(f"SELECT {columns(OptionValue, 'o')} FROM kernel_optionvalue o")
    ((as_json,),) = fetch("SELECT to_json(o) FROM kernel_optionvalue o")
    for found in (instance(OptionValue, values), from_json(OptionValue, as_json)):
        assert (found.name, found.value) == ("test.one", {"a": [1, None]})


@pytest.mark.parametrize(
    "text", ["2026-11-21 22:43:11.12+00", "2026-11-21 22:43:11+00", "1883-01-01 00:00:00-04:56:02"]
)
def test_moments_are_read_as_psycopg_reads_them(text: str) -> None:
    found = UtcLoader(0).load(text.encode())
    assert found == datetime.fromisoformat(text)
    assert found.tzinfo is UTC
    ((read,),) = fetch("SELECT now()")
    assert read.tzinfo is UTC


def test_a_text_is_asked_again_after_it_failed() -> None:
    with pytest.raises(DataError), transaction.atomic():
        fetch("SELECT 10 / %s::int", [0])
    assert fetch("SELECT 10 / %s::int", [5]) == [(2,)]


def test_a_text_is_read_anew_each_time() -> None:
    both = [fetch("SELECT number, %s::text FROM generate_series(1, %s::int) AS number", [word, most])
            for word, most in (("a", 2), ("b", 1))]  # fmt: skip
    assert both == [[(1, "a"), (2, "a")], [(1, "b")]]


def test_of_each_connection_only_some_cursors_are_kept() -> None:
    for number in range(2 * statements._MOST_CURSORS):
        assert fetch(f"SELECT {number}") == [(number,)]
    assert len(getattr(connection.connection, statements._KEPT)) == statements._MOST_CURSORS
