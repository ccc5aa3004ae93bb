"""The number of queries of each list is recorded, and does not grow with the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from deskbell.console.tests.factories import invite, make_token, park
from deskbell.kernel.api import SYSTEM
from deskbell.kernel.testing import QueryCounts, queries_of
from deskbell.people import api as people
from deskbell.people.tests.factories import agent, department, organisation, person
from deskbell.tickets import api as tickets

SORTS_OF_RECORD = 14
counts = QueryCounts(Path(__file__).parent)
LISTS = (
    "", "colleagues/", "contacts/", "organisations/", "departments/", "teams/", "roles/", "tokens/", "invitations/", "mailboxes/", "parked/",
    "received/", "outbox/", "outbox/kept/", "templates/", "categories/", "kinds/", "states/", "priorities/",
    "waiting-reasons/", "fields/", "settings/", "webhooks/", "audit/",
)  # fmt: skip


def more(prefix: str, by: people.User) -> None:
    """As much again of everything that is listed."""
    where = department()
    for number in range(3):
        people.create_team(SYSTEM, where.pk, f"Team {number}")
        firm = organisation()
        people.add_domain(SYSTEM, firm.pk, f"domain{firm.pk}.example")
        invite(by, person(f"Contact {number}", organisation_id=firm.pk))
        make_token(agent(where=where, name=f"Agent {number}"))
        park(subject=f"Away {number}")
        tickets.save_category(SYSTEM, None, name=f"{prefix} {number}", position=0)
        tickets.save_custom_field(SYSTEM, None, code=f"{prefix}_{number}", label=f"Field {number}", type="text")


def warm(client: Client) -> None:
    """What a process reads once after a small table has changed, and only the first request of a session asks."""
    for name in LISTS:
        client.get(f"/admin/{name}")


def test_lists_ask_a_recorded_number_of_questions_however_long_they_are(desk, admin):
    more("some", desk.users["administrator"])
    warm(admin)
    for name in LISTS:
        with counts.check(f"/admin/{name}"):
            assert admin.get(f"/admin/{name}").status_code == 200
    before = {name: queries_of(lambda: admin.get(f"/admin/{name}")) for name in LISTS}  # noqa: B023  called at once
    more("others", desk.users["administrator"])
    warm(admin)
    after = {name: queries_of(lambda: admin.get(f"/admin/{name}")) for name in LISTS}  # noqa: B023  called at once
    # The log asks once for each sort of record named on the page, never for each event.
    assert after.pop("audit/") <= before.pop("audit/") + SORTS_OF_RECORD
    assert after == before


@pytest.mark.parametrize("path", ["colleagues", "contacts"])
def test_the_page_of_a_person_asks_a_recorded_number_of_questions(path, desk, admin):
    admin.get("/admin/")
    pk = desk.assignment.user_id if path == "colleagues" else desk.contact.pk
    admin.get(f"/admin/{path}/{pk}/")
    with counts.check(f"/admin/{path}/<id>/"):
        assert admin.get(f"/admin/{path}/{pk}/").status_code == 200
