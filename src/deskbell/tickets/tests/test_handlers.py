"""What open pages hear, and what happens to tickets when people change."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from deskbell.kernel.api import SYSTEM, Event, newest_events
from deskbell.live import api as live
from deskbell.tickets import api as tickets
from deskbell.tickets.handlers import write_documents_of_person
from deskbell.tickets.tests import factories as make
from deskbell.tickets.updates import as_updates

pytestmark = pytest.mark.django_db


def told(row: tickets.Ticket, kind: str) -> tuple[str, set[str]]:
    event = Event.objects.filter(kind=kind, subject_id=row.pk).latest("pk")
    (update,) = as_updates([event])
    return update.name, {str(topic) for topic in update.topics}


def test_both_departments_hear_of_a_ticket_handed_over() -> None:
    it, finance = make.department(), make.department()
    maria = make.colleague(it)
    ticket = make.ticket(it)
    tickets.take(make.viewer(maria), ticket.pk)
    tickets.transfer(make.viewer(maria), ticket.pk, finance.pk, note="x")
    name, topics = told(ticket, "ticket.transferred")
    assert name == "ticket.updated"
    assert topics >= {f"department:{it.pk}", f"department:{finance.pk}", f"ticket:{ticket.pk}", f"user:{maria.pk}"}


def test_the_person_who_asked_and_those_who_take_part_hear_of_it() -> None:
    it = make.department()
    copied = make.person()
    ticket = make.ticket(it, participants=[(copied.pk, tickets.ParticipantRole.CC)])
    name, topics = told(ticket, "ticket.created")
    assert name == "ticket.created"
    assert topics >= {f"user:{ticket.requester_id}", f"user:{copied.pk}"}


def test_portal_pages_hear_of_messages_and_not_of_notes() -> None:
    it = make.department()
    ticket = make.ticket(it)
    maria = make.viewer(make.colleague(it))
    public = f"customer-ticket:{ticket.pk}"
    assert public in told(ticket, "ticket.message_added")[1]
    tickets.add_note(maria, ticket.pk, tickets.MessageContent(text="Between us"))
    assert public not in told(ticket, "ticket.message_added")[1]
    tickets.take(maria, ticket.pk)
    assert public not in told(ticket, "ticket.assigned")[1]


def test_what_is_published_is_what_a_page_that_was_away_catches_up_with(monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[tuple[str, int, list[str]]] = []
    publish = live.publish_all

    def listen(updates: Iterable[live.Update]) -> None:
        told = list(updates)
        published.extend((each.name, each.ref, sorted(map(str, each.topics))) for each in told)
        publish(told)

    monkeypatch.setattr(live, "publish_all", listen)
    it = make.department()
    before = live.position()
    ticket = make.ticket(it)
    topic = live.Topic("department", it.pk)
    caught_up = [(each.name, each.ref, sorted(map(str, each.topics))) for each in live.catch_up([topic], before)]
    assert caught_up
    assert all(each in published for each in caught_up)
    assert {ref for _name, ref, _topics in published} == {ticket.pk}


def test_a_person_is_found_by_a_new_name() -> None:
    it = make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person("Anna Kern")
    ticket = make.ticket(it, anna)
    anna.name = "Anna Lind"
    anna.save()
    assert tickets.search_tickets(maria, "lind") == []
    event = Event(kind="user.changed", subject_type="user", subject_id=anna.pk)
    write_documents_of_person(event)
    write_documents_of_person(event)
    assert [row.id for row in tickets.search_tickets(maria, "lind")] == [ticket.pk]
    assert tickets.search_tickets(SYSTEM, "kern") == []


def test_a_page_that_is_current_hears_of_nothing_again() -> None:
    it = make.department()
    ticket = make.ticket(it)
    topic = live.Topic("ticket", ticket.pk)
    current = live.read_position(str(live.position()))
    assert current is not None
    assert live.catch_up([topic], current) == []
    assert [each.ref for each in live.catch_up([topic], live.Position(current.last))] == [ticket.pk] * 2


def test_a_page_listens_from_where_the_log_stood_before_it_read_anything() -> None:
    with newest_events.held(newest_events.newest_ids()):
        ticket = make.ticket(make.department())
        current = live.position()
    assert {each.ref for each in live.catch_up([live.Topic("ticket", ticket.pk)], current)} == {ticket.pk}
    with newest_events.held([8, 6]):
        assert live.position() == live.Position(8, frozenset({1, 2, 3, 4, 5, 7}))


def test_what_was_committed_late_is_heard_all_the_same() -> None:
    ticket = make.ticket(make.department())
    last = Event.objects.latest("pk").pk
    late = live.read_position(f"{last}.1.")
    assert late == live.Position(last, frozenset({last - 1}))
    assert [each.event_id for each in live.catch_up([live.Topic("ticket", ticket.pk)], late)] == [last - 1]


@pytest.mark.parametrize("text", ["", "x", "-1", "1.x", "٣", "9" * 30, "1.-2"])
def test_a_position_that_is_none_is_ignored(text: str) -> None:
    assert live.read_position(text) is None
