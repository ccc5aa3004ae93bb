"""People and organisations, as lists, one by one, and as suggestions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Upper

from deskbell.kernel.api import NotAllowed, Viewer, clock, get_visible, visible
from deskbell.people.access import SEE_PEOPLE
from deskbell.people.keyset import Page, decode, encode
from deskbell.people.models import (
    Absence,
    Organisation,
    RoleAssignment,
    TeamMembership,
    User,
)
from deskbell.people.queries.matching import clean, matching

PAGE = 50


def list_people(
    viewer: Viewer,
    text: str = "",
    *,
    kind: str = "all",
    organisation_id: int | None = None,
    department_ids: Collection[int] | None = None,
    active: bool | None = True,
    blocked: bool | None = None,
    after: str | None = None,
    size: int = PAGE,
) -> Page[User]:
    """People by name, a page at a time. kind: "agents" (hold a role), "contacts" (hold none) or "all".

    active, blocked: None for both. department_ids: people who hold a role in one of these.
    Rows carry organisation, contact points, and for agents their roles. Raises NotAllowed.
    """
    _require(viewer)
    people = matching(visible(viewer, User), clean(text).split())
    if kind != "all":
        holds = Exists(RoleAssignment.objects.filter(user_id=OuterRef("pk")))
        people = people.filter(holds if kind == "agents" else ~holds)
    if organisation_id is not None:
        people = people.filter(organisation_id=organisation_id)
    if department_ids is not None:
        held = RoleAssignment.objects.filter(user_id=OuterRef("pk"), department_id__in=department_ids)
        people = people.filter(Exists(held))
    if active is not None:
        people = people.filter(is_active=active)
    if blocked is not None:
        people = people.filter(is_blocked=blocked)
    people = people.annotate(sort_name=Upper("name")).order_by("sort_name", "pk")
    key = decode(after, str, int)
    if key is not None:
        people = people.filter(Q(sort_name__gt=key[0]) | Q(sort_name=key[0], pk__gt=key[1]))
    related = people.select_related("organisation").prefetch_related("contact_points", _with_roles())
    rows = list(related[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode(rows[-1].sort_name, rows[-1].pk) if more else None)


def person(viewer: Viewer, user_id: int, *, teams: bool = True) -> User:
    """One person with organisation, contact points, roles, and teams if asked for. Raises NotFound."""
    people = User.objects.select_related("organisation", "merged_into").prefetch_related(
        "contact_points", _with_roles(), *((_with_teams(),) if teams else ())
    )
    return get_visible(viewer, User, user_id, people)


def absences(viewer: Viewer, user_id: int) -> list[Absence]:
    """Absences of a person that are not over. Raises NotFound."""
    get_visible(viewer, User, user_id)
    coming = Absence.objects.filter(user_id=user_id, ends_at__gt=clock.now())
    return list(coming.select_related("substitute").order_by("starts_at"))


def list_organisations(
    viewer: Viewer, text: str = "", *, kind: str = "", after: str | None = None, size: int = PAGE
) -> Page[Organisation]:
    """Organisations by name with `people_count` and domains, a page at a time. Raises NotAllowed."""
    _require(viewer)
    organisations = visible(viewer, Organisation).annotate(sort_name=Upper("name"))
    words = clean(text)
    if words:
        organisations = organisations.filter(
            Q(name__icontains=words)
            | Q(pk__in=Organisation.objects.filter(domains__domain__icontains=words).values("pk"))
        )
    if kind:
        organisations = organisations.filter(kind=kind)
    key = decode(after, str, int)
    if key is not None:
        organisations = organisations.filter(Q(sort_name__gt=key[0]) | Q(sort_name=key[0], pk__gt=key[1]))
    counted = organisations.annotate(people_count=Count("people", filter=Q(people__is_active=True)))
    rows = list(counted.prefetch_related("domains").order_by("sort_name", "pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, encode(rows[-1].sort_name, rows[-1].pk) if more else None)


def organisation(viewer: Viewer, organisation_id: int) -> Organisation:
    """One organisation with its domains. Raises NotFound."""
    return get_visible(viewer, Organisation, organisation_id, Organisation.objects.prefetch_related("domains").all())


def _with_roles() -> Prefetch[Any, Any, Any]:
    return Prefetch("role_assignments", RoleAssignment.objects.select_related("role", "department"))


def _with_teams() -> Prefetch[Any, Any, Any]:
    return Prefetch("team_memberships", TeamMembership.objects.select_related("team"))


def _require(viewer: Viewer) -> None:
    if not viewer.may_somewhere(SEE_PEOPLE):
        raise NotAllowed
