"""The address of the API within Django: reached before sessions, cookies and pages are thought of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLResolver
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern
from django.utils import translation
from pydantic_core import to_json

from deskbell.kernel.rest import problems
from deskbell.kernel.rest.limits import Quota
from deskbell.kernel.rest.service import Service

DOCUMENT = "openapi.json"
Handler = Callable[[HttpRequest], HttpResponseBase]


class Door:
    """Answers every address below `prefix`, also those the API does not have.

    prefix: as in "/api/v1/". server: the address of the desk, without a slash at its end.
    """

    def __init__(self, service: Service, prefix: str, *, server: str) -> None:
        self.prefix = prefix
        self._service = service
        self._server = server
        self._resolver = URLResolver(RegexPattern("^" + prefix), service.urls[0])

    @cached_property
    def description(self) -> bytes:
        """The OpenAPI document."""
        schema = self._service.get_openapi_schema(path_prefix=self.prefix)
        schema["servers"] = [{"url": self._server}]
        return to_json(dict(schema))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == self.prefix + DOCUMENT:
            return self._describe(request)
        try:
            match = self._resolver.resolve(request.path_info)
        except Resolver404:
            return problems.respond(problems.NO_SUCH_ADDRESS)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            allow = ", ".join(sorted(response.headers["Allow"].split(", ")))
            return problems.respond(problems.METHOD_NOT_ALLOWED, headers={"Allow": allow})
        response.headers.setdefault("Cache-Control", "no-store")
        quota: Quota | None = getattr(request, "quota", None)
        if quota is not None:
            for name, value in quota.headers.items():
                response.headers.setdefault(name, value)
        return response

    def _describe(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return problems.respond(problems.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
        # Another site's documentation browser may read what is public anyway.
        return HttpResponse(
            self.description, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"}
        )


def _is_for_program(request: HttpRequest) -> bool:
    """A call that has nothing to do with sessions: with a token, or without our cookie."""
    return "HTTP_AUTHORIZATION" in request.META or settings.SESSION_COOKIE_NAME not in request.COOKIES


def for_programs(prefix: str, door: Callable[[], Door]) -> Callable[[Handler], Handler]:
    """Middleware that answers programs at once: sessions, messages, CSRF and languages of pages are not theirs."""

    def make(get_response: Handler) -> Handler:
        def middleware(request: HttpRequest) -> HttpResponseBase:
            if not request.path_info.startswith(prefix) or not _is_for_program(request):
                return get_response(request)
            if _length(request) > settings.MAX_UPLOAD_BYTES:
                return problems.respond(problems.BODY_TOO_LARGE)
            with translation.override(settings.LANGUAGE_CODE):
                return door()(request)

        return middleware

    return make


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def view(door: Callable[[], Door]) -> Callable[..., HttpResponse]:
    """The same for people with a session, as a view behind all middleware."""

    def answer(request: HttpRequest, path: str = "") -> HttpResponseBase:
        del path
        return door()(request)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # asked for where a session is used: `Callers.by_session`
    return answer  # type: ignore[return-value]
