"""What the lists of the desk listen to."""

from __future__ import annotations

import re

import pytest

from deskbell.agent import shell
from deskbell.live import api as live
from deskbell.people.tests.factories import administrator, agent, department, viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "trusted"), [("agent", False), ("head", True)])
def test_lists_hear_of_restricted_tickets_where_they_show_them(role, trusted):
    where = department()
    who = viewer(agent(role, where=where))
    topics = shell.topics(who).split(",")
    assert f"department:{where.pk}" in topics
    assert (f"restricted:{where.pk}" in topics) == trusted
    assert len(live.allowed_topics(who, live.parse_topics(",".join(topics)))) == len(topics)


def test_an_administrator_hears_of_every_department():
    where = department()
    assert {f"department:{where.pk}", f"restricted:{where.pk}"} <= set(shell.topics(viewer(administrator())).split(","))


@pytest.mark.parametrize("page", ["/desk/", "/desk/tickets/{ticket}/"])
def test_a_page_listens_from_the_end_of_the_log(desk, page):
    client = desk.client("agent")
    address = page.format(ticket=desk.ticket.pk)
    client.get(address)
    told = re.search(r'<live-region [^>]*last="([^"]+)"', client.get(address).content.decode())
    assert told is not None
    assert told[1] == str(live.position())
