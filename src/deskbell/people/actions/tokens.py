"""API tokens: made by their person alone, revoked by them or by whoever manages them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    Invalid,
    NotAllowed,
    Rows,
    Statement,
    Viewer,
    clock,
    get_visible,
    one_line,
    record,
    scopes,
)
from deskbell.people import events
from deskbell.people.authority import lock_managed, lock_user
from deskbell.people.models import ApiToken
from deskbell.people.options import LONGEST_TOKEN_LIFE, TOKENS_FOR_CUSTOMERS
from deskbell.people.token_secrets import digest, new_secret

MOST_TOKENS = 50  # working ones of a person
LONGEST_NAME = 100


def may_make_tokens(viewer: Viewer) -> bool:
    """Whether this person may make API tokens for themselves; one query for people without a role."""
    return viewer.user_id is not None and (viewer.is_agent or TOKENS_FOR_CUSTOMERS.get())


@transaction.atomic
def create_token(
    viewer: Viewer, name: str, scope_names: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token of one's own, and its secret, which nobody can see again.

    expires_at: aware; None for never, where the desk allows it. Raises NotAllowed, Invalid naming the field.
    """
    if viewer.user_id is None or not may_make_tokens(viewer):
        raise NotAllowed
    lock_user(viewer, viewer.user_id)
    wanted = sorted(set(scope_names))
    moment = clock.now()
    _check(viewer.user_id, one_line(name, LONGEST_NAME), wanted, expires_at, moment)
    secret = new_secret()
    token = ApiToken.objects.create(
        user_id=viewer.user_id,
        name=one_line(name, LONGEST_NAME),
        secret_sha256=digest(secret),
        last_four=secret[-4:],
        scopes=wanted,
        created_at=moment,
        expires_at=expires_at,
    )
    record(viewer, events.USER_TOKEN_CREATED, viewer.user_id, _data(token))
    return token, secret


@transaction.atomic
def revoke_token(viewer: Viewer, token_id: int) -> ApiToken:
    """The token stops working at once and for ever. Idempotent.

    Of others: whoever manages them (`authority.may_manage`). Raises NotFound, NotAllowed.
    """
    token = get_visible(viewer, ApiToken, token_id)
    if token.user_id != viewer.user_id:
        lock_managed(viewer, token.user_id)
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is None:
        revoke(viewer, token)
    return token


def revoke(viewer: Viewer, token: ApiToken) -> None:
    """`revoke_token`, authorised and locked by the caller."""
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(viewer, events.USER_TOKEN_REVOKED, token.user_id, _data(token))


def revoking_all(user_id: int) -> Statement:
    """Revoke all tokens of a person; gives the rows for `record_revoked`."""
    return _REVOKE_ALL, [clock.now(), user_id]


_REVOKE_ALL = """
UPDATE people_apitoken SET revoked_at = %s WHERE user_id = %s AND revoked_at IS NULL
RETURNING id, user_id, name, last_four, scopes, expires_at
"""


def record_revoked(viewer: Viewer, rows: Rows) -> None:
    """The events of `revoking_all`."""
    names = ("id", "user_id", "name", "last_four", "scopes", "expires_at")
    for row in rows:
        token = ApiToken(**dict(zip(names, row, strict=True)))
        record(viewer, events.USER_TOKEN_REVOKED, token.user_id, _data(token))


def _check(user_id: int, name: str, wanted: list[str], expires_at: datetime | None, moment: datetime) -> None:
    problems: dict[str, str] = {}
    if not name:
        problems["name"] = _("Give a name by which you know the token later.")
    unknown = [scope for scope in wanted if scope not in scopes]
    if unknown:
        problems["scopes"] = _("There is no scope “%(name)s”.") % {"name": one_line(unknown[0], 60)}
    elif not wanted:
        problems["scopes"] = _("Choose at least one.")
    longest = LONGEST_TOKEN_LIFE.get()
    if expires_at is not None and expires_at <= moment:
        problems["expires_at"] = _("This time is over already.")
    elif longest and (expires_at is None or expires_at > moment + timedelta(days=longest + 1)):
        # A day more, because people choose whole days in their own zone.
        problems["expires_at"] = _("Tokens of this desk work at most %(days)s days.") % {"days": longest}
    working = ApiToken.objects.filter(user_id=user_id, revoked_at=None).exclude(expires_at__lte=moment)
    if not problems and working.count() >= MOST_TOKENS:
        raise Invalid(_("You have %(count)s tokens that work. Revoke one first.") % {"count": MOST_TOKENS})
    if problems:
        raise Invalid(fields=problems)


def _data(token: ApiToken) -> events.TokenData:
    return events.TokenData(
        token_id=token.pk,
        name=token.name,
        last_four=token.last_four,
        scopes=token.scopes,
        expires_at=token.expires_at.isoformat() if token.expires_at else None,
    )
