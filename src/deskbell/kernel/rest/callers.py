"""Who calls: a program with a token, or a person from the documentation page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation

from deskbell.kernel.access import Viewer
from deskbell.kernel.rest import problems
from deskbell.kernel.rest.problems import ProblemError

REALM = 'Bearer realm="Deskbell API"'
CHALLENGE = {"WWW-Authenticate": REALM}


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose rights a call has.

    key: names the caller among others, for idempotency keys and limits: "token:12", "user:5".
    scopes: what the token opens; None for a session, which opens all its person may.
    reference: version of the small tables (`kernel.reference`), when it was read along with the caller.
    """

    viewer: Viewer
    key: str
    scopes: frozenset[str] | None = None
    reference: UUID | None = None

    def opens(self, scope: str) -> bool:
        return self.scopes is None or scope in self.scopes


class ApiRequest(HttpRequest):
    """A request behind the gate, for the annotations of endpoints."""

    caller: Caller
    viewer: Viewer


class Callers(Protocol):
    """How the assembled API learns who calls. Each raises ProblemError with status 401 or 403."""

    def by_token(self, secret: str) -> Caller: ...
    def by_session(self, request: HttpRequest) -> Caller: ...


def identify(request: HttpRequest, callers: Callers) -> Caller:
    """The caller, with their language active. A header `Authorization` decides alone; a session is second to it."""
    given = request.META.get("HTTP_AUTHORIZATION")
    if given is None:
        caller = callers.by_session(request)
    else:
        scheme, _space, secret = given.partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret:
            raise ProblemError(problems.TOKEN_MISSING, headers=CHALLENGE)
        caller = callers.by_token(secret)
    translation.activate(caller.viewer.language)
    return caller


def require_scope(caller: Caller, scope: str) -> None:
    """Raises ProblemError unless the caller's token opens `scope`."""
    if not caller.opens(scope):
        challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        raise ProblemError(problems.SCOPE_MISSING, scope=scope, headers={"WWW-Authenticate": challenge})
