"""What waits inside `together()`, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from deskbell.kernel import api as kernel
from deskbell.kernel.testing import queries_of
from deskbell.kernel.tests.kinds import HAPPENED, Happened

pytestmark = pytest.mark.django_db


class Failed(Exception):
    """Something went wrong in the middle."""


def happened(subject_id: int) -> kernel.Event:
    return kernel.record(kernel.SYSTEM, HAPPENED, subject_id, Happened())


@transaction.atomic
@kernel.together()
def fail(work: Callable[[], None]) -> None:
    happened(2)
    kernel.send("SELECT 1 / 0")
    kernel.at_the_end("work", work)
    raise Failed


def written() -> list[int]:
    return list(kernel.Event.objects.filter(kind="probe.happened").order_by("pk").values_list("subject_id", flat=True))


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_events_of_a_block_are_written_in_their_order_and_in_one_query() -> None:
    def work() -> None:
        with kernel.together():
            for number in (3, 1, 2):
                assert happened(number).pk is None
            kernel.send("SELECT 1")

    assert queries_of(work) <= 2  # the jobs of subscribers that other tests declare go in the second
    assert written() == [3, 1, 2]


def test_an_inner_block_that_fails_takes_what_it_gathered_with_it() -> None:
    done: list[str] = []
    with kernel.together():
        happened(1)
        kernel.at_the_end("work", lambda: done.append("outer"))
        with pytest.raises(Failed):
            fail(lambda: done.append("inner"))
    assert (written(), done) == ([1], ["outer"])


def test_a_block_that_fails_writes_nothing() -> None:
    with pytest.raises(Failed):
        fail(lambda: None)
    assert written() == []


def test_what_follows_an_inner_block_reads_its_events_and_the_end_comes_once() -> None:
    done: list[list[int]] = []
    with kernel.together():
        for number in (1, 2):
            with kernel.together():
                happened(number)
                kernel.at_the_end("work", lambda: done.append(written()))
            assert written() == list(range(1, number + 1))
        assert not done
    assert done == [[1, 2]]


def test_a_subscriber_that_does_not_want_an_event_gets_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = kernel.after_commit_subscribers._entries
    monkeypatch.setattr(kernel.after_commit_subscribers, "_entries", {})
    kernel.after_commit("probe.picky", "probe.happened", when=lambda event: event.subject_id == 2)(lambda _event: None)
    with kernel.together():
        for number in (1, 2, 3):
            happened(number)
    assert jobs() == 1
    assert "probe.picky" not in entries


def test_outside_of_a_block_everything_is_done_at_once() -> None:
    done: list[str] = []
    kernel.at_the_end("work", lambda: done.append("at once"))
    assert (happened(1).pk is not None, kernel.gathered("list"), done) == (True, None, ["at once"])


def test_what_several_pieces_of_work_ask_at_the_end_is_one_query() -> None:
    done: list[int] = []

    def work(number: int) -> kernel.Asking:
        (rows,) = yield [("SELECT %s::int", [number])]
        done.append(rows[0][0])

    def block() -> None:
        with kernel.together():
            for number in (1, 2, 3):
                kernel.at_the_end(number, lambda number=number: work(number))

    assert queries_of(block) == 1
    assert done == [1, 2, 3]


def test_actions_that_succeed_or_fail_as_one_need_no_savepoints() -> None:
    def work() -> None:
        with kernel.whole():
            for number in (1, 2):
                with kernel.action():
                    happened(number)

    assert queries_of(work) <= 4  # one savepoint, the events, and jobs of subscribers that other tests declare
    assert written() == [1, 2]


def test_of_actions_that_are_one_nothing_stays_when_one_fails() -> None:
    def work() -> None:
        with kernel.whole():
            with kernel.action():
                happened(1)
            with kernel.action():
                raise Failed

    with pytest.raises(Failed):
        work()
    assert written() == []


def test_events_whose_ids_were_drawn_go_with_the_rest() -> None:
    def work() -> None:
        (drawn,) = kernel.run([kernel.next_ids(kernel.Event, kernel.Event)])[0]
        with kernel.together():
            kernel.drawn_for_events(drawn)
            happened(1)
            happened(2)

    assert queries_of(work) <= 3  # the ids, what is written, and the version for whoever is told
    assert written() == [1, 2]


def test_ids_that_do_not_suffice_are_given_up_so_that_events_stay_in_order() -> None:
    with kernel.together():
        kernel.drawn_for_events(kernel.run([kernel.next_ids(kernel.Event)])[0][0])
        happened(1)
        happened(2)
        with kernel.together():
            happened(3)
    assert written() == [1, 2, 3]


def test_what_fails_apart_leaves_alone_what_waited_before() -> None:
    with kernel.whole():
        happened(1)
        kernel.send("SELECT 1")
        with pytest.raises(Failed), kernel.apart():
            fail(lambda: None)
        happened(3)
    assert written() == [1, 3]


def test_sequences_have_the_names_that_are_drawn_from() -> None:
    assert kernel.run([kernel.next_ids(kernel.Event)])[0][0][0] > 0
