"""The number of queries of each page, recorded, and the same with twice the data."""

from __future__ import annotations

import pytest

from deskbell.agent.tests.conftest import HTMX, Desk, build_desk
from deskbell.kernel.testing import QueryCounts, queries_of
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

counts = QueryCounts(__file__.rsplit("/", 1)[0])
PAGES = {
    "queue": "/desk/queue/all/",
    "queue, filtered": "/desk/queue/mine/?q=drops&assignee=me&tag=vpn&status=any",
    "ticket": "/desk/tickets/{ticket}/",
    "new ticket": "/desk/tickets/new/",
    "search": "/desk/search/?q=drops",
    "people": "/desk/people/",
    "person": "/desk/people/{person}/",
}


@pytest.fixture
def desk(db) -> Desk:
    """Made anew: what an earlier test left in the memory of the process would change the numbers."""
    return build_desk()


def more(desk: Desk, number: int) -> None:
    for index in range(number):
        person = make.person(f"Person {index}")
        make.ticket(desk.here, person, subject=f"Again {index}", tags=["vpn"])
        tickets.reply(desk.viewer("agent"), desk.ticket.pk, tickets.MessageContent(text=f"Answer {index}"))
        tickets.add_participant(desk.viewer("agent"), desk.ticket.pk, person.pk)
        tickets.set_tags(desk.viewer("agent"), desk.ticket.pk, [f"tag{index}"])
        make.ticket(desk.here, desk.people["customer"], subject=f"Theirs {index}")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_the_recorded_number_of_queries_however_much_there_is(desk: Desk, name: str):
    path = PAGES[name].format(ticket=desk.ticket.pk, person=desk.people["customer"].pk)
    client = desk.client("agent")
    more(desk, 3)
    client.get(path)
    with counts.check(name):
        assert client.get(path).status_code == 200
    few = queries_of(lambda: client.get(path))
    more(desk, 6)
    client.get(path)
    assert queries_of(lambda: client.get(path)) == few


def test_a_live_update_of_the_list_makes_the_recorded_number_of_queries(desk: Desk):
    client = desk.client("agent")
    client.get("/desk/queue/all/", headers=HTMX)
    with counts.check("queue, live"):
        client.get("/desk/queue/all/", headers=HTMX)


def test_a_live_update_of_a_ticket_makes_the_recorded_number_of_queries(desk: Desk):
    client = desk.client("agent")
    path = f"/desk/tickets/{desk.ticket.pk}/"
    more(desk, 3)
    client.get(path)
    client.get(f"{path}?part=live", headers=HTMX)
    with counts.check("ticket, live"):
        assert client.get(f"{path}?part=live", headers=HTMX).status_code == 200
