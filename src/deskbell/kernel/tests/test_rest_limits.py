"""How often the API may be called."""

from __future__ import annotations

import json

import pytest
from django.test import RequestFactory

from deskbell.kernel.rest import api as rest
from deskbell.kernel.rest.limits import MOST_KEYS, Limit, Limits
from deskbell.kernel.tests.test_rest import Callers, endpoints


class Time:
    now = 1000.0


@pytest.fixture
def call():
    limits = Limits(calls=3, wrong_tokens=2, now=lambda: Time.now)
    service = rest.Service(
        [endpoints()], Callers(), title="T", version="1", description="", is_outage=lambda _error: False,
        limits=limits, namespace="limited",
    )  # fmt: skip
    door = rest.Door(service, "/api/v1/", server="https://desk.example")

    def get(token: str, address: str = "192.0.2.1"):
        return door(RequestFactory().get("/api/v1/things/1", HTTP_AUTHORIZATION=f"Bearer {token}", REMOTE_ADDR=address))

    yield get
    Time.now = 1000.0


def test_a_call_too_many_is_told_how_long_to_wait_and_others_are_not(call):
    left = [call("things:read").headers["RateLimit"] for _call in range(3)]
    assert left == [f'"calls";r={count};t=60' for count in (2, 1, 0)]
    Time.now += 18
    refused = call("things:read")
    assert refused.status_code == 429
    assert json.loads(refused.content)["type"].endswith("#too-many-calls")
    assert refused.headers["Retry-After"] == "42"
    assert refused.headers["RateLimit-Policy"] == '"calls";q=3;w=60'
    assert call("things:read+things:write").status_code == 200
    Time.now += 42
    assert call("things:read").status_code == 200


def test_wrong_tokens_are_counted_by_address_and_those_that_work_go_on(call):
    assert [call("revoked").status_code for _call in range(3)] == [401, 401, 429]
    assert call("things:read").status_code == 200
    assert call("revoked", "192.0.2.2").status_code == 401
    Time.now += 60
    assert call("revoked").status_code == 401


def test_only_so_many_callers_are_remembered():
    limit = Limit("calls", 1, now=lambda: 0.0)
    for number in range(MOST_KEYS + 50):
        limit.spend(str(number))
    assert len(limit._used) == MOST_KEYS
    assert limit.spend("0", times=0).left == 1
    assert limit.spend(str(MOST_KEYS), times=0).left == 0


def test_without_a_limit_nothing_is_counted():
    assert Limit("calls", 0).spend("a") is None
