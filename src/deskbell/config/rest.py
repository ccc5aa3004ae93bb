"""The REST API as it is served: `/api/v1/`, assembled from what the packages publish in their `rest` modules."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Callable
from typing import TypeVar

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.module_loading import autodiscover_modules
from ninja.utils import check_csrf

from deskbell import __version__
from deskbell.config.outage import is_unreachable
from deskbell.kernel.api import Viewer
from deskbell.kernel.rest import api as rest
from deskbell.people import api as people

Made = TypeVar("Made")
PREFIX = "/api/v1/"
_SIX = 6  # the version of IP
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PROBLEMS = {
    people.TokenProblem.UNKNOWN: rest.problems.TOKEN_UNKNOWN,
    people.TokenProblem.EXPIRED: rest.problems.TOKEN_EXPIRED,
    people.TokenProblem.REVOKED: rest.problems.TOKEN_REVOKED,
    people.TokenProblem.PERSON: rest.problems.TOKEN_PERSON,
}
_CHALLENGE = {"WWW-Authenticate": f'{rest.CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'}

DESCRIPTION = """\
Everything the desk does for people in pages, for programs.

Send a token from your account page with each call: `Authorization: Bearer deskbell_…`. It opens what its scopes name
and what its person may do. Times are RFC 3339 in UTC. Lists come in pages: pass `next` of one page as `cursor` of the
next. Calls that fail answer with `application/problem+json`: `type` names the kind, `detail` says what to do.
"""


class Callers:
    """Tokens and sessions of people."""

    def by_token(self, secret: str) -> rest.Caller:
        try:
            found = people.viewer_for_token(secret)
        except people.TokenRefused as refused:
            raise rest.ProblemError(_PROBLEMS[refused.problem], headers=_CHALLENGE) from None
        return rest.Caller(found.viewer, f"token:{found.token_id}", found.scopes, found.reference)

    def by_session(self, request: HttpRequest) -> rest.Caller:
        viewer: Viewer | None = getattr(request, "viewer", None)
        if viewer is None or not viewer.is_authenticated:
            raise rest.ProblemError(rest.problems.TOKEN_MISSING, headers=rest.CHALLENGE)
        if request.method not in _SAFE and check_csrf(request) is not None:
            raise rest.ProblemError(rest.problems.CSRF_FAILED)
        return rest.Caller(viewer, f"user:{viewer.user_id}")

    def address(self, request: HttpRequest) -> str:
        given = ""
        try:
            given = get_adapter().get_client_ip(request)
            found = ipaddress.ip_address(given)
        except (PermissionDenied, ValueError):  # a proxy that says nothing, or no address at all
            return given
        # One household or server has a whole network of IPv6 addresses to call from.
        return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == _SIX else given


_building = threading.RLock()


def _once(make: Callable[[], Made]) -> Callable[[], Made]:
    """`make`, called once and by one thread alone: ninja takes a second service of the same name for a mistake."""
    made: list[Made] = []

    def get() -> Made:
        if not made:
            with _building:
                if not made:
                    made.append(make())
        return made[0]

    return get


@_once
def service() -> rest.Service:
    """The API with the endpoints of every installed package."""
    autodiscover_modules("rest")
    return rest.Service(
        rest.endpoint_groups,
        Callers(),
        title="Deskbell",
        version=__version__,
        description=DESCRIPTION,
        is_outage=is_unreachable,
        limits=rest.Limits(calls=settings.API_CALLS_PER_MINUTE, wrong_tokens=settings.API_WRONG_TOKENS_PER_MINUTE),
    )


@_once
def door() -> rest.Door:
    return rest.Door(service(), PREFIX, server=settings.BASE_URL)


for_programs = rest.for_programs(PREFIX, door)
for_people = rest.view(door)
