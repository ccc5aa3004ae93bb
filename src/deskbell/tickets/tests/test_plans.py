"""The statements of the pages asked most find their rows by indexes.

With sequential scans forbidden, the planner takes one only where no index could serve: that is what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection

from deskbell.kernel.api import Viewer, reference
from deskbell.kernel.testing import recorded
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
# Rows grow with the desk.
LARGE = (
    "tickets_ticket",
    "tickets_message",
    "kernel_eventrow",
    "tickets_attachment",
    "people_user",
    "tickets_ticketread",
    "search_searchdocument",
    "search_word",
    "search_newword",
    "people_contactpoint",
    "people_organisation",
)
SCANNED = re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b")


def scans(read: Callable[[], object]) -> list[str]:
    """Large tables read from end to end, by statement."""
    with reference.held():
        read()
        with recorded() as statements:
            read()
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql, params in statements:
            cursor.execute(f"EXPLAIN {sql}", params)
            plan = "\n".join(line for (line,) in cursor.fetchall())
            found += [f"{table}: {sql}" for table in SCANNED.findall(plan)]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


@pytest.fixture
def agent() -> Viewer:
    it, finance = make.department(), make.department()
    person = make.colleague(it)
    make.give_role(person, "agent", finance)
    make.ticket(it)
    return make.viewer(person)


@pytest.mark.parametrize("view", list(tickets.VIEWS))
def test_a_first_page_of_a_queue_is_read_from_indexes(agent: Viewer, view: str) -> None:
    assert scans(lambda: tickets.queue(agent, tickets.QueueFilter(view=view))) == []


@pytest.mark.parametrize("sort", ["recent", "oldest", "created", "priority"])
def test_so_is_every_order_of_the_open_tickets(agent: Viewer, sort: str) -> None:
    assert scans(lambda: tickets.queue(agent, tickets.QueueFilter(sort=sort))) == []


def test_views_are_counted_from_indexes(agent: Viewer) -> None:
    assert scans(lambda: tickets.view_counts(agent)) == []


def test_the_page_of_a_ticket_is_read_from_indexes(agent: Viewer) -> None:
    pk = tickets.Ticket.objects.latest("pk").pk
    tickets.reply(agent, pk, tickets.MessageContent(text="x"))
    assert scans(lambda: tickets.ticket_page(agent, pk)) == []
    assert scans(lambda: tickets.timeline_page(agent, pk)) == []
    assert scans(lambda: tickets.requester_card(agent, pk)) == []


def test_what_a_customer_sees_is_read_from_indexes(agent: Viewer) -> None:
    ticket = tickets.Ticket.objects.latest("pk")
    customer = make.viewer(ticket.requester)
    assert scans(lambda: tickets.customer_tickets(customer)) == []
    assert scans(lambda: tickets.customer_ticket(customer, ticket.pk)) == []
