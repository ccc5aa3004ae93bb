"""What happens around each endpoint: who calls, may they, is it done already, and how the answer is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from pydantic import BaseModel

from deskbell.kernel import reference
from deskbell.kernel.rest import problems, versions
from deskbell.kernel.rest.callers import ApiRequest, Callers, identify, require_scope
from deskbell.kernel.rest.endpoints import JSON, Answered, Endpoint, Result
from deskbell.kernel.rest.idempotency import once
from deskbell.kernel.rest.limits import Limits
from deskbell.kernel.rest.problems import ProblemError, field_error

LARGEST_JSON = 4_000_000  # bytes of a JSON body; files go through uploads
JSON_TYPE = "application/json; charset=utf-8"


class Gate:
    """Stands before one endpoint: ninja calls it first, and with its refusal the body is not even read."""

    def __init__(self, endpoint: Endpoint, callers: Callers, limits: Limits) -> None:
        self._endpoint = endpoint
        self._callers = callers
        self._limits = limits
        self.takes_body = False
        self.query: dict[str, bool] = {}  # name of each parameter → whether it may be given several times

    def __call__(self, request: ApiRequest) -> Any:
        caller, request.quota = identify(request, self._callers, self._limits)
        if self._endpoint.scope:
            require_scope(caller, self._endpoint.scope)
        request.caller = caller
        request.viewer = caller.viewer
        self._check_query(request)
        if self.takes_body:
            self._check_body(request)
        return caller

    def _check_query(self, request: HttpRequest) -> None:
        if not request.META.get("QUERY_STRING"):
            return
        wrong = []
        for name, values in request.GET.lists():
            repeatable = self.query.get(name)
            if repeatable is None:
                wrong.append(field_error("query", name[:100], "There is no such parameter."))
            elif len(values) > 1 and not repeatable:
                wrong.append(field_error("query", name, "Give this once."))
        if wrong:
            raise ProblemError(problems.INVALID_REQUEST, errors=wrong[:20])

    def _check_body(self, request: HttpRequest) -> None:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.content_type != self._endpoint.body_type and (request.content_type or length):
            detail = None
            if self._endpoint.body_type != JSON:
                detail = f"Send the header “Content-Type: {self._endpoint.body_type}”."
            raise ProblemError(problems.UNSUPPORTED_MEDIA_TYPE, detail)
        if self._endpoint.body_type == JSON and length > LARGEST_JSON:
            raise ProblemError(problems.BODY_TOO_LARGE, f"A JSON body has at most {LARGEST_JSON} bytes.")


def runner(endpoint: Endpoint) -> Callable[..., HttpResponseBase]:
    """The endpoint's view with its answer written as JSON, and carried out once per idempotency key."""
    view = endpoint.view if endpoint.changes_reference else _holding_reference(endpoint.view)
    kind = versions.of(endpoint)
    if kind is not None:
        view = versions.bound(view, kind)
    if not endpoint.idempotent:

        @wraps(view)
        def run(request: ApiRequest, **values: Any) -> HttpResponseBase:
            return _response(endpoint, view(request, **values))

        return run

    @wraps(view)
    def run_once(request: ApiRequest, **values: Any) -> HttpResponseBase:
        return once(request, lambda: _json_response(endpoint, view(request, **values)))

    return run_once


def _holding_reference(view: Callable[..., Result]) -> Callable[..., Result]:
    """The view, with the small tables as they stood when the caller was identified."""

    @wraps(view)
    def hold(request: ApiRequest, **values: Any) -> Result:
        with reference.held(request.caller.reference):
            return view(request, **values)

    return hold


def _response(endpoint: Endpoint, result: Result) -> HttpResponseBase:
    if isinstance(result, HttpResponseBase):
        return result
    return _json_response(endpoint, result)


def _json_response(endpoint: Endpoint, result: Result) -> HttpResponse:
    answered = result if isinstance(result, Answered) else None
    body = answered.body if answered is not None else result
    status = (answered.status if answered is not None else None) or endpoint.status
    if isinstance(body, BaseModel):
        # Straight from the model to bytes: half of what a dictionary between the two would cost.
        content = versions.written(body)
        response = HttpResponse(content, status=status, content_type=JSON_TYPE)
        if versions.has_tag(type(body)):
            response.headers["ETag"] = versions.tag_of(content)
    else:
        response = HttpResponse(status=status)
        del response.headers["Content-Type"]
    if answered is not None:
        for name, value in answered.headers.items():
            response.headers[name] = value
    return response
