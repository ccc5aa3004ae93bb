"""What `deskbell doctor` finds in the database."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from deskbell.config import diagnosis
from deskbell.kernel.testing import write_long_log
from deskbell.people.tests.factories import department
from deskbell.tickets.tests.factories import ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests knows no letters outside ASCII, and nothing further would be looked at."""
    monkeypatch.setattr(diagnosis, "check_database", lambda: iter(()))


def findings(check: str) -> list[diagnosis.Finding]:
    return [each for each in diagnosis.run_checks(settings.DESKBELL) if each.check == check]


@pytest.mark.parametrize("given", [True, False])
def test_a_sequence_behind_the_newest_event_is_a_problem(given: bool) -> None:
    first = write_long_log("ticket.tagged", 1, count=10)
    assert [each.state for each in findings("events")] == ["ok"]
    with connection.cursor() as cursor:
        # The newest but one was given last, or the newest would be given next.
        cursor.execute("SELECT setval('kernel_event_id_seq', %s, %s)", [first + (8 if given else 9), given])
    (found,) = findings("events")
    assert found.state == "problem"
    with connection.cursor() as cursor:
        cursor.execute(found.advice.splitlines()[-1])
    assert [each.state for each in findings("events")] == ["ok"]


def test_a_search_index_of_an_older_version_is_a_warning() -> None:
    ticket(department("Billing"))
    assert [each.state for each in findings("search")] == ["ok"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_searchdocument SET version = version - 1")
    (found,) = findings("search")
    assert (found.state, "search rebuild" in found.advice) == ("warning", True)
