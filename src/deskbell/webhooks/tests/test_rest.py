"""The API of webhooks: the same rules as the pages, at a bounded number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_httpserver import HTTPServer

from deskbell.kernel.api import Event, clock
from deskbell.kernel.testing import queries_of
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, viewer
from deskbell.webhooks import api as webhooks
from deskbell.webhooks.tests.factories import allow, fresh, send, ticket, webhook

pytestmark = pytest.mark.django_db
SCOPES = ("webhooks:read", "webhooks:write")
MOST_QUERIES = 12


class Caller:
    """A program with a token of somebody."""

    def __init__(self, owner: people.User, *scopes: str) -> None:
        _token, self.secret = people.create_token(
            viewer(owner), "Program", scopes or SCOPES, clock.now() + timedelta(days=30)
        )
        self.client = Client()

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return self.client.generic(
            method, f"/api/v1{path}", b"" if body is None else _json(body), content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )  # fmt: skip


def _json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode()


def test_a_program_sets_up_tests_reads_and_removes_a_webhook(receiver: HTTPServer) -> None:
    receiver.expect_request("/in").respond_with_data("ok")
    boss = administrator()
    call = Caller(boss)
    new = {"name": "Stock", "url": f"http://127.0.0.1:{receiver.port}/in", "kinds": ["ticket.created"],
           "headers": {"X-Key": "open sesame"}}  # fmt: skip
    made = call("POST", "/webhooks", new)
    assert made.status_code == 201, made.content
    row = made.json()
    assert (row["owner_id"], row["header_names"], row["is_active"]) == (boss.pk, ["X-Key"], True)
    assert b"sesame" not in made.content
    assert b"whsec" not in made.content
    path = f"/webhooks/{row['id']}"
    assert made["Location"] == f"/api/v1{path}"
    tested = call("POST", f"{path}/test").json()
    assert (tested["state"], tested["attempts"][0]["status"]) == ("delivered", 200)
    ticket(department())
    send(webhooks.Webhook.objects.get())
    log = call("GET", f"{path}/deliveries?limit=1").json()
    assert [each["kind"] for each in log["items"]] == ["ticket.created"]
    rest = call("GET", f"{path}/deliveries?limit=1&cursor={log['next']}").json()
    assert ([each["kind"] for each in rest["items"]], rest["next"]) == (["webhook.test"], None)
    one = f"/webhook-deliveries/{log['items'][0]['id']}"
    assert call("GET", one).json()["attempts"][0]["response"] == "ok"
    again = call("POST", f"{one}/resend")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    kept = {"kinds": ["user.*"], "headers": {"X-Key": None, "X-More": "1"}, "is_active": False}
    changed = call("PATCH", path, kept)
    assert changed.status_code == 200, changed.content
    assert (changed.json()["kinds"], changed.json()["pause_reason"]) == (["user.*"], "person")
    assert fresh(webhooks.Webhook.objects.get()).headers == {"X-Key": "open sesame", "X-More": "1"}
    assert call("DELETE", path).status_code == 204
    assert call("GET", "/webhooks").json() == {"items": []}


@pytest.mark.parametrize(
    ("values", "status", "field"),
    [
        ({"url": "https://10.0.0.1/"}, 422, "url"),
        ({"url": "http://hooks.example.org/"}, 422, "url"),
        ({"kinds": ["ticket.exploded"]}, 422, "kinds"),
        ({"kinds": []}, 400, "kinds"),
        ({"kinds": ["user.signed_in"]}, 422, "kinds"),
        ({"department_ids": [987654321]}, 422, "department_ids"),
        ({"headers": {"Host": "elsewhere"}}, 422, "headers"),
        ({"headers": {"X-A": "a\nX-B: b"}}, 422, "headers"),
        ({"headers": {"X-New": None}}, 422, "headers"),
        ({"name": "  "}, 422, "name"),
        ({"owner_id": 1}, 400, "owner_id"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_changed(values: Any, status: int, field: str) -> None:
    call = Caller(administrator())
    new = {"name": "Stock", "url": "https://hooks.example.org/in", "kinds": ["ticket.created"], **values}
    events = Event.objects.count()
    answer = call("POST", "/webhooks", new)
    assert answer.status_code == status, answer.content
    assert any(field in str(each) for each in answer.json()["errors"]), answer.content
    assert not webhooks.Webhook.objects.exists()
    assert Event.objects.count() == events


def test_only_its_owner_changes_it_and_only_managers_see_it() -> None:
    hook = webhook()
    other, reader = Caller(administrator(name="Other")), Caller(hook.owner, "webhooks:read")
    path, change = f"/webhooks/{hook.pk}", {"url": "https://evil.example/"}
    assert other("PATCH", path, change).status_code == 403
    assert reader("PATCH", path, change).status_code == 403
    assert reader("GET", path).status_code == 200
    colleague = Caller(agent(where=department()))
    for method, place in (("GET", "/webhooks"), ("GET", path), ("DELETE", path), ("POST", f"{path}/test"),
                          ("GET", f"{path}/deliveries")):  # fmt: skip
        assert colleague(method, place).status_code == 403, place
    assert fresh(hook).url == hook.url
    assert other("PATCH", path, {"is_active": False}).status_code == 200


def test_stored_headers_go_to_no_other_server() -> None:
    hook = webhook(headers={"X-Key": "open sesame"})
    call = Caller(hook.owner)
    for body in ({"url": "https://evil.example/"}, {"url": "https://evil.example/", "headers": {"X-Key": None}}):
        assert call("PATCH", f"/webhooks/{hook.pk}", body).status_code == 422
    assert fresh(hook).url == hook.url
    given = {"url": "https://evil.example/", "headers": {"X-Key": "another"}}
    assert call("PATCH", f"/webhooks/{hook.pk}", given).status_code == 200


def test_what_was_sent_is_shown_to_those_who_see_the_subject(receiver: HTTPServer) -> None:
    receiver.expect_request("/in").respond_with_data("echo of a secret")
    hook = webhook(f"http://127.0.0.1:{receiver.port}/in", kinds=["ticket.created"])
    ticket(department())
    send(hook)
    manager = agent(where=department(), name="Manager")
    role = people.create_role(viewer(hook.owner), name="Hooks", permissions=["webhooks.manage"])
    people.assign_role(viewer(hook.owner), manager.pk, role.pk, None)
    path = f"/webhook-deliveries/{webhooks.Delivery.objects.get().pk}"
    assert Caller(hook.owner)("GET", path).json()["attempts"][0]["request_body"]
    shown = Caller(manager)("GET", path)
    assert shown.status_code == 200
    assert (shown.json()["attempts"][0]["request_body"], shown.json()["attempts"][0]["response"]) == ("", "")


def test_no_call_makes_more_than_twelve_queries(receiver: HTTPServer) -> None:
    receiver.expect_request("/in").respond_with_data("ok")
    hook = webhook(f"http://127.0.0.1:{receiver.port}/in", kinds=["ticket.created"])
    for _number in range(3):
        ticket(department())
    send(hook)
    call = Caller(hook.owner)
    call("GET", "/webhooks")
    delivery, path = webhooks.Delivery.objects.latest("pk"), f"/webhooks/{hook.pk}"
    calls = [
        ("GET", "/webhooks", None), ("GET", path, None), ("GET", f"{path}/deliveries", None),
        ("GET", f"/webhook-deliveries/{delivery.pk}", None),
        ("PATCH", path, {"name": "Other"}),
    ]  # fmt: skip
    for method, place, body in calls:
        made = queries_of(lambda: call(method, place, body))  # noqa: B023  (called at once)
        assert made <= MOST_QUERIES, (method, place, made)


def test_allowing_a_network_is_an_administrators_decision() -> None:
    allow("10.1.0.0/16")
    call = Caller(administrator())
    new = {"name": "Stock", "url": "http://10.1.2.3:8080/in", "kinds": ["ticket.created"]}
    assert call("POST", "/webhooks", new).status_code == 201
