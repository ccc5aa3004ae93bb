"""API tokens, without their secrets."""

from __future__ import annotations

from django.db.models import F

from deskbell.kernel.api import NotAllowed, Viewer, clock, visible
from deskbell.people.access import MANAGE_PEOPLE, SEE_AUDIT
from deskbell.people.keyset import Page, decode, encode
from deskbell.people.models import ApiToken


def own_tokens(viewer: Viewer) -> list[ApiToken]:
    """Those of the viewer: working ones first, newest first."""
    if viewer.user_id is None:
        return []
    mine = visible(viewer, ApiToken).filter(user_id=viewer.user_id)
    return list(mine.order_by(F("revoked_at").asc(nulls_first=True), "-pk")[:200])


def desk_tokens(
    viewer: Viewer, *, user_id: int | None = None, working: bool | None = True, after: str | None = None, size: int = 50
) -> Page[ApiToken]:
    """Tokens of everybody with their people, newest first, a page at a time. Raises NotAllowed.

    working: those neither revoked nor expired; False: the others; None: all. For whoever manages people or sees the
    audit of the whole desk.
    """
    if not (viewer.may(MANAGE_PEOPLE) or viewer.may(SEE_AUDIT)):
        raise NotAllowed
    tokens = visible(viewer, ApiToken)
    if user_id is not None:
        tokens = tokens.filter(user_id=user_id)
    if working is not None:
        live = tokens.filter(revoked_at=None).exclude(expires_at__lte=clock.now())
        tokens = live if working else tokens.exclude(pk__in=live.values("pk"))
    key = decode(after, int)
    if key is not None:
        tokens = tokens.filter(pk__lt=key[0])
    people = tokens.select_related("user").prefetch_related("user__role_assignments__role")
    rows = list(people.order_by("-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode(rows[-1].pk) if more else None)
