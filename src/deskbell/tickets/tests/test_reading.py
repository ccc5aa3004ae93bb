"""Who has read what: marks are kept for tickets that are not closed, and a closed one is never unread."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM, Invalid, Viewer
from deskbell.people.api import Department
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
Content = tickets.MessageContent


@pytest.fixture
def it() -> Department:
    return make.department()


@pytest.fixture
def maria(it: Department) -> Viewer:
    return make.viewer(make.colleague(it))


@pytest.fixture
def jan(it: Department) -> Viewer:
    return make.viewer(make.colleague(it))


def readers(ticket: tickets.Ticket) -> set[int]:
    return set(tickets.TicketRead.objects.filter(ticket=ticket).values_list("user_id", flat=True))


def is_unread(viewer: Viewer, ticket: tickets.Ticket) -> bool:
    """In its row, and on its page."""
    rows = tickets.queue(viewer, tickets.QueueFilter(state_categories=())).rows
    found = next(row.unread for row in rows if row.id == ticket.pk)
    page = tickets.ticket_page(viewer, ticket.pk)
    assert found == (page.read_up_to < page.last_message_id)
    return found


def close(viewer: Viewer, *several: tickets.Ticket, state: str = "closed") -> None:
    for each in several:
        if state == "closed":
            tickets.change_state(viewer, each.pk, "resolved", resolution="done")
        tickets.change_state(viewer, each.pk, state, reason="so")


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_closing_forgets_who_has_read_and_nothing_is_unread(
    it: Department, maria: Viewer, jan: Viewer, state: str
) -> None:
    ticket, other = make.ticket(it), make.ticket(it)
    tickets.mark_read(jan, ticket.pk)
    tickets.mark_read(jan, other.pk)
    tickets.add_note(maria, ticket.pk, Content(text="x"))
    assert (readers(ticket), is_unread(maria, ticket), is_unread(jan, ticket)) == (
        {maria.user_id, jan.user_id}, False, True,
    )  # fmt: skip
    close(maria, ticket, state=state)
    assert (readers(ticket), is_unread(maria, ticket), is_unread(jan, ticket)) == (set(), False, False)
    assert readers(other) == {jan.user_id}


def test_a_resolved_ticket_is_read_and_unread_as_an_open_one(it: Department, maria: Viewer, jan: Viewer) -> None:
    ticket = make.ticket(it)
    tickets.reply(maria, ticket.pk, Content(text="x"))
    tickets.change_state(maria, ticket.pk, "resolved", resolution="done")
    assert (readers(ticket), is_unread(maria, ticket), is_unread(jan, ticket)) == ({maria.user_id}, False, True)


def test_a_closed_ticket_is_read_and_written_on_without_a_mark(it: Department, maria: Viewer, jan: Viewer) -> None:
    ticket = make.ticket(it)
    close(maria, ticket)
    tickets.mark_read(jan, ticket.pk)
    tickets.add_note(maria, ticket.pk, Content(text="@jan", mentioned=[jan.user_id or 0]))
    assert (readers(ticket), is_unread(jan, ticket)) == (set(), False)
    assert tickets.ticket_page(jan, ticket.pk).is_mentioned
    assert not tickets.ticket_page(maria, ticket.pk).is_mentioned
    tickets.mark_read(jan, ticket.pk)
    assert not tickets.ticket_page(jan, ticket.pk).is_mentioned
    assert readers(ticket) == set()


def test_a_closed_ticket_cannot_be_marked_as_unread(it: Department, maria: Viewer) -> None:
    ticket = make.ticket(it)
    close(maria, ticket)
    with pytest.raises(Invalid, match="closed"):
        tickets.mark_unread(maria, ticket.pk)


def test_an_answer_that_reopens_is_unread_to_all(it: Department, maria: Viewer, jan: Viewer) -> None:
    anna = make.person()
    ticket = make.ticket(it, anna)
    tickets.reply(maria, ticket.pk, Content(text="x"))
    close(maria, ticket)
    tickets.receive(make.viewer(anna), ticket.pk, Content(text="still broken"))
    assert (readers(ticket), is_unread(maria, ticket), is_unread(jan, ticket)) == (set(), True, True)


def test_who_opens_a_ticket_again_has_read_it(it: Department, maria: Viewer, jan: Viewer) -> None:
    ticket = make.ticket(it)
    tickets.mark_read(jan, ticket.pk)
    close(jan, ticket)
    tickets.change_state(maria, ticket.pk, "in_progress", reason="x")
    assert (readers(ticket), is_unread(maria, ticket), is_unread(jan, ticket)) == ({maria.user_id}, False, True)


def test_who_asked_and_opens_their_ticket_again_leaves_no_mark(it: Department, maria: Viewer) -> None:
    anna = make.person()
    ticket = make.ticket(it, anna)
    close(maria, ticket)
    tickets.reopen_as_requester(make.viewer(anna), ticket.pk, "still broken")
    assert make.reload(ticket).is_open
    assert (readers(ticket), is_unread(maria, ticket)) == (set(), True)


def test_many_are_closed_at_once_without_marks(it: Department, jan: Viewer) -> None:
    lead = make.viewer(make.colleague(it, role="lead"))
    several = [make.ticket(it) for _each in range(3)]
    for each in several:
        tickets.mark_read(jan, each.pk)
        tickets.change_state(lead, each.pk, "resolved", resolution="done")
    pks = [each.pk for each in several[:2]]
    assert tickets.bulk(lead, pks, tickets.BulkChange(state="closed")).done == pks
    assert [readers(each) for each in several] == [set(), set(), {jan.user_id}]


def test_a_merged_ticket_has_no_marks_and_is_new_to_all_but_who_undoes_it(
    it: Department, maria: Viewer, jan: Viewer
) -> None:
    source, target = make.ticket(it), make.ticket(it)
    tickets.mark_read(jan, source.pk)
    merge = tickets.merge(maria, source.pk, target.pk)
    assert (readers(source), is_unread(jan, source)) == (set(), False)
    tickets.undo_merge(maria, merge.pk)
    assert (readers(source), is_unread(jan, source), is_unread(maria, source)) == ({maria.user_id}, True, False)


def test_undoing_the_merge_of_a_closed_ticket_leaves_no_mark(it: Department, maria: Viewer) -> None:
    source, target = make.ticket(it), make.ticket(it)
    close(maria, source)
    tickets.undo_merge(maria, tickets.merge(maria, source.pk, target.pk).pk)
    assert readers(source) == set()


def test_the_clock_closes_without_marks(it: Department, maria: Viewer) -> None:
    ticket = make.ticket(it)
    tickets.mark_read(maria, ticket.pk)
    close(SYSTEM, ticket)
    tickets.change_state(SYSTEM, ticket.pk, "in_progress", reason="x")
    assert readers(ticket) == set()
