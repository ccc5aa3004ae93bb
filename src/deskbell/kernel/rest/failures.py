"""Which problem answers which exception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from deskbell.kernel.errors import Conflict, DeskbellError, Invalid, NotAllowed, NotFound
from deskbell.kernel.rest import problems
from deskbell.kernel.rest.problems import FieldError, ProblemError, field_error

MOST_ERRORS = 50  # wrong fields named in one answer


def _problem(error: ProblemError) -> HttpResponse:
    return problems.respond(error.kind, error.detail, errors=error.errors, scope=error.scope, headers=error.headers)


def _missing(_error: Exception) -> HttpResponse:
    return problems.respond(problems.NOT_FOUND)


def _not_allowed(error: NotAllowed) -> HttpResponse:
    return problems.respond(problems.NOT_ALLOWED, error.message)


def _conflict(error: Conflict) -> HttpResponse:
    return problems.respond(problems.CONFLICT, error.message)


def _refused(error: DeskbellError) -> HttpResponse:
    fields = error.fields if isinstance(error, Invalid) else {}
    errors = [field_error("body", name, message) for name, message in fields.items()]
    return problems.respond(problems.REFUSED, error.message, errors=errors)


def _too_large(_error: Exception) -> HttpResponse:
    return problems.respond(problems.BODY_TOO_LARGE)


def _unreadable(_error: Exception) -> HttpResponse:
    return problems.respond(problems.UNREADABLE_BODY)


def _http_error(error: HttpError) -> HttpResponse:
    """The one that ninja itself raises: its parser could not read the body."""
    reason = f"{error.__cause__}".strip()[:200] if error.__cause__ is not None else ""
    detail = f"{problems.UNREADABLE_BODY.advice} ({reason})" if reason else None
    return problems.respond(problems.UNREADABLE_BODY, detail)


def _unfit(error: ValidationError) -> HttpResponse:
    found = [_field_error(each) for each in error.errors[:MOST_ERRORS]]
    return problems.respond(problems.INVALID_REQUEST, errors=found)


def _field_error(error: dict[str, Any]) -> FieldError:
    place, *path = error["loc"]
    if place in {"body", "form", "file"}:
        path = path[1:] if len(path) > 1 else path  # the view's name of the whole body
        place = "body"
    message = str(error["msg"]).removeprefix("Value error, ")
    return field_error(str(place), ".".join(str(part)[:100] for part in path), message)


ANSWERS: Mapping[type[Exception], Callable[[Any], HttpResponse]] = {
    ProblemError: _problem,
    Http404: _missing,
    HttpError: _http_error,
    ValidationError: _unfit,
    DeskbellError: _refused,
    NotFound: _missing,
    NotAllowed: _not_allowed,
    Invalid: _refused,
    Conflict: _conflict,
    RequestDataTooBig: _too_large,
    TooManyFilesSent: _too_large,
    MultiPartParserError: _unreadable,
    UnreadablePostError: _unreadable,
    SuspiciousOperation: _unreadable,
}
