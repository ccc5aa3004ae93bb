from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from deskbell.kernel import api as kernel
from deskbell.kernel.events.log import OutsideTransaction
from deskbell.kernel.tests.kinds import HAPPENED, Happened

pytestmark = pytest.mark.django_db


def happened(subject_id: int = 1, **values: object) -> kernel.Event:
    return kernel.record(kernel.SYSTEM, HAPPENED, subject_id, Happened.model_validate(values))


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(caught.value)


def test_the_log_refuses_to_be_changed_deleted_or_emptied() -> None:
    event = happened(what="written")
    assert "append-only" in refused("UPDATE kernel_event SET kind = 'other'")
    assert "append-only" in refused("DELETE FROM kernel_event")
    for table, column in (("kernel_eventrow", "given"), ("kernel_eventshape", "data")):
        assert "append-only" in refused(f"UPDATE {table} SET {column} = ''")
        assert "append-only" in refused(f"DELETE FROM {table}")
        assert "append-only" in refused(f"TRUNCATE {table} CASCADE")
    assert kernel.Event.objects.get(pk=event.pk).data == {"what": "written", "count": 0}


def test_ids_come_from_the_sequence_alone() -> None:
    """No index would refuse one that is there already."""
    row = "(at, subject_id, shape_id, given, id) VALUES (now(), 1, 1, '', 1)"
    assert "GENERATED ALWAYS" in refused(f"INSERT INTO kernel_eventrow {row}")
    assert "GENERATED ALWAYS" in refused("UPDATE kernel_eventrow SET id = id")


def test_a_rollback_leaves_no_event_and_no_job() -> None:
    heard: list[int] = []
    kernel.after_commit("probe.rolled_back", "probe.happened")(lambda event: heard.append(event.pk))

    class Failed(Exception):
        pass

    def change() -> None:
        with transaction.atomic():
            happened()
            raise Failed

    with pytest.raises(Failed):
        change()
    assert not kernel.Event.objects.filter(kind="probe.happened").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_an_event_carries_who_when_why_and_what_changed() -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    viewer = kernel.Viewer(user_id=7, name="Maria")
    with kernel.clock.moved_to(moment), kernel.caused_by(kernel.CauseKind.RULE, 12):
        event = kernel.record(
            viewer, HAPPENED, 5, Happened(what="moved"), changes={"place": ("here", "there")}, reason="It was late"
        )
    event.refresh_from_db()
    assert (event.at, event.actor_kind, event.actor_id) == (moment, "person", 7)
    assert (event.cause_kind, event.cause_ref, event.reason) == ("rule", "12", "It was late")
    assert (event.old("place"), event.new("place"), event.new("other")) == ("here", "there", None)
    assert (event.subject_type, event.subject_id) == ("probe", 5)
    assert HAPPENED.read(event).what == "moved"


def test_when_it_was_recorded_is_kept_where_it_happened_at_another_time() -> None:
    past = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    for _time in range(2):  # through the view, and as a row
        now = happened()
        with kernel.clock.moved_to(past):
            before = happened()
        for event in (now, before):
            event.refresh_from_db()
        assert now.recorded_at == now.at
        assert (before.at, before.recorded_at > past) == (past, True)
        assert before.recorded_at - now.at < timedelta(minutes=1)


def test_what_the_database_cannot_store_is_dropped_from_an_event() -> None:
    event = kernel.record(
        kernel.SYSTEM, HAPPENED, 1, Happened(what="a\x00b"), changes={"x\x00": ("\x00", ["\ud800c"])}, reason="\x00r"
    )
    event.refresh_from_db()
    assert (event.data["what"], event.changes, event.reason) == ("ab", {"x": ["", ["c"]]}, "r")


def test_a_subscriber_in_the_transaction_runs_at_once_and_its_failure_undoes_the_change() -> None:
    heard: list[int] = []

    def listen(event: kernel.Event) -> None:
        if event.subject_id == 99:
            raise ValueError("no")
        heard.append(event.pk)

    kernel.in_transaction("probe.happened")(listen)
    try:
        event = happened(3)
        assert heard == [event.pk]
        with pytest.raises(ValueError), transaction.atomic():
            happened(99)
        assert not kernel.Event.objects.filter(subject_id=99, kind="probe.happened").exists()
    finally:
        from deskbell.kernel.events import subscribers

        subscribers._in_transaction["probe.happened"].remove(listen)


def test_history_is_recorded_but_nobody_is_told_after_commit() -> None:
    kernel.after_commit("probe.history", "probe.happened")(_ignore)
    with kernel.as_history():
        event = happened()
    assert event.historic
    assert jobs_of("probe.history") == []
    later = happened(4)
    assert jobs_of("probe.history") == [("probe.history/probe/4", later.pk)]


def _ignore(_event: kernel.Event) -> None:
    pass


def jobs_of(subscriber: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lock, (args->>'event_id')::bigint FROM procrastinate_jobs WHERE args->>'subscriber' = %s ORDER BY id",
            [subscriber],
        )
        return [(lock, event_id) for lock, event_id in cursor.fetchall()]


def test_a_kind_reads_only_its_own_events_and_ignores_fields_it_does_not_know() -> None:
    event = happened(what="x")
    event.data["added_later"] = True
    assert HAPPENED.read(event).what == "x"
    event.kind = "probe.other"
    with pytest.raises(ValueError, match=r"not probe\.happened"):
        HAPPENED.read(event)


def test_recording_outside_a_transaction_is_an_error() -> None:
    connection.in_atomic_block = False
    try:
        with pytest.raises(OutsideTransaction):
            happened()
    finally:
        connection.in_atomic_block = True
