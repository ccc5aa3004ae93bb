"""Who calls: a program with a token, or a person from the documentation page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation

from deskbell.kernel.access import Viewer
from deskbell.kernel.rest import problems
from deskbell.kernel.rest.limits import Limits, Quota
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
    """A request behind the gate, for the annotations of endpoints. quota: what is left to the caller this minute."""

    caller: Caller
    viewer: Viewer
    quota: Quota | None


class Callers(Protocol):
    """How the assembled API learns who calls. The first two raise ProblemError with status 401 or 403.

    address: where a call comes from, for counting; of an IPv6 address the network.
    """

    def by_token(self, secret: str) -> Caller: ...
    def by_session(self, request: HttpRequest) -> Caller: ...
    def address(self, request: HttpRequest) -> str: ...


def identify(request: HttpRequest, callers: Callers, limits: Limits) -> tuple[Caller, Quota | None]:
    """The caller, with their language active, and what is left to them.

    A header `Authorization` decides alone; a session is second to it. Raises ProblemError, also for a call too many.
    """
    given = request.META.get("HTTP_AUTHORIZATION")
    if given is None:
        caller = callers.by_session(request)
    else:
        scheme, _space, secret = given.partition(" ")
        secret = secret.strip()
        if scheme.lower() != "bearer" or not secret:
            raise ProblemError(problems.TOKEN_MISSING, headers=CHALLENGE)
        caller = _by_token(request, secret, callers, limits)
    translation.activate(caller.viewer.language)
    return caller, limits.calls.require(caller.key)


def _by_token(request: HttpRequest, secret: str, callers: Callers, limits: Limits) -> Caller:
    """The caller of a token; wrong ones count against the address, and a token that works does not suffer for them."""
    try:
        return callers.by_token(secret)
    except ProblemError:
        limits.wrong_tokens.require(callers.address(request))
        raise


def require_scope(caller: Caller, scope: str) -> None:
    """Raises ProblemError unless the caller's token opens `scope`."""
    if not caller.opens(scope):
        challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
        raise ProblemError(problems.SCOPE_MISSING, scope=scope, headers={"WWW-Authenticate": challenge})
