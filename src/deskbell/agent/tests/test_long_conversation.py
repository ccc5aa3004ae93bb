"""A long conversation opens at its newest part; what stands before it is one step away, and nothing is lost."""

from __future__ import annotations

import copy
import re

import pytest

from deskbell.agent.tests.conftest import HTMX, Desk
from deskbell.kernel.testing import queries_of, undone
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.long import lengthen

COUNT = 140


@pytest.fixture(scope="module")
def _long_of_the_module(_desk_of_the_module: Desk, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield build(_desk_of_the_module)


@pytest.fixture
def long(_long_of_the_module, db) -> tuple[Desk, tickets.Ticket, list[int]]:
    return copy.deepcopy(_long_of_the_module)


def build(desk: Desk) -> tuple[Desk, tickets.Ticket, list[int]]:
    ticket = make.ticket(desk.here, desk.people["customer"], subject="Long")
    tickets.Message.objects.filter(ticket=ticket).update(text="First")
    first = tickets.Message.objects.get(ticket=ticket).pk
    return desk, ticket, [first, *lengthen(ticket, desk.people["agent"].pk, COUNT)]


def shown(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="m(\d+)"', html)]


def earlier(html: str) -> list[str]:
    return [address.replace("&amp;", "&") for address in re.findall(r'hx-get="([^"]*before=[^"]*)"', html)]


@pytest.mark.parametrize(("role", "path"), [("agent", "/desk/tickets/{}/"), ("customer", "/portal/tickets/{}/")])
def test_going_back_shows_every_message_once(long, role: str, path: str) -> None:
    desk, ticket, ids = long
    client = desk.client(role)
    html = client.get(path.format(ticket.pk)).text
    assert shown(html) == ids[-tickets.PAGE :]
    found = shown(html)
    for _step in range(10):
        (address,) = earlier(html) or [""]
        if not address:
            break
        html = client.get(address, headers=HTMX).text
        found = shown(html) + found
    assert sorted(found) == ids


@pytest.mark.parametrize(("role", "path"), [("agent", "/desk/tickets/{}/"), ("customer", "/portal/tickets/{}/")])
def test_a_link_to_an_old_message_opens_around_it(long, role: str, path: str) -> None:
    desk, ticket, ids = long
    client = desk.client(role)
    html = client.get(f"{path.format(ticket.pk)}?message={ids[60]}").text
    found = shown(html)
    assert ids[60] in found
    assert found[-tickets.PAGE :] == ids[-tickets.PAGE :]
    for _step in range(10):
        if not earlier(html):
            break
        html = "".join(client.get(address, headers=HTMX).text for address in earlier(html))
        found += shown(html)
    assert sorted(found) == ids


def test_without_htmx_going_back_leads_to_the_page_around_it(long) -> None:
    desk, ticket, ids = long
    client = desk.client("agent")
    address = earlier(client.get(f"/desk/tickets/{ticket.pk}/").text)[0]
    answer = client.get(address)
    assert answer["Location"] == f"/desk/tickets/{ticket.pk}/?message={ids[-tickets.PAGE]}"


def test_an_update_adds_to_the_newest_part_and_begins_where_it_began(long) -> None:
    desk, ticket, ids = long
    client = desk.client("agent")
    first = re.search(r'data-first="([^"]+)"', client.get(f"/desk/tickets/{ticket.pk}/").text)
    assert first
    added = lengthen(ticket, desk.people["agent"].pk, 3, days_ago=1)
    answer = client.get(f"/desk/tickets/{ticket.pk}/?part=live", headers={**HTMX, "X-Timeline-First": first[1]})
    assert answer.status_code == 200, answer.text[:500]
    assert f'data-first="{first[1]}"' in answer.text
    assert shown(answer.text) == [*ids[-tickets.PAGE :], *added]
    assert 'hx-target="#earlier"' not in answer.text


def test_a_ticket_four_times_as_long_takes_as_many_queries_and_no_more_messages(long) -> None:
    desk, ticket, _ids = long
    client = desk.client("agent")
    path = f"/desk/tickets/{ticket.pk}/"
    client.get(path)
    before = queries_of(lambda: client.get(path))
    lengthen(ticket, desk.people["agent"].pk, 3 * COUNT, days_ago=100)
    client.get(path)
    assert queries_of(lambda: client.get(path)) == before
    assert len(shown(client.get(path).text)) == tickets.PAGE


@pytest.mark.parametrize("text", ["", "x", "1", "1.2.3", "9" * 30 + ".1", "-1.2", "٣.1"])
def test_a_place_that_is_none_is_not_found(long, text: str) -> None:
    desk, ticket, _ids = long
    for role, path in (
        ("agent", "/desk/tickets/{}/?part=earlier&before="),
        ("customer", "/portal/tickets/{}/?before="),
    ):
        assert desk.client(role).get(path.format(ticket.pk) + text, headers=HTMX).status_code == 404
