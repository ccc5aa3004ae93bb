from __future__ import annotations

from datetime import timedelta

import pytest

from deskbell.kernel.api import SYSTEM, Event, Invalid, NotAllowed, clock
from deskbell.people.api import Absence, Team
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def last_event(row: tickets.Ticket) -> Event:
    return Event.objects.filter(subject_type="ticket", subject_id=row.pk).latest("pk")


def test_assigning_counts_changes_of_hands_and_writes_the_note_first() -> None:
    it = make.department()
    maria, jan = make.colleague(it), make.colleague(it)
    ticket = make.ticket(it)
    viewer = make.viewer(maria)
    tickets.take(viewer, ticket.pk)
    tickets.assign(viewer, ticket.pk, jan.pk, note="Yours, please")
    row = make.reload(ticket)
    assert (row.assignee_id, row.reassign_count, row.message_count) == (jan.pk, 1, 2)
    assert last_event(ticket).changes == {"assignee_id": [maria.pk, jan.pk]}
    again = Event.objects.count()
    tickets.assign(viewer, ticket.pk, jan.pk)
    assert Event.objects.count() == again


def test_nobody_is_assigned_who_cannot_work_there() -> None:
    it, finance = make.department(), make.department()
    viewer = make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    team = Team.objects.create(department=finance, name="Invoices")
    for person in (make.person(), make.colleague(finance), make.colleague(it, "viewer")):
        with pytest.raises(Invalid, match="cannot work"):
            tickets.assign(viewer, ticket.pk, person.pk)
    with pytest.raises(Invalid) as caught:
        tickets.assign(viewer, ticket.pk, None, team_id=team.pk)
    assert list(caught.value.fields) == ["team"]
    assert make.reload(ticket).version == ticket.version


def test_an_absent_colleague_is_offered_with_their_substitute() -> None:
    it = make.department()
    maria, jan = make.colleague(it, name="Maria"), make.colleague(it, name="Jan")
    now = clock.now()
    Absence.objects.create(
        user=maria, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=2), substitute=jan
    )
    offered = {each.name: each for each in tickets.assignable(make.viewer(jan), it.pk)}
    assert offered["Maria"].substitute == "Jan"
    assert offered["Maria"].away_until == now + timedelta(days=2)
    assert offered["Jan"].away_until is None


def test_priority_follows_the_matrix_until_it_is_overridden_with_a_reason() -> None:
    it = make.department()
    agent, lead = make.viewer(make.colleague(it)), make.viewer(make.colleague(it, "lead"))
    ticket = make.ticket(it)
    assert tickets.classify(agent, ticket.pk, impact=1, urgency=1).priority.code == "critical"
    low = tickets.Priority.objects.get(code="low").pk
    with pytest.raises(NotAllowed):
        tickets.classify(agent, ticket.pk, priority_id=low, priority_reason="x")
    with pytest.raises(Invalid, match="Say why"):
        tickets.classify(lead, ticket.pk, priority_id=low)
    row = tickets.classify(lead, ticket.pk, priority_id=low, priority_reason="A test machine")
    assert (row.priority.code, row.priority_reason) == ("low", "A test machine")
    row = tickets.classify(agent, ticket.pk, urgency=3)
    assert (row.priority.code, row.priority_reason) == ("medium", "")
    with pytest.raises(Invalid):
        tickets.classify(agent, ticket.pk, impact=9)


def test_a_category_of_another_department_is_refused_and_dropped_when_handed_over() -> None:
    it, finance = make.department(), make.department()
    viewer = make.viewer(make.colleague(it))
    mine = tickets.save_category(SYSTEM, None, name="Only IT", department_id=it.pk)
    theirs = tickets.save_category(SYSTEM, None, name="Only Finance", department_id=finance.pk)
    ticket = make.ticket(it)
    with pytest.raises(Invalid):
        tickets.classify(viewer, ticket.pk, category_id=theirs.pk)
    tickets.classify(viewer, ticket.pk, category_id=mine.pk)
    tickets.transfer(viewer, ticket.pk, finance.pk, note="x")
    assert make.reload(ticket).category_id is None


def test_whoever_restricts_a_ticket_keeps_it_and_only_the_head_opens_it_again() -> None:
    it = make.department()
    agent, other = make.viewer(make.colleague(it)), make.viewer(make.colleague(it))
    head = make.viewer(make.colleague(it, "head"))
    ticket = make.ticket(it)
    tickets.classify(agent, ticket.pk, kind="security_incident")
    assert tickets.ticket_page(agent, ticket.pk).ticket.is_restricted
    assert tickets.queue(other, tickets.QueueFilter()).rows == []
    with pytest.raises(NotAllowed):
        tickets.classify(agent, ticket.pk, kind="incident")
    tickets.classify(head, ticket.pk, kind="incident")
    assert len(tickets.queue(other, tickets.QueueFilter()).rows) == 1


def test_handing_over_needs_a_note_and_can_keep_access() -> None:
    it, finance = make.department("IT"), make.department("Finance")
    maria, jan = make.colleague(it), make.colleague(finance)
    viewer = make.viewer(maria)
    ticket = make.ticket(it)
    tickets.take(viewer, ticket.pk)
    with pytest.raises(Invalid) as caught:
        tickets.transfer(viewer, ticket.pk, finance.pk, note=" ")
    assert list(caught.value.fields) == ["note"]
    with pytest.raises(Invalid):
        tickets.transfer(viewer, ticket.pk, it.pk, note="x")
    assert make.reload(ticket).department_id == it.pk
    after = tickets.transfer(viewer, ticket.pk, finance.pk, note="Money", keep_access=True)
    row = make.reload(ticket)
    assert (after.still_visible, after.department, row.assignee_id) == (True, "Finance", None)
    assert tickets.ticket_page(viewer, ticket.pk).may == {"ticket.see", "ticket.note"}
    tickets.transfer(make.viewer(jan), ticket.pk, it.pk, note="Not ours", assignee_id=maria.pk)
    row = make.reload(ticket)
    assert (row.department_id, row.assignee_id, row.referrals.count()) == (it.pk, maria.pk, 0)


def test_access_is_given_and_taken_back() -> None:
    it, finance = make.department(), make.department()
    viewer, jan = make.viewer(make.colleague(it)), make.viewer(make.colleague(finance))
    ticket = make.ticket(it)
    row = tickets.refer(viewer, ticket.pk, department_id=finance.pk, reason="Have a look")
    assert tickets.ticket_page(jan, ticket.pk).may == {"ticket.see", "ticket.note"}
    tickets.refer(viewer, ticket.pk, department_id=finance.pk, can_work=True, reason="Help")
    assert "ticket.work" in tickets.ticket_page(jan, ticket.pk).may
    with pytest.raises(Invalid):
        tickets.refer(viewer, ticket.pk, department_id=finance.pk, user_id=jan.user_id, reason="x")
    tickets.end_referral(viewer, ticket.pk, row.pk)
    assert tickets.queue(jan, tickets.QueueFilter()).rows == []


def test_bulk_says_for_each_ticket_why_not_and_changes_the_others() -> None:
    it, finance = make.department(), make.department()
    lead = make.viewer(make.colleague(it, "lead"))
    open_one, closed, foreign = make.ticket(it), make.ticket(it), make.ticket(finance)
    tickets.change_state(SYSTEM, closed.pk, "resolved", resolution="x")
    tickets.change_state(SYSTEM, closed.pk, "closed")
    change = tickets.BulkChange(state="cancelled", reason="Spam", add_tags=["spam"], assignee_id=lead.user_id)
    result = tickets.bulk(lead, [open_one.pk, closed.pk, foreign.pk], change)
    assert result.done == [open_one.pk]
    assert result.failed == {
        closed.pk: "A ticket cannot go from “Closed” to “Cancelled”.",
        foreign.pk: "There is nothing here, or you may not see it.",
    }
    assert make.reload(open_one).tags == ["spam"]
    assert (make.reload(closed).tags, make.reload(closed).assignee_id) == ([], None)
    moved = tickets.bulk(
        lead, [open_one.pk], tickets.BulkChange(department_id=finance.pk, note="Yours", remove_tags=["spam"])
    )
    assert moved.done == [open_one.pk]
    assert (make.reload(open_one).department_id, make.reload(open_one).tags) == (finance.pk, [])
    with pytest.raises(Invalid):
        tickets.bulk(lead, [open_one.pk], tickets.BulkChange())
    with pytest.raises(Invalid):
        tickets.bulk(lead, range(501), tickets.BulkChange(add_tags=["x"]))


def test_a_change_of_state_asks_for_what_its_guards_need() -> None:
    it = make.department()
    viewer = make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    asked = {step.state.code: step.fields for step in tickets.ticket_page(viewer, ticket.pk).next_states}
    assert asked["waiting"] == ("waiting_reason", "follow_up_at")
    assert asked["resolved"] == ("resolution",)
    assert asked["in_progress"] == ()
    with pytest.raises(Invalid) as caught:
        tickets.change_state(viewer, ticket.pk, "waiting", follow_up_at=clock.now() - timedelta(days=1))
    assert set(caught.value.fields) == {"waiting_reason", "follow_up_at"}
    assert make.reload(ticket).state.code == "new"


def test_custom_fields_are_checked_by_type_and_cleared_by_an_empty_value() -> None:
    it = make.department()
    viewer, admin = make.viewer(make.colleague(it)), make.viewer(make.colleague(None, "administrator"))
    tickets.save_custom_field(admin, None, code="room", label="Room", type="integer")
    tickets.save_custom_field(admin, None, code="floors", label="Floors", type="choices", choices=["1", "2"])
    ticket = make.ticket(it)
    row = tickets.set_fields(viewer, ticket.pk, {"room": "12", "floors": ["2"]})
    assert row.custom == {"room": 12, "floors": ["2"]}
    with pytest.raises(Invalid) as caught:
        tickets.set_fields(viewer, ticket.pk, {"room": "twelve", "floors": ["3"], "no": "x"})
    assert set(caught.value.fields) == {"custom.room", "custom.floors", "custom.no"}
    assert tickets.set_fields(viewer, ticket.pk, {"room": ""}).custom == {"floors": ["2"]}
    lines = [line.text for entry in tickets.timeline(viewer, ticket.pk) for line in entry.changes]
    assert "Room: 12 → none" in lines


def test_links_are_not_doubled_nor_circular_and_hide_what_is_not_seen() -> None:
    it, finance = make.department(), make.department()
    viewer = make.viewer(make.colleague(it))
    one, two, foreign = make.ticket(it), make.ticket(it), make.ticket(finance)
    row = tickets.link(viewer, one.pk, two.pk, "related_to")
    assert tickets.link(viewer, two.pk, one.pk, "related_to").pk == row.pk
    tickets.link(viewer, one.pk, two.pk, "child_of")
    with pytest.raises(Invalid, match="part of this one"):
        tickets.link(viewer, two.pk, one.pk, "child_of")
    tickets.link(SYSTEM, one.pk, foreign.pk, "caused_by")
    assert {each.other.pk for each in tickets.ticket_page(viewer, one.pk).links} == {two.pk}
    tickets.unlink(viewer, row.pk)
    assert [each.label for each in tickets.ticket_page(viewer, two.pk).links] == ["consists of"]


def test_tags_are_kept_once_in_lower_case() -> None:
    it = make.department()
    viewer = make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    assert tickets.set_tags(viewer, ticket.pk, [" VIP ", "vip", "Ключ", ""]).tags == ["vip", "ключ"]
    with pytest.raises(Invalid):
        tickets.set_tags(viewer, ticket.pk, ["x" * 61])


def test_the_timeline_tells_changes_in_words_between_messages() -> None:
    it, finance = make.department("IT"), make.department("Finance")
    maria = make.viewer(make.colleague(it, name="Maria"))
    jan = make.colleague(it, name="Jan")
    ticket = make.ticket(it, make.person("Anna"))
    tickets.reply(maria, ticket.pk, tickets.MessageContent(text="Hello"))
    tickets.assign(maria, ticket.pk, jan.pk)
    tickets.classify(maria, ticket.pk, impact=1, kind="incident")
    tickets.set_tags(maria, ticket.pk, ["vip"])
    tickets.refer(maria, ticket.pk, department_id=finance.pk, reason="Look")
    shown = tickets.timeline(maria, ticket.pk)
    assert [each.message.text if each.message else [line.text for line in each.changes] for each in shown] == [
        ["Created in IT"],
        "It does not work.",
        "Hello",
        [
            "State: New → In progress",
            "Assigned to Jan",
            "Kind: Question → Incident",
            "Impact: One person → Everyone or a whole service",
            "Priority: Low → Medium",
            "Tags added: vip",
            "Gave access to Finance",
        ],
    ]
    assert {line.actor for line in shown[-1].changes} == {"Maria"}
    assert shown[-1].changes[-1].reason == "Look"
