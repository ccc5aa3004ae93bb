"""Declaring endpoints: a package's `rest` modules fill groups, `deskbell.config.rest` assembles them.

    tickets = publish(Endpoints("Tickets", "What people ask of the desk."))

    @tickets.get("/tickets/{ticket_id}", scope="tickets:read", answer=TicketAnswer, summary="Get a ticket")
    def tickets_get(request: ApiRequest, ticket_id: PathId) -> TicketAnswer: ...

The function's name is the operation id, its docstring the description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http.response import HttpResponseBase
from pydantic import BaseModel

from deskbell.kernel.registry import Registry

ViewT = TypeVar("ViewT", bound=Callable[..., Any])
JSON = "application/json"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a view returns when it has more to say than a body. status: the endpoint's own unless given."""

    body: BaseModel | None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None


Result = BaseModel | Answered | HttpResponseBase | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. scope: what a token needs; empty for anybody signed in. answer: None for an empty body.

    answers_binary: bytes of any type. changes_reference: it may change the small tables each process keeps
    (`kernel.reference`); otherwise they are taken as they stood when the caller was identified.
    """

    method: str
    path: str
    view: Callable[..., Result]
    scope: str
    summary: str
    answer: type[BaseModel] | None
    status: int
    tag: str
    body_type: str
    idempotent: bool
    answers_binary: bool
    changes_reference: bool
    statuses: frozenset[int]

    @property
    def operation_id(self) -> str:
        return self.view.__name__


class Endpoints:
    """A group of endpoints under one heading of the documentation.

    changes_reference: whether its writes may change roles, departments, states and the like; False spares a query.
    """

    def __init__(self, tag: str, description: str, *, changes_reference: bool = True) -> None:
        self.tag = tag
        self._changes_reference = changes_reference
        self.description = description
        self.all: list[Endpoint] = []

    def get(self, path: str, *, scope: str, summary: str, answer: type[BaseModel] | None, binary: bool = False,
            statuses: tuple[int, ...] = ()) -> Callable[[ViewT], ViewT]:  # fmt: skip
        return self._add("GET", path, scope=scope, summary=summary, answer=answer, binary=binary, statuses=statuses)

    def post(self, path: str, *, scope: str, summary: str, answer: type[BaseModel] | None, status: int = 200,
             body_type: str = JSON, idempotent: bool = True, statuses: tuple[int, ...] = ()
             ) -> Callable[[ViewT], ViewT]:  # fmt: skip
        """idempotent: takes an Idempotency-Key; not for what is no change of ours."""
        return self._add(
            "POST", path, scope=scope, summary=summary, answer=answer, status=status, body_type=body_type,
            idempotent=idempotent, statuses=statuses,
        )  # fmt: skip

    def patch(self, path: str, *, scope: str, summary: str, answer: type[BaseModel] | None,
              statuses: tuple[int, ...] = ()) -> Callable[[ViewT], ViewT]:  # fmt: skip
        return self._add("PATCH", path, scope=scope, summary=summary, answer=answer, statuses=statuses)

    def put(self, path: str, *, scope: str, summary: str, answer: type[BaseModel] | None, status: int = 200,
            statuses: tuple[int, ...] = ()) -> Callable[[ViewT], ViewT]:  # fmt: skip
        return self._add("PUT", path, scope=scope, summary=summary, answer=answer, status=status, statuses=statuses)

    def delete(self, path: str, *, scope: str, summary: str, answer: type[BaseModel] | None = None,
               status: int = 204, statuses: tuple[int, ...] = ()) -> Callable[[ViewT], ViewT]:  # fmt: skip
        return self._add("DELETE", path, scope=scope, summary=summary, answer=answer, status=status, statuses=statuses)

    def _add(
        self,
        method: str,
        path: str,
        *,
        scope: str,
        summary: str,
        answer: type[BaseModel] | None,
        status: int = 200,
        body_type: str = JSON,
        idempotent: bool = False,
        binary: bool = False,
        statuses: tuple[int, ...] = (),
    ) -> Callable[[ViewT], ViewT]:
        def add(view: ViewT) -> ViewT:
            self.all.append(
                Endpoint(
                    method=method,
                    path=path,
                    view=view,
                    scope=scope,
                    summary=summary,
                    answer=answer,
                    status=status,
                    tag=self.tag,
                    body_type=body_type,
                    idempotent=idempotent,
                    answers_binary=binary,
                    changes_reference=self._changes_reference and method != "GET",
                    statuses=frozenset(statuses),
                )
            )
            return view

        return add


endpoint_groups: Registry[Endpoints] = Registry("group of endpoints")


def publish(group: Endpoints) -> Endpoints:
    """Have the group assembled into the desk's API."""
    return endpoint_groups.register(group.tag, group)
