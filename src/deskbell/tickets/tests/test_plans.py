"""The statements of the pages asked most find their rows by indexes.

With sequential scans forbidden, the planner takes one only where no index could serve: that is what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection

from deskbell.kernel.api import Viewer, events_of, reference
from deskbell.kernel.testing import events_read, recorded, write_long_log
from deskbell.tickets import api as tickets
from deskbell.tickets.queries import feed
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


def test_the_feed_reads_the_log_from_its_cursor_on_and_no_further_than_a_page(agent: Viewer) -> None:
    pk = tickets.Ticket.objects.latest("pk").pk
    count = 20_000
    first = write_long_log("ticket.tagged", pk, count=count)
    last = first + count - 1
    for after, looked_at in ((0, feed.LOOKED_AT), (first + 7_777, feed.LOOKED_AT), (last - 10, 10)):
        for kinds in ((), ("ticket.tagged",)):
            (rows,) = events_read(lambda: feed.feed(agent, kinds=kinds, after=after, size=50))  # noqa: B023
            assert rows <= looked_at + 1 + 2 * 64, (after, kinds)
    page = feed.feed(agent, kinds=(), after=first + 7_777, size=50)
    assert [row.pk for row in page.rows] == list(range(first + 7_778, first + 7_828))
    # A rare kind is found by itself, wherever it stands.
    assert events_of("ticket.created").count() == 1
    (rows,) = events_read(lambda: feed.feed(agent, kinds=("ticket.created",), after=0, size=50))
    assert rows <= 2 * 64


def test_where_the_feed_begins_is_read_from_the_end_of_the_log(agent: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    pk = tickets.Ticket.objects.latest("pk").pk
    first = write_long_log("ticket.tagged", pk, count=20_000)
    monkeypatch.setattr(feed, "_final_up_to", lambda: None)  # somebody writes for long
    (rows,) = events_read(feed.last_event_id)
    assert rows <= feed.LOOKED_AT + 1 + 2 * 64
    assert feed.last_event_id() == first + 20_000 - 1 - feed.LOOKED_AT


def test_the_ticket_of_a_reply_address_is_found_by_indexes(agent: Viewer) -> None:
    new, old = f"10001.{'a' * 12}", "a" * 20
    for keys in ([new], [old], [new, old]):
        assert scans(lambda keys=keys: tickets.by_reply_key(keys)) == []
