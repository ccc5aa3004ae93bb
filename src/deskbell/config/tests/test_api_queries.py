"""How many questions each endpoint puts to the database: at most twelve, but for changes of several records."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskbell.config.tests.test_api_access import ask, desk, endpoints, scene  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
MOST = 12
# Changes of several records, with their events, search documents, live news and webhooks: no more than so many.
CHANGES = {
    "contact_points_delete": 16,
    "messages_add_note": 15,
    "messages_reply": 18,
    "people_merge": 63,
    "tickets_add_participant": 18,
    "tickets_bulk": 18,
    "tickets_end_referral": 13,
    "tickets_merge": 12,
    "tickets_refer": 15,
    "tickets_remove_participant": 16,
    "tickets_split": 13,
    "tickets_transfer": 20,
    "tickets_undo_merge": 12,
    "tickets_update": 14,
    "webhooks_resend": 13,
    "webhooks_test": 17,
}
# A test's transaction has others inside; on the wire these are BEGIN and COMMIT of the one around a change.
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@pytest.mark.parametrize("role", ["head", "administrator"])
def test_no_endpoint_asks_more_questions_than_it_may(role, desk):  # noqa: F811  the fixture
    over = {}
    for endpoint in endpoints():
        ask(desk, endpoint, role)  # what a process asks once
        with CaptureQueriesContext(connection) as captured:
            ask(desk, endpoint, role)
        made = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(NOT_COUNTED)]
        if len(made) > CHANGES.get(endpoint.operation_id, MOST):
            over[endpoint.operation_id] = (len(made), made)
    listed = "\n".join(
        f"{name}: {count}\n  " + "\n  ".join(sql[:150] for sql in made) for name, (count, made) in over.items()
    )
    assert not over, listed
