"""Every way in which a call can fail, as RFC 9457 answers: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import to_json

from deskbell.kernel.registry import Registry

Text = str | Promise
CONTENT_TYPE = "application/problem+json"
PAGE = "/api/docs/problems"  # where each kind is explained, at the anchor of its slug


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of failure. slug: stable, the end of its address. advice: what to do; the detail unless one is given."""

    slug: str
    status: int
    title: Text
    advice: Text

    @property
    def type(self) -> str:
        """The address that names the kind and explains it."""
        return f"{settings.BASE_URL}{PAGE}#{self.slug}"


problem_kinds: Registry[ProblemKind] = Registry("problem")


def _kind(slug: str, status: int, title: Text, advice: Text) -> ProblemKind:
    return problem_kinds.register(slug, ProblemKind(slug, status, title, advice))


INVALID_REQUEST = _kind(
    "invalid-request", 400, _("The request does not fit the API's description"),
    _("Each entry of “errors” names a field and what is wrong with it. Correct these and send it again."),
)  # fmt: skip
UNREADABLE_BODY = _kind(
    "unreadable-body", 400, _("The body could not be read"),
    _("Send one valid JSON document in UTF-8, nested at most 100 levels deep."),
)  # fmt: skip
INVALID_CURSOR = _kind(
    "invalid-cursor", 422, _("This cursor does not belong to this list"),
    _("Take cursors as they are from “next” of the same list with the same filters; begin anew without one."),
)  # fmt: skip
TOKEN_MISSING = _kind(
    "token-missing", 401, _("No token was given"),
    _("Send the header “Authorization: Bearer …” with a token from your account page."),
)  # fmt: skip
TOKEN_UNKNOWN = _kind(
    "token-unknown", 401, _("There is no such token"),
    _("Check that all of the token was copied, or make a new one on your account page."),
)  # fmt: skip
TOKEN_EXPIRED = _kind(
    "token-expired", 401, _("The token has expired"),
    _("Make a new token on your account page and give it to the program."),
)  # fmt: skip
TOKEN_REVOKED = _kind(
    "token-revoked", 401, _("The token was revoked"),
    _("Make a new token on your account page if the program should go on."),
)  # fmt: skip
TOKEN_PERSON = _kind(
    "token-person", 401, _("The person of this token may not use it any more"),
    _("Ask an administrator whether the person is still active and may use tokens."),
)  # fmt: skip
SCOPE_MISSING = _kind(
    "scope-missing", 403, _("The token does not open this part of the API"),
    _("Make a token with the scope that “scope” names."),
)  # fmt: skip
NOT_ALLOWED = _kind(
    "not-allowed", 403, _("The person of this token may not do this"),
    _("A token never may more than its person. Ask the head of the department for the role it needs."),
)  # fmt: skip
CSRF_FAILED = _kind(
    "csrf-failed", 403, _("The page is older than its session"),
    _("Reload the page and try again. Programs use a token instead of a session."),
)  # fmt: skip
SECOND_FACTOR = _kind(
    "second-factor", 403, _("The desk asks for a second factor"),
    _("Set up a second factor on your account page."),
)  # fmt: skip
NOT_FOUND = _kind(
    "not-found", 404, _("There is nothing here, or the person of this token may not see it"),
    _("Check the id, and whether the person can open the record in the desk."),
)  # fmt: skip
NO_SUCH_ADDRESS = _kind(
    "no-such-address", 404, _("The API has no such address"),
    _("Look up the path in the documentation. Paths have no slash at their end."),
)  # fmt: skip
METHOD_NOT_ALLOWED = _kind(
    "method-not-allowed", 405, _("This address does not know the method"),
    _("Use one of the methods in the header “Allow”."),
)  # fmt: skip
CONFLICT = _kind(
    "conflict", 409, _("The record changed meanwhile"),
    _("Read the record again, decide anew, and send its present version."),
)  # fmt: skip
KEY_IN_USE = _kind(
    "key-in-use", 409, _("The first call with this idempotency key is still running"),
    _("Wait a moment and send the same call again; it will be given the first one's answer."),
)  # fmt: skip
PRECONDITION_FAILED = _kind(
    "precondition-failed", 412, _("The record is no longer the version you named"),
    _("Read the record again, decide anew, and send the header “If-Match” with its present “ETag”."),
)  # fmt: skip
BODY_TOO_LARGE = _kind(
    "body-too-large", 413, _("The body is too large"),
    _("Send less at once. The documentation of the endpoint names the limit."),
)  # fmt: skip
UNSUPPORTED_MEDIA_TYPE = _kind(
    "unsupported-media-type", 415, _("The body is of a type this endpoint does not read"),
    _("Send the header “Content-Type” that the documentation of the endpoint names, mostly application/json."),
)  # fmt: skip
REFUSED = _kind(
    "refused", 422, _("The values cannot be accepted"),
    _("The request is well formed, but what it asks cannot be. “errors” names the fields."),
)  # fmt: skip
KEY_REUSED = _kind(
    "key-reused", 422, _("This idempotency key was used for another call"),
    _("Use a new key for every new call, and an old one only to repeat the very same call."),
)  # fmt: skip
TOO_MANY_CALLS = _kind(
    "too-many-calls", 429, _("Too many calls"),
    _("Wait as many seconds as the header “Retry-After” says."),
)  # fmt: skip
BROKEN = _kind(
    "broken", 500, _("Something broke on our side"),
    _("It was written to the log. Try again in a moment; tell an administrator if it stays."),
)  # fmt: skip
DATABASE_AWAY = _kind(
    "database-away", 503, _("The desk cannot reach its database"),
    _("Nothing was changed. Try again after the seconds in the header “Retry-After”."),
)  # fmt: skip


class FieldError(BaseModel):
    """What is wrong with one field."""

    model_config = ConfigDict(frozen=True)

    place: str = Field(serialization_alias="in", examples=["body"], description="body, query, path or header.")
    field: str = Field(examples=["subject"], description="Dotted path of the field, as in “participants.0.user_id”.")
    message: str = Field(examples=["Say in a few words what it is about."])


class Problem(BaseModel):
    """What went wrong, by RFC 9457."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "type": "https://desk.example/api/docs/problems#not-found",
                    "title": "There is nothing here, or the person of this token may not see it",
                    "status": 404,
                    "detail": "Check the id, and whether the person can open the record in the desk.",
                }
            ]
        },
    )

    type: str = Field(description="Names the kind of problem and explains it. Decide by this, not by the words.")
    title: str = Field(description="The kind of problem in words, in the language of the token's person.")
    status: int = Field(description="The HTTP status once more.")
    detail: str = Field(description="What happened this time, and what to do.")
    errors: list[FieldError] = Field(default=[], description="What is wrong with which field.")
    scope: str = Field(default="", description="The scope a token needs, when it lacks one.")


class ProblemError(Exception):
    """Raised to answer with a problem. detail: the kind's advice unless given."""

    def __init__(
        self,
        kind: ProblemKind,
        detail: Text | None = None,
        *,
        errors: list[FieldError] | None = None,
        scope: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.kind = kind
        self.detail = detail
        self.errors = errors or []
        self.scope = scope
        self.headers = dict(headers or {})
        super().__init__(kind.slug)


def field_error(place: str, field: str, message: Text) -> FieldError:
    return FieldError(place=place, field=field, message=str(message))


def respond(
    kind: ProblemKind,
    detail: Text | None = None,
    *,
    errors: list[FieldError] | None = None,
    scope: str = "",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for a problem, in the active language."""
    content: dict[str, Any] = {
        "type": kind.type,
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(detail or kind.advice),
    }
    if errors:
        content["errors"] = [each.model_dump(by_alias=True) for each in errors]
    if scope:
        content["scope"] = scope
    return HttpResponse(to_json(content), status=kind.status, content_type=CONTENT_TYPE, headers=dict(headers or {}))
