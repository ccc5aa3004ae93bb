"""What is hidden from somebody is not told by the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskbell.kernel.api import SYSTEM, Invalid, may, visible
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.tickets.models import Mention
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def told(ticket: tickets.Ticket, viewer: object) -> str:
    entries = tickets.timeline(viewer, ticket.pk)  # type: ignore[arg-type]
    return " | ".join(change.text for entry in entries for change in entry.changes)


def test_the_timeline_does_not_tell_the_number_of_a_ticket_out_of_sight() -> None:
    where = make.department()
    agent, head = make.colleague(where), make.colleague(where, "head")
    plain, secret = make.ticket(where), make.ticket(where, kind="security_incident")
    tickets.link(SYSTEM, plain.pk, secret.pk, "related_to")
    assert f"#{secret.pk}" in told(plain, make.viewer(head))
    assert f"#{secret.pk}" not in told(plain, make.viewer(agent))


def test_handing_over_a_restricted_ticket_keeps_access_for_whoever_did_it_alone() -> None:
    where, there = make.department(), make.department()
    agent, head = make.colleague(where), make.colleague(where, "head")
    secret = make.ticket(where, kind="security_incident")
    tickets.transfer(make.viewer(head), secret.pk, there.pk, note="Yours", keep_access=True)
    assert visible(make.viewer(head), tickets.Ticket).filter(pk=secret.pk).exists()
    assert not visible(make.viewer(agent), tickets.Ticket).filter(pk=secret.pk).exists()


def test_access_given_to_one_person_lets_nobody_else_write_notes() -> None:
    where = make.department()
    reader = make.colleague(None, "viewer")
    ticket = make.ticket(where)
    tickets.refer(SYSTEM, ticket.pk, user_id=make.colleague(make.department()).pk, reason="Asked")
    assert not may(make.viewer(reader), tickets.access.NOTE, ticket)


def test_only_colleagues_are_mentioned() -> None:
    where = make.department()
    agent, friend, customer = make.colleague(where), make.colleague(where), make.person()
    ticket = make.ticket(where)
    content = tickets.MessageContent(text="See this", mentioned=[friend.pk, customer.pk, 2**40])
    tickets.add_note(make.viewer(agent), ticket.pk, content)
    assert set(Mention.objects.values_list("user_id", flat=True)) == {friend.pk}


@pytest.mark.parametrize("field", ["assignee_id", "category_id", "team_id"])
def test_a_new_ticket_takes_nothing_of_another_department(field: str) -> None:
    where, other = make.department(), make.department()
    agent = make.colleague(where)
    foreign = {
        "assignee_id": make.colleague(other).pk,
        "category_id": tickets.Category.objects.create(name="Theirs", department=other).pk,
        "team_id": 2**40,
    }
    new = tickets.NewTicket(
        subject="Printer",
        content=tickets.MessageContent(text="It does not print."),
        department_id=where.pk,
        requester_id=make.person().pk,
        **{field: foreign[field]},  # type: ignore[arg-type]
    )
    with pytest.raises(Invalid):
        tickets.create_ticket(make.viewer(agent), new)
    assert not tickets.Ticket.objects.exists()


def test_the_audit_log_does_not_tell_of_a_restricted_ticket_to_those_outside_its_list() -> None:
    where = make.department()
    viewer = make.viewer(make.colleague(None, "viewer"))
    auditor = replace(viewer, everywhere=viewer.everywhere | {people.SEE_AUDIT})
    plain, secret = make.ticket(where), make.ticket(where, kind="security_incident")
    seen = {row.event.subject_id for row in people.audit_log(auditor).rows if row.event.subject_type == "ticket"}
    assert plain.pk in seen
    assert secret.pk not in seen
    everything = make.viewer(make.colleague(None, "administrator"))
    assert secret.pk in {row.event.subject_id for row in people.audit_log(everything).rows}
