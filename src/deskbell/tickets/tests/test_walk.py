"""The whole way of a ticket, once: every door opens and the pieces fit together."""

import pytest
from django.http import QueryDict

from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_ticket_goes_from_the_portal_through_two_departments_and_back() -> None:
    it, finance = make.department("IT"), make.department("Finance")
    maria = make.viewer(make.colleague(it, name="Maria"))
    jan = make.viewer(make.colleague(finance, name="Jan"))
    asking = make.person("Anna Kern")
    anna = make.viewer(asking)
    ticket = make.ticket(it, asking, text="The invoice of March is missing")

    tickets.take(maria, ticket.pk)
    tickets.reply(maria, ticket.pk, tickets.MessageContent(text="Looking into it"))
    after = tickets.transfer(maria, ticket.pk, finance.pk, note="This is about an invoice")
    assert not after.still_visible
    assert tickets.queue(maria, tickets.QueueFilter()).rows == []
    page = tickets.queue(jan, tickets.QueueFilter(view="unassigned", text="invoice"))
    assert [row.id for row in page.rows] == [ticket.pk]
    assert tickets.view_counts(jan)["unassigned"] == 1
    assert tickets.ticket_page(jan, ticket.pk).may >= {"ticket.work", "ticket.transfer"}
    assert tickets.requester_card(jan, ticket.pk).person.name == "Anna Kern"
    lines = [line.text for entry in tickets.timeline(jan, ticket.pk) for line in entry.changes]
    assert "Handed over from IT to Finance" in lines
    tickets.change_state(jan, ticket.pk, "resolved", resolution="Sent again")
    assert tickets.customer_tickets(anna, state="ended").rows[0].state == "Solved"
    closed = tickets.close_as_requester(anna, ticket.pk, "Thank you")
    assert closed.state.code == "closed"
    again, created = tickets.reopen_as_requester(anna, ticket.pk, "It came twice")
    assert (again.pk, created) == (ticket.pk, False)
    shown = tickets.timeline(anna, ticket.pk)
    assert [entry.message.text for entry in shown if entry.message] == [
        "The invoice of March is missing", "Looking into it", "Thank you", "It came twice",
    ]  # fmt: skip


def test_every_query_answers_for_a_new_desk() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it, "administrator"))
    wanted, problems = tickets.QueueFilter.from_query(QueryDict("view=mine&sort=priority&assignee=me&status=any"))
    assert problems == []
    assert tickets.queue(maria, wanted).rows == []
    assert tickets.form_choices(maria, it.pk).matrix[1, 1]
    assert [each.name for each in tickets.assignable(maria, it.pk)] == [maria.name]
    assert tickets.transfer_targets(maria)[0].pk == it.pk
    assert tickets.search_tickets(maria, "#10042", 5) == []
