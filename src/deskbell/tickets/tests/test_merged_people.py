"""Tickets of two records of one person, after they became one."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM, Event
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.tickets.tests.factories import colleague, department, person, reload, ticket, viewer

pytestmark = pytest.mark.django_db


def test_tickets_messages_and_places_follow_the_person():
    where = department()
    target, source = person("Anna Kern"), person("A. Kern")
    asked = ticket(where, source)
    shared = ticket(where)
    for one in (target, source):
        tickets.add_participant(SYSTEM, shared.pk, one.pk)
    tickets.receive(viewer(source), asked.pk, tickets.MessageContent(text="More", channel="portal"))
    people.merge_people(SYSTEM, source.pk, target.pk)
    assert reload(asked).requester_id == target.pk
    assert [row.user_id for row in shared.participants.all()] == [target.pk]
    assert asked.messages.filter(text="More").get().author_id == target.pk
    assert [row.id for row in tickets.customer_tickets(viewer(target)).rows] == [asked.pk, shared.pk]
    event = Event.objects.get(kind="ticket.requester_changed", subject_id=asked.pk)
    assert event.changes["requester_id"] == [source.pk, target.pk]


def test_work_follows_a_colleague():
    where = department()
    target, source = colleague(where, name="Tom Arden"), colleague(where, name="T. Arden")
    given = ticket(where)
    tickets.assign(SYSTEM, given.pk, source.pk)
    tickets.watch(viewer(source), given.pk)
    tickets.watch(viewer(target), given.pk)
    people.merge_people(SYSTEM, source.pk, target.pk)
    assert reload(given).assignee_id == target.pk
    assert [row.user_id for row in given.watchers.all()] == [target.pk]
