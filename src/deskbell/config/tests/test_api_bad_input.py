"""Every line of the table in docs/api.md "When a call fails": what was sent, its status and its problem."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from deskbell.config.tests.api_desk import ApiDesk
from deskbell.config.tests.test_api_access import desk, facts, scene  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parents[4] / "docs" / "api.md"
_LINE = re.compile(r"\| (?P<sent>[^|]+) \| (?P<status>\d{3}) \| (?:`(?P<type>[a-z-]+)`)? ?\| [^|]+ \|")


class Sender:
    def __init__(self, desk: ApiDesk) -> None:  # noqa: F811  the fixture
        self.desk = desk

    def get(self, path: str, role: str = "administrator", **headers: str) -> Any:
        return self._send("GET", path, b"", role, headers)

    def send(self, path: str, body: Any, role: str = "administrator", method: str = "POST", **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._send(method, path, content, role, headers)

    def ticket(self, **values: Any) -> Any:
        return self.send("/tickets", self.new() | values)

    def new(self) -> dict[str, Any]:
        ids = self.desk.ids
        asks = {"department_id": ids["department_id"], "requester_id": ids["requester_id"]}
        return {"subject": "Printer", "text": "It jams.", **asks}

    def one(self, rest: str = "") -> str:
        return f"/tickets/{self.desk.ids['ticket_id']}{rest}"

    def _send(self, method: str, path: str, content: bytes, role: str, headers: dict[str, str]) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        content_type = given.pop("Content-Type", "application/json")
        all_headers = {**self.desk.header(role), **given}
        return Client().generic(method, f"/api/v1{path}", content, content_type=content_type, headers=all_headers)


def _reused(sender: Sender) -> Any:
    sender.send("/tickets", sender.new(), Idempotency_Key="one")
    return sender.send("/tickets", sender.new() | {"subject": "Other"}, Idempotency_Key="one")


def _foreign_cursor(sender: Sender) -> Any:
    cursor = sender.get("/tickets?limit=1").json()["next"]
    return sender.get(f"/people?cursor={cursor}")


DEEP = b"[" * 1000 + b"]" * 1000
SENT: dict[str, Callable[[Sender], Any]] = {
    "a value of the wrong type": lambda s: s.ticket(subject=5),
    "a field nobody knows": lambda s: s.ticket(colour="red"),
    "a number too large for an id": lambda s: s.ticket(department_id=1e30),
    "a text with NUL in a body": lambda s: s.ticket(subject="a\0b"),
    "NUL in a parameter": lambda s: s.get("/tickets?q=%00"),
    "a parameter of 10,000 characters": lambda s: s.get(f"/tickets?q={'a' * 10_000}"),
    "a filter nobody knows": lambda s: s.get("/tickets?colour=red"),
    "one filter twice": lambda s: s.get("/tickets?sort=recent&sort=oldest"),
    "operators and quotes alone": lambda s: s.get("/search?q=%22from%3A%20OR%20-"),
    "a body that is no JSON": lambda s: s.send("/tickets", b'{"subject":'),
    "`NaN` in a body": lambda s: s.send("/tickets", b'{"impact": NaN}'),
    "a body nested a thousand": lambda s: s.send("/tickets", b'{"custom": ' + DEEP + b"}"),
    "no token": lambda s: s.get("/tickets", "nobody"),
    "a token that was never made": lambda s: s.get("/me", "nobody", Authorization=f"Bearer deskbell_{'x' * 43}"),
    "a token past its day": lambda s: s.get("/me", "expired"),
    "a token that was revoked": lambda s: s.get("/me", "revoked"),
    "a token of somebody blocked": lambda s: s.get("/me", "blocked"),
    "a token without the scope": lambda s: s.get("/tickets", "without tickets:read"),
    "what the person may not do": lambda s: s.get("/webhooks", "agent"),
    "a record there is not": lambda s: s.get("/tickets/999999999"),
    "an address the API does not have": lambda s: s.get("/tickets/"),
    "a method the address": lambda s: s.send("/tickets", {}, method="PUT"),
    "a version in the body": lambda s: s.send(s.one(), {"subject": "New", "version": 1000}, method="PATCH"),
    "`If-Match` with an `ETag`": lambda s: s.send(s.one(), {"subject": "New"}, method="PATCH", If_Match='"1000"'),
    "an `If-Match` without anything": lambda s: s.send(s.one(), {"subject": "New"}, method="PATCH", If_Match=""),
    "JSON of more than 4 MB": lambda s: s.send("/tickets", b'"' + b"a" * 4_000_001 + b'"'),
    "another content type": lambda s: s.send(
        "/tickets", b"subject=a", Content_Type="application/x-www-form-urlencoded"
    ),
    "a cursor of another list": _foreign_cursor,
    "a department that does not exist": lambda s: s.ticket(department_id=999_999_999),
    "a step the state": lambda s: s.send(s.one("/state"), {"state": "no_such_state"}),
    "an idempotency key with another body": _reused,
    "an idempotency key with spaces": lambda s: s.send("/tickets", s.new(), Idempotency_Key="a b"),
}


def lines() -> dict[str, tuple[int, str]]:
    """What was sent → status and problem, as documented."""
    found = _LINE.finditer(TABLE.read_text(encoding="utf-8"))
    return {line["sent"]: (int(line["status"]), line["type"] or "") for line in found}


def test_every_line_of_the_table_is_sent_and_only_these():
    documented = lines()
    unknown = [sent for sent in documented if not any(sent.startswith(each) for each in SENT)]
    missing = [each for each in SENT if not any(sent.startswith(each) for sent in documented)]
    assert (unknown, missing) == ([], [])


@pytest.mark.parametrize("beginning", SENT)
def test_bad_input_is_answered_as_documented_and_changes_nothing(beginning, desk):  # noqa: F811  the fixture
    expected = next(value for sent, value in lines().items() if sent.startswith(beginning))
    before = facts()
    answer = SENT[beginning](Sender(desk))
    body = answer.json() if answer.content else {}
    assert (answer.status_code, str(body.get("type", "")).partition("#")[2]) == expected, body
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert body["title"]
        assert body["detail"]
    if beginning != "an idempotency key with another body":
        assert facts() == before
