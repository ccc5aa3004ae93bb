"""Events are found by blocks of ids: no statement reads more than what is wanted, and a block or two beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from deskbell.kernel import api as kernel
from deskbell.kernel.events import newest
from deskbell.kernel.testing import events_read, undone, write_long_log
from deskbell.kernel.tests.kinds import HAPPENED, Happened

A_BLOCK = 64  # events
COUNT = 20_000


@pytest.fixture(scope="module")
def _log_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with django_db_blocker.unblock(), undone():
        yield write_long_log("probe.happened", 1, count=COUNT)


@pytest.fixture
def first(_log_of_the_module: int, db: None) -> int:
    """The id of the first of them."""
    return _log_of_the_module


def test_the_newest_ids_are_read_from_the_end(first: int) -> None:
    (rows,) = events_read(newest.newest_ids)
    assert rows <= newest.WINDOW + A_BLOCK
    last = first + COUNT - 1
    assert newest.newest_ids() == list(range(last, last - newest.WINDOW, -1))


def test_one_event_is_read_with_its_block(first: int) -> None:
    for wanted in (first, first + 7_777, first + COUNT - 1):
        (rows,) = events_read(lambda: kernel.Event.objects.get(pk=wanted))  # noqa: B023
        assert rows <= A_BLOCK
        assert kernel.Event.objects.get(pk=wanted).pk == wanted


def test_events_after_and_before_one_are_read_from_there(first: int) -> None:
    wanted = first + 7_777
    after = kernel.Event.objects.filter(pk__gt=wanted).order_by(*kernel.EVENTS_IN_ORDER)[:50]
    before = kernel.Event.objects.filter(pk__lt=wanted).order_by(*kernel.EVENTS_NEWEST_FIRST)[:50]
    for rows in (after, before):
        (touched,) = events_read(lambda: list(rows.all()))  # noqa: B023
        assert touched <= 50 + 2 * A_BLOCK
    assert [event.pk for event in after] == list(range(wanted + 1, wanted + 51))
    assert [event.pk for event in before] == list(range(wanted - 1, wanted - 51, -1))


def test_whoever_has_seen_all_but_the_last_reads_no_more_than_the_last_blocks(first: int) -> None:
    nearly_all = first + COUNT - 11
    (rows,) = events_read(
        lambda: list(kernel.Event.objects.filter(pk__gt=nearly_all).order_by(*kernel.EVENTS_IN_ORDER)[:1000])
    )
    assert rows <= 10 + A_BLOCK


def test_ids_beyond_any_are_compared_as_numbers(first: int) -> None:
    assert not kernel.Event.objects.filter(pk=2**70).exists()
    assert not kernel.Event.objects.filter(pk__gt=2**70).exists()
    assert kernel.Event.objects.filter(pk__lt=2**70, pk__gt=-1).count() == kernel.Event.objects.count()


def test_what_happened_to_a_record_and_by_a_person_is_found_through_the_view(first: int) -> None:
    kernel.record(kernel.Viewer(user_id=3, name="Maria"), HAPPENED, 2, Happened())
    for value in (2, 2**40):
        (rows,) = events_read(lambda: list(kernel.Event.objects.filter(subject_id=value)))  # noqa: B023
        assert rows == (value == 2)
    newest_first = kernel.Event.objects.filter(actor_id=3).order_by(kernel.BLOCK.desc(), "-pk")
    (rows,) = events_read(lambda: list(newest_first[:51]))
    assert rows == 1
