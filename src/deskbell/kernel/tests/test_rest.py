"""The ground of the REST API: a small service of its own, so that nothing here depends on the desk's endpoints."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Annotated

import pytest
from django.test import RequestFactory
from ninja import Query

from deskbell.kernel import clock
from deskbell.kernel.api import SYSTEM, Conflict, Invalid, NotAllowed, NotFound, OptionValue, Viewer
from deskbell.kernel.rest import api as rest
from deskbell.kernel.rest.idempotency import delete_old
from deskbell.kernel.rest.models import IdempotentAnswer

KEY = {"HTTP_IDEMPOTENCY_KEY": "0f8c-1"}


class Thing(rest.Body):
    name: Annotated[str, rest.text(20, shortest=1)]
    size: rest.Id = 1
    at: rest.Moment | None = None
    parts: list[Thing] = []


class Made(rest.Answer):
    name: str
    at: rest.Moment | None


class Callers:
    """Tokens are named after what they open."""

    def by_token(self, secret):
        if secret == "revoked":
            raise rest.ProblemError(rest.problems.TOKEN_REVOKED, headers=rest.CHALLENGE)
        return rest.Caller(Viewer(user_id=7, language="en"), f"token:{secret}", frozenset(secret.split("+")))

    def by_session(self, request):
        raise rest.ProblemError(rest.problems.TOKEN_MISSING, headers=rest.CHALLENGE)

    def address(self, request):
        return request.META["REMOTE_ADDR"]


def endpoints():
    group = rest.Endpoints("Things", "For tests.")
    errors = {"missing": NotFound(), "denied": NotAllowed(), "bad": Invalid(fields={"name": "No."}),
              "late": Conflict(), "broken": ZeroDivisionError()}  # fmt: skip

    @group.get("/things", scope="things:read", answer=Made, summary="List things")
    def things_list(
        request: rest.ApiRequest, limit: rest.Limit, cursor: rest.Cursor, tag: Annotated[list[str], Query([])]
    ) -> Made:
        rest.read_cursor(cursor, "things")
        return Made(name=f"{limit} {','.join(tag)}", at=datetime.fromisoformat("2026-11-21T10:00:00+01:00"))

    @group.get("/things/{thing_id}", scope="things:read", answer=Made, summary="Get a thing")
    def things_get(request: rest.ApiRequest, thing_id: rest.PathId) -> Made:
        return Made(name=str(thing_id), at=None)

    @group.post("/things", scope="things:write", answer=Made, status=201, summary="Make a thing")
    def things_create(request: rest.ApiRequest, thing: Thing) -> rest.Answered:
        if thing.name in errors:
            raise errors[thing.name]
        OptionValue.objects.create(name=thing.name, value=1)
        return rest.Answered(Made(name=thing.name, at=thing.at), headers={"Location": "/things/1"})

    @group.delete("/things/{thing_id}", scope="things:write", summary="Delete a thing")
    def things_delete(request: rest.ApiRequest, thing_id: rest.PathId) -> None:
        return None

    return group


@pytest.fixture(scope="module")
def door():
    service = rest.Service(
        [endpoints()], Callers(), title="T", version="1", description="",
        is_outage=lambda error: isinstance(error, ConnectionError), namespace="things",
    )  # fmt: skip
    return rest.Door(service, "/api/v1/", server="https://desk.example")


@pytest.fixture
def call(door):
    def send(method, path, body=None, token="things:read+things:write", **extra):
        if token:
            extra["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        if body is not None:
            extra.setdefault("content_type", "application/json")
            extra["data"] = body if isinstance(body, bytes | str) else json.dumps(body)
        response = door(RequestFactory().generic(method, f"/api/v1{path}", **extra))
        response.json = json.loads(response.content) if response.content else None
        return response

    return send


def slug(response):
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json["status"] == response.status_code
    return response.json["type"].partition("#")[2]


def test_answers_are_json_in_utc(call):
    response = call("GET", "/things?limit=3&tag=a&tag=b")
    assert response.json == {"name": "3 a,b", "at": "2026-11-21T09:00:00Z"}
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"


def test_no_answer_has_no_content_type(call):
    response = call("DELETE", "/things/4")
    assert (response.status_code, response.content) == (204, b"")
    assert "Content-Type" not in response.headers


@pytest.mark.parametrize(
    ("token", "expected", "status"),
    [("", "token-missing", 401), ("revoked", "token-revoked", 401), ("people:read", "scope-missing", 403)],
)
def test_tokens_that_do_not_open(call, token, expected, status):
    response = call("POST", "/things", {"name": "denied-token"}, token=token)
    assert (slug(response), response.status_code) == (expected, status)
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    if status == 403:
        assert response.json["scope"] == "things:write"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/things?limit=0", "limit"),
        ("/things?limit=x", "limit"),
        ("/things?limit=1&limit=2", "limit"),
        ("/things?limit=1_0", "limit"),
        ("/things?order=up", "order"),
        ("/things?cursor=a%00b", "cursor"),
        ("/things/0", "thing_id"),
        (f"/things/{2**63}", "thing_id"),
        ("/things/1.0", "thing_id"),
    ],
)
def test_parameters_that_do_not_fit(call, path, wrong):
    response = call("GET", path)
    assert slug(response) == "invalid-request"
    assert [each["field"] for each in response.json["errors"]] == [wrong]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "invalid-request"),
        (b"{", "unreadable-body"),
        (b'{"name": NaN}', "unreadable-body"),
        (b'{"name": "\xff"}', "unreadable-body"),
        (b'{"name": "\\ud800"}', "unreadable-body"),
        (b"[" * 5000, "unreadable-body"),
        (b'{"name":"a","size":' + b"9" * 5000 + b"}", "unreadable-body"),
        ({"name": "a", "size": 2**63}, "invalid-request"),
        ({"name": "a", "size": "1"}, "invalid-request"),
        ({"name": "a", "size": True}, "invalid-request"),
        ({"name": "a\0"}, "invalid-request"),
        ({"name": ""}, "invalid-request"),
        ({"name": "a" * 21}, "invalid-request"),
        ({"name": "a", "colour": "red"}, "invalid-request"),
        ({"name": "a", "at": "tomorrow"}, "invalid-request"),
        ({"name": "a", "at": 5}, "invalid-request"),
        ({"name": "a", "at": "0001-01-01T00:00:00+23:59"}, "invalid-request"),
        ({"name": "a", "at": "2026-02-30T00:00:00Z"}, "invalid-request"),
        ({"name": "a", "parts": [{"name": "b", "parts": "c"}]}, "invalid-request"),
        ([], "invalid-request"),
        ("null", "invalid-request"),
    ],
)
def test_bodies_that_do_not_fit(call, body, expected):
    response = call("POST", "/things", body)
    assert (slug(response), response.status_code) == (expected, 400)


def test_a_wrong_field_is_named_by_its_path(call):
    response = call("POST", "/things", {"name": "a", "parts": [{"name": "b"}, {"name": 5}]})
    assert [(each["in"], each["field"]) for each in response.json["errors"]] == [("body", "parts.1.name")]


@pytest.mark.parametrize(
    ("name", "expected", "status"),
    [("missing", "not-found", 404), ("denied", "not-allowed", 403), ("bad", "refused", 422), ("late", "conflict", 409)],
)
def test_refusals_of_actions(call, name, expected, status):
    response = call("POST", "/things", {"name": name})
    assert (slug(response), response.status_code) == (expected, status)


def test_an_unforeseen_error_is_a_problem_and_reaches_the_log(call, caplog):
    assert slug(call("POST", "/things", {"name": "broken"})) == "broken"
    assert "ZeroDivisionError" in caplog.text


def test_other_bodies_addresses_and_methods(call):
    assert slug(call("POST", "/things", "name=a", content_type="application/x-www-form-urlencoded")) == (
        "unsupported-media-type"
    )
    assert slug(call("POST", "/things", "{}", CONTENT_LENGTH="4000001")) == "body-too-large"
    assert slug(call("GET", "/nothing")) == "no-such-address"
    response = call("PUT", "/things")
    assert (slug(response), response.headers["Allow"]) == ("method-not-allowed", "GET, POST")


def test_a_cursor_belongs_to_its_list(call):
    good = rest.write_cursor([1, "a"], "things")
    assert rest.read_cursor(good, "things") == [1, "a"]
    assert call("GET", f"/things?cursor={good}").status_code == 200
    for bad in (rest.write_cursor([1, "a"], "other"), good[:-2], "abc", good + "AAAA"):
        assert slug(call("GET", f"/things?cursor={bad}")) == "invalid-cursor"


@pytest.mark.django_db
def test_the_same_call_with_the_same_key_is_carried_out_once(call):
    first = call("POST", "/things", {"name": "a"}, **KEY)
    again = call("POST", "/things", {"name": "a"}, **KEY)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["Location"] == "/things/1"
    assert "Idempotency-Replayed" not in first.headers
    assert OptionValue.objects.count() == 1


@pytest.mark.django_db
def test_a_key_is_not_used_for_another_call_but_by_another_caller(call):
    call("POST", "/things", {"name": "a"}, **KEY)
    other = call("POST", "/things", {"name": "b"}, **KEY)
    assert (slug(other), other.status_code) == ("key-reused", 422)
    assert call("POST", "/things", {"name": "c"}, token="things:write", **KEY).status_code == 201
    assert slug(call("POST", "/things", {"name": "d"}, HTTP_IDEMPOTENCY_KEY="a b")) == "invalid-request"


@pytest.mark.django_db
def test_a_refused_call_keeps_nothing_under_its_key(call):
    assert call("POST", "/things", {"name": "bad"}, **KEY).status_code == 422
    assert not IdempotentAnswer.objects.exists()
    assert call("POST", "/things", {"name": "a"}, **KEY).status_code == 201


@pytest.mark.django_db
def test_keys_are_kept_for_a_day(call):
    with clock.moved_to(clock.now()) as moved:
        call("POST", "/things", {"name": "a"}, **KEY)
        assert delete_old() == 0
        moved.advance(timedelta(hours=25))
        assert call("POST", "/things", {"name": "b"}, **KEY).status_code == 201
        moved.advance(timedelta(hours=25))
        assert delete_old() == 1


def test_every_endpoint_is_described(door):
    document = json.loads(door.description)
    listed, created = document["paths"]["/api/v1/things"]["get"], document["paths"]["/api/v1/things"]["post"]
    assert (listed["operationId"], listed["security"]) == ("things_list", [{"token": ["things:read"]}])
    assert set(created["responses"]) >= {"201", "400", "401", "403", "409", "413", "415", "422", "429", "503"}
    assert "application/problem+json" in created["responses"]["422"]["content"]
    assert [each["name"] for each in created["parameters"]] == ["Idempotency-Key"]
    limit = next(each for each in listed["parameters"] if each["name"] == "limit")
    assert (limit["schema"]["maximum"], limit["required"]) == (100, False)
    cursor = next(each for each in listed["parameters"] if each["name"] == "cursor")
    assert "anyOf" not in cursor["schema"]
    assert SYSTEM.is_system
