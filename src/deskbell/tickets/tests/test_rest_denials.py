"""Who is refused what through the API, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from deskbell.kernel.api import SYSTEM, Event, change, clock
from deskbell.people.api import TOKENS_FOR_CUSTOMERS, ApiToken
from deskbell.tickets import api as tickets
from deskbell.tickets.models import Message, Ticket
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.rest_client import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def support():
    return make.department("Support")


@pytest.fixture
def ticket(support):
    return make.ticket(support)


def state_of_the_desk():
    tickets_ = list(Ticket.objects.order_by("pk").values_list("pk", "version", "state_id"))
    return tickets_, Message.objects.count(), Event.objects.count()


READS = (
    "/tickets/{ticket}", "/tickets/{ticket}/messages", "/tickets/{ticket}/timeline", "/tickets/{ticket}/events",
    "/messages/{message}", "/my/tickets/{ticket}", "/my/tickets/{ticket}/messages",
)  # fmt: skip
WRITES = (
    ("PATCH", "/tickets/{ticket}", {"subject": "New"}),
    ("PATCH", "/tickets/{ticket}", {"subject": "New", "tags": ["a"]}),
    ("POST", "/tickets/{ticket}/state", {"state": "in_progress"}),
    ("POST", "/tickets/{ticket}/replies", {"text": "Hello"}),
    ("POST", "/tickets/{ticket}/notes", {"text": "Hello"}),
    ("POST", "/tickets/{ticket}/transfer", {"department_id": 1, "note": "Yours"}),
    ("POST", "/tickets/{ticket}/referrals", {"department_id": 1, "reason": "Look"}),
    ("POST", "/tickets/{ticket}/merge", {"target_id": 1}),
    ("POST", "/tickets/{ticket}/split", {"message_id": 1}),
    ("POST", "/tickets/{ticket}/links", {"ticket_id": 1, "kind": "related_to"}),
    ("PUT", "/tickets/{ticket}/participants/1", {}),
    ("DELETE", "/tickets/{ticket}/participants/1", None),
    ("PUT", "/tickets/{ticket}/watch", None),
    ("PUT", "/tickets/{ticket}/read", None),
    ("DELETE", "/tickets/{ticket}/read", None),
    ("POST", "/my/tickets/{ticket}/messages", {"text": "Hello"}),
    ("POST", "/my/tickets/{ticket}/close", {}),
)


def test_tickets_of_another_department_do_not_exist(ticket):
    program = Program(make.colleague(make.department("Finance"), "head"))
    before = state_of_the_desk()
    message = ticket.last_message_id
    for path in READS:
        assert program.get(path.format(ticket=ticket.pk, message=message)).problem == "not-found", path
    for method, path, body in WRITES:
        answer = program.call(method, path.format(ticket=ticket.pk), body)
        assert (answer.status_code, answer.problem) == (404, "not-found"), (method, path)
    assert program.get("/tickets", status="any").json["items"] == []
    assert program.get("/search", q="printer").json["items"] == []
    assert program.get("/tags").json["items"] == []
    assert program.post("/tickets/bulk", {"ticket_ids": [ticket.pk], "add_tags": ["a"]}).json["done"] == []
    assert state_of_the_desk() == before


def test_who_may_only_look_changes_nothing(support, ticket):
    program = Program(make.colleague(support, "viewer"))
    other = make.ticket(support)
    before = state_of_the_desk()
    assert program.get(f"/tickets/{ticket.pk}").status_code == 200
    for method, path, body in WRITES:
        if path.startswith("/my/") or path.endswith(("/watch", "/read")):
            continue
        sent = body | {"target_id": other.pk} if body and "target_id" in body else body
        sent = sent | {"ticket_id": other.pk} if sent and "ticket_id" in sent else sent
        answer = program.call(method, path.format(ticket=ticket.pk), sent)
        assert (answer.status_code, answer.problem) == (403, "not-allowed"), (method, path, answer.content)
    new = {"subject": "S", "text": "T", "department_id": support.pk, "requester_id": make.person().pk}
    assert program.post("/tickets", new).problem == "not-allowed"
    assert state_of_the_desk() == before


def test_those_who_ask_have_the_portals_view_and_no_other(support, ticket):
    change(SYSTEM, TOKENS_FOR_CUSTOMERS.name, True)
    colleague = make.viewer(make.colleague(support, "head"))
    note = tickets.add_note(colleague, ticket.pk, tickets.MessageContent(text="Secret"))
    program = Program(ticket.requester)
    before = state_of_the_desk()
    for path in READS[:4]:
        assert program.get(path.format(ticket=ticket.pk)).problem == "not-allowed", path
    assert program.get(f"/messages/{note.pk}").problem == "not-allowed"
    for method, path, body in WRITES[:15]:
        answer = program.call(method, path.format(ticket=ticket.pk), body)
        assert (answer.status_code, answer.problem) == (403, "not-allowed"), (method, path)
    for path in ("/tickets", "/search?q=secret", "/events", "/tags"):
        assert program.call("GET", path).problem == "not-allowed", path
    assert state_of_the_desk() == before
    assert "Secret" not in program.get(f"/my/tickets/{ticket.pk}/messages").content.decode()
    assert program.get("/my/tickets", q="secret").json["items"] == []


def test_a_token_opens_only_its_scopes(support, ticket):
    program = Program(make.colleague(support, "head"), scopes=("tickets:read",))
    before = state_of_the_desk()
    assert program.get("/tickets").status_code == 200
    answer = program.post(f"/tickets/{ticket.pk}/notes", {"text": "Hello"})
    assert (answer.status_code, answer.problem, answer.json["scope"]) == (403, "scope-missing", "tickets:write")
    assert program.get("/events").json["scope"] == "events:read"
    assert state_of_the_desk() == before


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"revoked_at": clock.now()}, "token-revoked"),
        ({"expires_at": clock.now() - timedelta(seconds=1)}, "token-expired"),
        ({"secret_sha256": "0" * 64}, "token-unknown"),
    ],
)
def test_tokens_that_open_nothing(support, values, problem):
    program = Program(make.colleague(support))
    ApiToken.objects.update(**values)
    answer = program.get("/tickets")
    assert (answer.status_code, answer.problem) == (401, problem)
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_token_of_somebody_who_left(support):
    user = make.colleague(support)
    program = Program(user)
    user.is_active = False
    user.save()
    assert program.get("/tickets").problem == "token-person"
    assert Program(None).get("/tickets").problem == "token-missing"


def test_a_session_reads_and_writes_with_its_csrf_token_only(support, ticket):
    user = make.colleague(support, "head")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.get("/api/v1/tickets").status_code == 200
    path, sent = f"/api/v1/tickets/{ticket.pk}/notes", {"text": "Hello"}
    before = state_of_the_desk()
    refused = browser.post(path, sent, content_type="application/json")
    assert refused.json()["type"].endswith("#csrf-failed")
    assert state_of_the_desk() == before
    browser.get("/desk/")
    token = browser.cookies[next(name for name in browser.cookies if name.endswith("csrf"))].value
    done = browser.post(path, sent, content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 201


def test_what_is_not_there_is_a_problem_with_a_session_too(support):
    browser = Client()
    browser.force_login(make.colleague(support))
    answer = browser.get("/api/v1/nothing")
    assert answer.headers["Content-Type"] == "application/problem+json"
    large = browser.post("/api/v1/tickets", b"", content_type="application/json", CONTENT_LENGTH="99999999999")
    assert (large.status_code, large.headers["Content-Type"]) == (413, "application/problem+json")
