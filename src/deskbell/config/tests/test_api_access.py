"""Every endpoint of the API × every role and every state of a token, from one table (`api_doors`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from deskbell.config.rest import PREFIX, service
from deskbell.config.tests import api_doors as doors
from deskbell.config.tests.api_desk import ApiDesk, build
from deskbell.kernel.api import Event
from deskbell.kernel.rest.endpoints import Endpoint
from deskbell.tickets import api as tickets

# Takes back one's own watching, also of a ticket one lost sight of; answers 204 whether there is such a ticket or not.
SILENT = {"tickets_unwatch"}
pytestmark = pytest.mark.django_db  # the scene's database is made only for a run that says it needs one


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ApiDesk]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def desk(scene: ApiDesk) -> Iterator[ApiDesk]:
    with transaction.atomic():
        yield scene
        transaction.set_rollback(True)


def endpoints() -> list[Endpoint]:
    return list(service().endpoints.values())


def ask(desk: ApiDesk, endpoint: Endpoint, role: str, path: str | None = None) -> Any:
    """The answer to a call that would be done for whoever may; done calls are taken back."""
    name = endpoint.operation_id
    sent: dict[str, Any] = {}
    if name in doors.UPLOADS:
        sent["data"] = {"file": SimpleUploadedFile("a.txt", b"hello", content_type="text/plain")}
        send = Client().post
    else:
        send = getattr(Client(), endpoint.method.lower())
        if name in doors.BODIES:
            sent = {"data": json.dumps(doors.BODIES[name](desk)), "content_type": "application/json"}
    with transaction.atomic():
        address = PREFIX.rstrip("/") + (path or doors.path_of(name, endpoint.path, desk))
        answer = send(address, headers=desk.header(role), **sent)
        if answer.streaming:
            b"".join(answer)
        if outcome(answer) < "400":
            transaction.set_rollback(True)
    return answer


def outcome(answer: Any) -> str:
    """The status; 403 when each of many tickets was refused on its own."""
    is_json = answer.headers.get("Content-Type", "").startswith("application/json")
    refused = is_json and answer.json().get("failed") and not answer.json().get("done")
    return "403" if refused else str(answer.status_code)


def facts() -> tuple[int, ...]:
    """What denied calls must not have changed: everything worth knowing is an event; the rest is counted."""
    counted = (tickets.Watcher, tickets.TicketRead, tickets.Attachment, tickets.Draft)
    return (Event.objects.count(), *(model.objects.count() for model in counted))


@pytest.mark.parametrize("role", doors.COLUMNS)
def test_each_role_is_answered_as_the_table_says_and_denied_calls_change_nothing(role, desk):
    column = doors.COLUMNS.index(role)
    before = facts()
    wrong = {}
    for endpoint in endpoints():
        expected = doors.ANSWERS[endpoint.operation_id].split()[column]
        answer = ask(desk, endpoint, role)
        if outcome(answer) != expected:
            wrong[endpoint.operation_id] = f"{outcome(answer)} instead of {expected}"
    assert not wrong
    assert facts() == before


@pytest.mark.parametrize(
    ("token", "problem"),
    [
        ("anonymous", "token-missing"),
        ("expired", "token-expired"),
        ("revoked", "token-revoked"),
        ("blocked", "token-person"),
    ],
)
def test_no_endpoint_opens_without_a_token_that_works(token, problem, desk):
    before = facts()
    for endpoint in endpoints():
        answer = ask(desk, endpoint, token)
        assert answer.status_code == 401, endpoint.operation_id
        assert answer.json()["type"].endswith(f"#{problem}"), endpoint.operation_id
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert facts() == before


def test_no_endpoint_opens_without_its_scope(desk):
    """Each with a token of the administrator that has every scope but the one."""
    before = facts()
    for endpoint in endpoints():
        answer = ask(desk, endpoint, f"without {endpoint.scope}" if endpoint.scope else "without tickets:read")
        if not endpoint.scope:
            assert answer.status_code < 400, endpoint.operation_id
            continue
        assert answer.status_code == 403, endpoint.operation_id
        assert answer.json()["scope"] == endpoint.scope
        assert answer.json()["type"].endswith("#scope-missing")
    assert facts() == before


@pytest.mark.parametrize("role", ["viewer", "agent", "lead", "other"])
def test_a_restricted_ticket_does_not_exist_for_those_outside_its_list(role, desk):
    before = facts()
    hidden = desk.more["restricted"]
    for endpoint in endpoints():
        if "{ticket_id}" not in endpoint.path or endpoint.operation_id in SILENT:
            continue
        name = endpoint.operation_id
        path = doors.path_of(name, endpoint.path.replace("{ticket_id}", str(hidden)), desk)
        assert ask(desk, endpoint, role, path).status_code == 404, name
    for lists in ("/tickets?limit=100", "/search?q=restricted"):
        listed = Client().get(f"{PREFIX.rstrip('/')}{lists}", headers=desk.header(role)).json()
        assert hidden not in {row.get("id", row.get("number")) for row in listed["items"]}
    assert facts() == before


def test_every_endpoint_stands_in_the_table():
    known = {endpoint.operation_id for endpoint in endpoints()}
    assert known == set(doors.ANSWERS), "Add the new endpoint to config/tests/api_doors.py with what each role is told"
    with_body = {e.operation_id for e in endpoints() if e.operation_id in doors.BODIES}
    assert with_body == set(doors.BODIES), "bodies of endpoints that no longer exist"
