"""Two sessions at once, each with a connection of its own against a database that really commits."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from deskbell.kernel.api import Conflict, DeskbellError, Viewer
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.usefixtures("committed_database")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all at the same time; what each returned or was refused with."""
    barrier = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait(30)
            found[index] = work()
        except DeskbellError as error:
            found[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return found


def test_of_two_who_answer_at_once_one_is_told_and_sends_nothing() -> None:
    it = make.department()
    maria, jan = make.viewer(make.colleague(it)), make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    seen = ticket.last_message_id

    def answer(viewer: Viewer) -> Callable[[], object]:
        return lambda: tickets.reply(
            viewer, ticket.pk, tickets.MessageContent(text=f"from {viewer.name}"), seen_message_id=seen
        )

    found = at_once(answer(maria), answer(jan))
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "Message"]
    assert tickets.Message.objects.filter(ticket=ticket).count() == 2
    assert any(isinstance(each, Conflict) for each in found)


def test_merging_both_ways_and_mail_coming_in_at_once_do_not_wait_for_each_other_for_ever() -> None:
    it = make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person()
    one, two = make.ticket(it, anna), make.ticket(it, anna)
    found = at_once(
        lambda: tickets.merge(maria, one.pk, two.pk),
        lambda: tickets.merge(maria, two.pk, one.pk),
        lambda: tickets.receive(make.viewer(anna), one.pk, tickets.MessageContent(text="more")),
        lambda: tickets.receive(make.viewer(anna), two.pk, tickets.MessageContent(text="more")),
    )
    assert sum(isinstance(each, tickets.Merge) for each in found) == 1
    assert all(each is not None for each in found)
    messages = sum(isinstance(each, tickets.Message) for each in found)
    assert tickets.Message.objects.count() == 2 + messages


def test_what_is_marked_read_does_not_wait_for_the_disk_and_everything_after_it_does(committed_database: str) -> None:
    maria = make.viewer(make.colleague(it := make.department()))
    ticket = make.ticket(it)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")  # these databases have it off
        assert not connection.in_atomic_block
        with CaptureQueriesContext(connection) as captured:
            tickets.mark_read(maria, ticket.pk)
        assert "set_config('synchronous_commit', 'off', true)" in captured[-1]["sql"]
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
    assert tickets.TicketRead.objects.filter(ticket=ticket, user_id=maria.user_id).exists()


def test_what_is_marked_read_among_other_changes_waits_for_the_disk_as_they_do(committed_database: str) -> None:
    maria = make.viewer(make.colleague(it := make.department()))
    ticket = make.ticket(it)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO on")
        tickets.mark_read(maria, ticket.pk)
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)
