"""A search reads indexes only, whoever asks, and is planned once for all words."""

from __future__ import annotations

import pytest
from django.db import connection

from deskbell.kernel.api import SYSTEM, Viewer
from deskbell.kernel.testing import recorded
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.test_plans import scans

pytestmark = pytest.mark.django_db
QUESTIONS = ("stapler", "red stapler", "stapler -cable", '"red stapler"', "stapler is:open", "staplr")


@pytest.fixture
def agent() -> Viewer:
    here = make.department()
    ticket = make.ticket(here, text="A red stapler, please.")
    tickets.add_note(SYSTEM, ticket.pk, tickets.MessageContent(text="The stapler is blue."))
    return make.viewer(make.colleague(here))


@pytest.mark.parametrize("text", QUESTIONS)
def test_colleagues_and_administrators_search_by_indexes(agent: Viewer, text: str) -> None:
    assert tickets.find_tickets(agent, text).hits
    assert scans(lambda: tickets.find_tickets(agent, text)) == []
    assert scans(lambda: tickets.find_tickets(SYSTEM, text)) == []
    assert scans(lambda: tickets.queue(agent, tickets.QueueFilter(text=text))) == []


def test_so_do_customers(agent: Viewer) -> None:
    ticket = tickets.Ticket.objects.latest("pk")
    customer = make.viewer(ticket.requester)
    assert tickets.find_customer_tickets(customer, "stapler").hits
    assert scans(lambda: tickets.find_customer_tickets(customer, "stapler")) == []
    assert scans(lambda: tickets.customer_tickets(customer, text="stapler")) == []


@pytest.mark.parametrize("text", ["kern", "ker exam", "ke"])
def test_people_and_organisations_are_found_by_indexes(text: str) -> None:
    make.person("Anna Kern")
    assert scans(lambda: people.suggest_people(SYSTEM, text)) == []
    assert scans(lambda: people.suggest_organisations(SYSTEM, text)) == []


def test_no_stretch_of_time_is_read_before_it_is_its_turn(agent: Viewer) -> None:
    """Several processes would read all of them at once."""
    with recorded() as statements:
        tickets.find_tickets(agent, "stapler")
    ranking = next(each for each in statements if "search_lexemes" in each[0])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL parallel_setup_cost = 0")
        cursor.execute("SET LOCAL parallel_tuple_cost = 0")
        cursor.execute("SET LOCAL min_parallel_table_scan_size = 0")
        cursor.execute(f"EXPLAIN {ranking[0]}", ranking[1])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Parallel" not in plan


def test_words_change_nothing_in_the_text_of_the_query(agent: Viewer) -> None:
    def text(words: str) -> str:
        with recorded() as statements:
            tickets.find_tickets(agent, words)
        return next(sql for sql, _params in statements if "search_lexemes" in sql)

    assert text("stapler") == text("red stapler")
