"""How many questions each endpoint puts to the database: at most twelve."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskbell.config.tests.test_api_access import ask, desk, endpoints, scene  # noqa: F401  fixtures
from deskbell.people import api as people
from deskbell.tickets.tests.factories import ticket
from deskbell.tickets.tests.rest_client import Program

pytestmark = pytest.mark.django_db
MOST = 12
# A test's transaction has others inside; on the wire these are BEGIN and COMMIT of the one around a change.
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@pytest.mark.parametrize("role", ["head", "administrator"])
def test_no_endpoint_asks_more_questions_than_it_may(role, desk):  # noqa: F811  the fixture
    over = {}
    for endpoint in endpoints():
        ask(desk, endpoint, role)  # what a process asks once
        with CaptureQueriesContext(connection) as captured:
            ask(desk, endpoint, role)
        made = [query["sql"] for query in captured.captured_queries if not str(query["sql"]).startswith(NOT_COUNTED)]
        if len(made) > MOST:
            over[endpoint.operation_id] = (len(made), made)
    listed = "\n".join(
        f"{name}: {count}\n  " + "\n  ".join(str(sql)[:150] for sql in made) for name, (count, made) in over.items()
    )
    assert not over, listed


_AT_ONCE: dict[str, dict[str, Any]] = {
    "tags": {"add_tags": ["vpn"]},
    "state": {"state": "resolved", "resolution": "New firmware."},
    "assignee": {"assignee_id": "helper", "note": "You know it."},
    "department": {"department_id": "there", "note": "It is yours."},
}


@pytest.mark.parametrize("change", _AT_ONCE)
def test_many_tickets_at_once_ask_no_more_than_one(change, desk):  # noqa: F811  the fixture
    where, customer = people.Department.objects.get(pk=desk.ids["department_id"]), desk.people["customer"]
    body = {name: desk.more.get(value, value) if isinstance(value, str) else value
            for name, value in _AT_ONCE[change].items()}  # fmt: skip
    counts = []
    for number in (1, 1, 12):  # what a process asks once comes first
        ids = [ticket(where, customer, subject=f"Line {count}").pk for count in range(number)]
        with CaptureQueriesContext(connection) as captured:
            answer = Program(desk.people["administrator"]).post("/tickets/bulk", {"ticket_ids": ids, **body})
        assert answer.json["done"] == ids, answer.json
        made = [str(each["sql"]) for each in captured.captured_queries]
        counts.append(len([sql for sql in made if not sql.startswith(NOT_COUNTED)]))
    assert counts[1] == counts[2] <= MOST, made
