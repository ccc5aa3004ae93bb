"""Whom a token of the REST API stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import cache
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import DeskbellError, Viewer, clock, reference
from deskbell.kernel.statements import columns, fetch, instance
from deskbell.people.access import viewer_for
from deskbell.people.models import ApiToken, Organisation, User
from deskbell.people.options import TOKENS_FOR_CUSTOMERS
from deskbell.people.token_secrets import PREFIX, digest

USED_EVERY = timedelta(minutes=1)  # so that a busy program does not write a row with each call


class TokenProblem(Enum):
    """Why a token does not open anything; the value is stable, for programs."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    PERSON = "person"  # deactivated, blocked, or not somebody who may use tokens any more


_WORDS: dict[TokenProblem, Promise] = {
    TokenProblem.UNKNOWN: _("There is no such token. Check that all of it was copied."),
    TokenProblem.EXPIRED: _("This token has expired. Make a new one on your account page."),
    TokenProblem.REVOKED: _("This token was revoked. Make a new one on your account page."),
    TokenProblem.PERSON: _("The person of this token may not use it any more. Ask an administrator."),
}


class TokenRefused(DeskbellError):
    """The token does not work; `problem` says why. HTTP 401."""

    def __init__(self, problem: TokenProblem) -> None:
        self.problem = problem
        super().__init__(_WORDS[problem])


@dataclass(frozen=True, slots=True)
class TokenViewer:
    """Who asks through a token, and which parts of the API it opens.

    reference: the version of the small tables that stood when the token was read (`kernel.reference`).
    """

    viewer: Viewer
    token_id: int
    scopes: frozenset[str]
    reference: UUID


def viewer_for_token(secret: str) -> TokenViewer:
    """The viewer of the token's person, with the token's scopes. Raises TokenRefused.

    One query, which also brings the version of the small tables; two more after a change of roles or departments, and
    once a minute the note that it was used.
    """
    found = _find(secret)
    if found is None:
        raise TokenRefused(TokenProblem.UNKNOWN)
    token, version = found
    moment = clock.now()
    if token.revoked_at is not None:
        raise TokenRefused(TokenProblem.REVOKED)
    if token.expires_at is not None and token.expires_at <= moment:
        raise TokenRefused(TokenProblem.EXPIRED)
    if not token.user.is_active or token.user.is_blocked:
        raise TokenRefused(TokenProblem.PERSON)
    with reference.held(version):
        viewer = viewer_for(token.user)
    if not viewer.is_agent and not TOKENS_FOR_CUSTOMERS.get():
        raise TokenRefused(TokenProblem.PERSON)
    if token.last_used_at is None or moment - token.last_used_at >= USED_EVERY:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lte=moment - USED_EVERY)
        ApiToken.objects.filter(long_ago, pk=token.pk).update(last_used_at=moment)
    return TokenViewer(viewer, token.pk, frozenset(token.scopes), version)


def _find(secret: str) -> tuple[ApiToken, UUID] | None:
    """The token with its person and their organisation, and the version of the small tables."""
    if not secret.startswith(PREFIX):
        return None
    rows = fetch(_sql(), [digest(secret)])
    if not rows:
        return None
    version, *values = rows[0]
    of_token, of_person = (len(model._meta.concrete_fields) for model in (ApiToken, User))  # noqa: SLF001  (documented)
    token: ApiToken = instance(ApiToken, values[:of_token])
    token.user = instance(User, values[of_token : of_token + of_person])
    organisation = values[of_token + of_person :]
    token.user.organisation = None if organisation[0] is None else instance(Organisation, organisation)
    return token, version


@cache
def _sql() -> str:
    # S608: names of our own tables, known to the code.
    return (
        f"SELECT (SELECT version FROM kernel_reference), {columns(ApiToken, 't')}, {columns(User, 'u')},"  # noqa: S608
        f" {columns(Organisation, 'o')} FROM people_apitoken t JOIN people_user u ON u.id = t.user_id"
        " LEFT JOIN people_organisation o ON o.id = u.organisation_id WHERE t.secret_sha256 = %s"
    )
