"""Every endpoint called well through the generated client: it parses what the desk really answers."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import pytest
from deskbell_client import AuthenticatedClient
from deskbell_client.models import Problem
from deskbell_client.types import File
from django.db import transaction
from pytest_django import DjangoDbBlocker

from deskbell.config.rest import service
from deskbell.config.tests import api_doors as doors
from deskbell.config.tests.api_desk import ApiDesk, application, build
from deskbell.kernel.rest.endpoints import Endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ApiDesk]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def client(desk: ApiDesk, role: str) -> AuthenticatedClient:
    made = AuthenticatedClient(base_url="http://localhost", token=desk.secrets[role])
    transport = httpx2.WSGITransport(app=application)
    return made.set_httpx_client(
        httpx2.Client(base_url="http://localhost", transport=transport, headers=desk.header(role))
    )


def module_of(endpoint: Endpoint) -> Any:
    tag = re.sub(r"\W+", "_", endpoint.tag.lower())
    return importlib.import_module(f"deskbell_client.api.{tag}.{endpoint.operation_id}")


def arguments(endpoint: Endpoint, call: Any, desk: ApiDesk) -> dict[str, Any]:
    name = endpoint.operation_id
    own = {**desk.ids, **doors.PATHS.get(name, lambda _d: {})(desk)}
    given: dict[str, Any] = {part: own[part] for part in re.findall(r"{(\w+)}", endpoint.path)}
    given |= dict(parse_qsl(doors.QUERIES.get(name, "").lstrip("?")))
    body = inspect.signature(call, eval_str=True).parameters.get("body")
    if body is not None and name in doors.UPLOADS:
        given["body"] = body.annotation(file=File(payload=BytesIO(b"hello"), file_name="a.txt", mime_type="text/plain"))
    elif body is not None and name in doors.BODIES:
        kind = next(
            each for each in getattr(body.annotation, "__args__", (body.annotation,)) if hasattr(each, "from_dict")
        )
        given["body"] = kind.from_dict(doors.BODIES[name](desk))
    return given


@pytest.mark.parametrize("operation_id", sorted(service().endpoints))
def test_the_client_calls_it_and_understands_the_answer(operation_id, desk):
    endpoint = service().endpoints[operation_id]
    role = "customer" if operation_id.startswith("my_") and "token" not in operation_id else "administrator"
    call = module_of(endpoint).sync_detailed
    with transaction.atomic():
        answer = call(client=client(desk, role), **arguments(endpoint, call, desk))
        transaction.set_rollback(True)
    assert answer.status_code == endpoint.status, answer.content
    assert not isinstance(answer.parsed, Problem)
    if endpoint.answer is not None:
        assert type(answer.parsed).__name__ == endpoint.answer.__name__


def test_a_round_of_calls_leaves_each_what_it_needs():
    """The order of tools/api_by_hand.py, in which all are called on one desk, and nothing is taken back."""
    by_hand = importlib.import_module("tools.api_by_hand")
    run = by_hand.Run(build("5550123"), "5550123")
    by_hand.by_client(run, lambda role: client(run.desk, role))
    assert run.statuses == {name: str(endpoint.status) for name, endpoint in service().endpoints.items()}
