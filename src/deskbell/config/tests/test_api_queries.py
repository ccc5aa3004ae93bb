"""How many questions each endpoint puts to the database: at most twelve."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskbell.config.tests.test_api_access import ask, desk, endpoints, scene  # noqa: F401  fixtures

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
