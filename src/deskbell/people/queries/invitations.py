"""Invitations that were not taken up yet."""

from __future__ import annotations

from django.db.models import QuerySet

from deskbell.kernel.api import NotFound, Viewer, clock
from deskbell.people.access import MANAGE_PEOPLE
from deskbell.people.models import SetupLink


def open_invitations(viewer: Viewer, *, before: int | None = None, size: int = 50) -> list[SetupLink]:
    """With their people and their roles, newest first.

    For whoever manages people on the whole desk; raises NotAllowed.
    """
    viewer.require(MANAGE_PEOPLE)
    rows = _open().prefetch_related("user__role_assignments__role")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:size])


def invitation_of(viewer: Viewer, user_id: int) -> SetupLink:
    """The open invitation of a person. Raises NotAllowed, NotFound."""
    viewer.require(MANAGE_PEOPLE)
    found = _open().filter(user_id=user_id).order_by("-pk").first()
    if found is None:
        raise NotFound
    return found


def _open() -> QuerySet[SetupLink]:
    rows = SetupLink.objects.filter(user__isnull=False, used_at=None, expires_at__gt=clock.now())
    return rows.select_related("user")
