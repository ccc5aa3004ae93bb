"""Events that a process cuts itself read as those that the database cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from deskbell.kernel import api as kernel
from deskbell.kernel.events import shapes
from deskbell.kernel.testing import cloned_database
from deskbell.kernel.tests.kinds import FILLED, HAPPENED, Happened

MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
ODD: list[dict[str, Any]] = [
    {},
    {"what": "", "count": 0},
    {"what": "word", "count": -12},
    {"what": "100 % of %1$s %%", "count": 1},
    {"what": 'say "no"\\ \n\r\t\b\f\x01\x7f\u2028 <&> العربية 🛎'},
    {"what": "a" * 24, "other": "a" * 25, "third": "a-b", "fourth": "A", "fifth": "a\n"},
    {"longer_name": 1, "b": 2, "a": 3, "ü": 4, "zz": 5, "%s": 6, 'q"': 7, "1": 8, "": 9, "a b": 10, "a: ": 11},
    {"nested": {"deep": [[], {}, [1, [2.5, None]], {"x": {"y": [True, False, "Z"]}}]}},
    {"numbers": [0, -0.0, 1.0, 1e-7, 1e22, 123456789.125, -(10**40), 10**400, 5e-324]},
    {"list": ["a", "B", 3, None, "null", "true", "3", "-1e5"]},
]


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which commits are real, one for all tests here."""
    with django_db_blocker.unblock(), cloned_database():
        yield


def recorded(data: dict[str, Any] | None = None, **values: Any) -> kernel.Event:
    """An event of any data, committed."""
    with transaction.atomic(), kernel.clock.moved_to(MOMENT):
        return kernel.record(kernel.SYSTEM, HAPPENED, 1, _Any(data or {}), **values)


class _Any(Happened):
    """Whatever is given to it."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__()
        object.__setattr__(self, "_given", data)

    def model_dump(self, **_options: Any) -> dict[str, Any]:
        return dict(object.__getattribute__(self, "_given"))


def stored(event: kernel.Event) -> kernel.Event:
    return kernel.Event.objects.get(pk=event.pk)


def is_known(event: kernel.Event) -> bool:
    return shapes.number_of(shapes.cut(event).shape) is not None


def rows(table: str, where: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}")
        return int(cursor.fetchone()[0])


def test_what_the_process_cuts_reads_as_what_the_database_cut(committed: None) -> None:
    for data in ODD:
        changes = {name: (None, value) for name, value in data.items()}
        by_database = recorded(data, changes=changes, reason="It's 5 %s")
        assert is_known(by_database), data
        before = rows("kernel_eventshape")
        by_process = recorded(data, changes=changes, reason="It's 5 %s")
        first, second = stored(by_database), stored(by_process)
        for name in ("at", "kind", "subject_type", "subject_id", "actor_kind", "actor_id", "cause_kind", "cause_ref",
                     "changes", "data", "reason", "historic", "shape_id"):  # fmt: skip
            assert getattr(first, name) == getattr(second, name), (name, data)
        assert (first.data, first.changes) == (data, {name: [None, value] for name, value in data.items()})
        assert rows("kernel_eventshape") == before


def test_both_give_the_same_lines(committed: None) -> None:
    data = {"what": "Ä\n", "count": 5, "list": ["b", "C", 7]}
    for event in (recorded(data), recorded(data)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT given FROM kernel_eventrow WHERE id = %s", [event.pk])
            assert cursor.fetchone() == ('"C"\n7\n"Ä\\n"\n5',)


def test_a_shape_that_was_rolled_back_is_not_remembered(committed: None) -> None:
    class Failed(Exception):
        pass

    events = []

    def fail(what: str) -> None:
        with transaction.atomic():
            events.append(kernel.record(kernel.SYSTEM, HAPPENED, 1, Happened(what=what)))
            raise Failed

    with pytest.raises(Failed):
        fail("never")
    with transaction.atomic():
        with pytest.raises(Failed):
            fail("perhaps")
        kernel.record(kernel.SYSTEM, HAPPENED, 1, Happened(what="surely"))
    assert [is_known(event) for event in events] == [False, False]
    assert [stored(recorded({"what": what, "count": 0})).kind for what in ("never", "perhaps")] == [
        "probe.happened"
    ] * 2


def test_nothing_is_remembered_inside_a_transaction_around_what_says_it_is_committed(
    committed: None, django_capture_on_commit_callbacks: Any
) -> None:
    with transaction.atomic():
        with django_capture_on_commit_callbacks(execute=True):
            event = recorded({"what": "inside"})
        assert not is_known(event)
        transaction.set_rollback(True)


def test_a_kind_with_as_many_shapes_as_it_may_have_goes_on(committed: None) -> None:
    def filled(data: dict[str, Any]) -> kernel.Event:
        with transaction.atomic():
            return kernel.record(kernel.SYSTEM, FILLED, 1, _Any(data))

    with transaction.atomic():
        for number in range(255):
            kernel.record(kernel.SYSTEM, FILLED, 1, _Any({f"name{number}": number}))
    assert rows("kernel_eventshape", "kind = 'probe.filled'") == 251  # the last is for all the others
    for data in ({"another": 1}, {"another": 2}, {"name3": 7}):
        assert stored(filled(data)).data == data
    assert rows("kernel_eventshape", "kind = 'probe.filled'") == 251
    known, other = filled({"name3": 8}), filled({"another": 3})
    assert (is_known(known), is_known(other)) == (True, False)
    assert (stored(known).data, stored(other).data) == ({"name3": 8}, {"another": 3})


def test_known_and_new_shapes_of_one_action_keep_their_order_and_their_people(committed: None) -> None:
    recorded({"what": "known", "count": 0})
    with transaction.atomic(), kernel.together():
        made = [
            kernel.record(kernel.Viewer(user_id=user_id, name="x"), HAPPENED, user_id, Happened(what=what))
            for user_id, what in ((7, "known"), (8, "new_one"), (9, "known"))
        ]
    ids = [event.pk for event in made]
    assert ids == sorted(ids)
    for _time in range(2):
        found = kernel.Event.objects.filter(pk__in=ids).order_by("pk")
        assert [(each.actor_id, each.actor_kind, each.data["what"]) for each in found] == [
            (7, "person", "known"), (8, "person", "new_one"), (9, "person", "known"),
        ]  # fmt: skip
        with transaction.atomic(), kernel.together():
            made = [
                kernel.record(kernel.Viewer(user_id=user_id, name="x"), HAPPENED, user_id, Happened(what=what))
                for user_id, what in ((7, "known"), (8, "new_one"), (9, "known"))
            ]
        ids = [event.pk for event in made]


def test_two_transactions_may_make_the_same_shape_at_once(committed: None) -> None:
    made: list[kernel.Event] = []
    both = Barrier(2)

    def make() -> None:
        try:
            with transaction.atomic():
                event = kernel.record(kernel.SYSTEM, HAPPENED, 1, Happened(what="at_once"))
                both.wait(60)  # neither waits for the other
            made.append(event)
        finally:
            connection.close()

    run_both(make)
    again = recorded({"what": "at_once", "count": 0})
    assert {stored(event).data["what"] for event in (*made, again)} == {"at_once"}
    assert len(made) == 2


def run_both(work: Callable[[], None]) -> None:
    threads = [Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)


def test_no_more_shapes_are_remembered_than_fit(committed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "MOST_KNOWN", 2)
    monkeypatch.setattr(shapes, "_known", {})
    events = [recorded({name: 1}) for name in ("one", "two", "three")]
    assert [is_known(event) for event in events] == [False, True, True]
    assert stored(recorded({"one": 5})).data == {"one": 5}


def test_what_is_no_json_is_refused_whether_the_shape_is_known_or_not(committed: None) -> None:
    before = rows("kernel_event")
    for _time in range(2):
        with pytest.raises(ValueError, match="not JSON compliant"):
            recorded({"number": float("nan")})
        recorded({"number": 1.5})
    assert rows("kernel_event") == before + 2


def test_a_subject_or_a_person_beyond_four_bytes_is_refused_whoever_cuts(committed: None) -> None:
    beyond = 2**31
    for _time in range(2):  # through the view, and as a row
        for user_id, subject_id in ((None, beyond), (beyond, 1)):
            with pytest.raises(DatabaseError, match="integer out of range"), transaction.atomic():
                kernel.record(kernel.Viewer(user_id=user_id, name="Maria"), HAPPENED, subject_id, Happened(what="wide"))
        for user_id in (None, beyond - 1):
            with transaction.atomic():
                event = kernel.record(
                    kernel.Viewer(user_id=user_id, name="Maria"), HAPPENED, beyond - 1, Happened(what="wide")
                )
            assert is_known(event)
            assert (stored(event).subject_id, stored(event).actor_id) == (beyond - 1, user_id)
    assert not kernel.Event.objects.filter(subject_id=beyond).exists()
