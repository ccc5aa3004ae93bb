"""Numbers beyond every key are answered as those of records there are not: by the API, by live updates, by searches.

Keys have four bytes or eight, and a program may name any number. Addresses of pages: tests/test_all_doors.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from deskbell.config.rest import PREFIX, door, service
from deskbell.config.tests import api_doors as doors
from deskbell.config.tests.api_desk import ApiDesk
from deskbell.config.tests.test_api_access import desk, endpoints, scene  # noqa: F401  fixtures
from deskbell.kernel.rest.endpoints import Endpoint
from deskbell.live import api as live
from deskbell.people.tests import factories as make
from deskbell.tickets import api as tickets
from deskbell.tickets.queries.search_filters import names

pytestmark = pytest.mark.django_db
NOBODYS = 987_654_321
LARGE = (2**31, 2**40, 2**63 - 1)
KINDS = ("ticket", "customer-ticket", "department", "restricted", "user")  # of live topics
Sent = tuple[str, str, Any]  # where, path, body


@cache
def _described() -> Any:
    return json.loads(door().description)


def _schema(of: Any, components: Any) -> Any:
    while "$ref" in of:
        of = components[of["$ref"].rpartition("/")[2]]
    return of


def _with(of: Any, number: int) -> Any:
    """The number as a value of this type; None where it takes none."""
    for each in (of, *of.get("anyOf", ())):
        if each.get("type") == "integer" and each.get("maximum", 0) >= 2**62:
            return number
        if each.get("type") == "array" and _with(each["items"], number) is not None:
            return [number]
    return None


def _calls(endpoint: Endpoint, desk: ApiDesk, number: int) -> Iterator[Sent]:  # noqa: F811  the fixture
    """The call that would be done, with each of its ids in turn being this one."""
    name = endpoint.operation_id
    described = _described()
    components = described["components"]["schemas"]
    operation = described["paths"][PREFIX.rstrip("/") + endpoint.path][endpoint.method.lower()]
    path, body = doors.path_of(name, endpoint.path, desk), doors.BODIES.get(name, lambda _d: None)(desk)
    for parameter in operation.get("parameters", ()):
        value = _with(_schema(parameter["schema"], components), number)
        where = parameter["name"]
        if parameter["in"] == "path" and value is not None:
            yield where, doors.path_of(name, endpoint.path.replace("{" + where + "}", str(number)), desk), body
        elif parameter["in"] == "query":
            yield where, f"{path}{'&' if '?' in path else '?'}{where}={number}", body
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    for where, of in (_schema(schema, components).get("properties", {}) if schema else {}).items():
        value = _with(_schema(of, components), number)
        if value is not None:
            yield where, path, {**(body or {}), where: value}


def _answer(desk: ApiDesk, endpoint: Endpoint, path: str, body: Any) -> int:  # noqa: F811  the fixture
    sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    with transaction.atomic():
        send = getattr(Client(), endpoint.method.lower())
        answer = send(PREFIX.rstrip("/") + path, headers=desk.header("administrator"), **sent)
        if answer.status_code < 300:
            connection.check_constraints()
        transaction.set_rollback(True)
    return int(answer.status_code)


def test_the_api_answers_to_large_ids_as_to_ids_of_nothing(desk):  # noqa: F811  the fixture
    wrong, asked = [], 0
    for endpoint in endpoints():
        known = {where: _answer(desk, endpoint, path, body) for where, path, body in _calls(endpoint, desk, NOBODYS)}
        for number in LARGE:
            for where, path, body in _calls(endpoint, desk, number):
                asked += 1
                answer = _answer(desk, endpoint, path, body)
                if answer not in {400, known[where]}:
                    wrong.append(f"{endpoint.operation_id} {where}={number}: {answer}, not {known[where]}")
    assert not wrong
    assert asked > 3 * len(service().endpoints)


def test_nobody_listens_to_what_there_is_not(desk):  # noqa: F811  the fixture
    topics = [live.Topic(kind, number) for kind in KINDS for number in LARGE]
    assert [live.allowed_topics(make.viewer(desk.people[role]), topics) for role in ("agent", "customer")] == [[], []]


def test_searches_find_nothing_by_them(desk):  # noqa: F811  the fixture
    agent = make.viewer(desk.people["agent"])
    for number in LARGE:
        asked = [f"#{number}", *(f"{name}:{number} {name}:#{number}" for name in names(for_customers=False))]
        assert not [text for text in asked if tickets.find_tickets(agent, text).hits]
        assert tickets.jump_to(agent, f"#{number}") is None
