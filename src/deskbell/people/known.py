"""Departments, teams and colleagues as every page knows them: read once in a process, until one of them changes.

The rows are shared by threads; who may see them is asked of `visible` or of the viewer, as with any other rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models.functions import Upper

from deskbell.kernel.api import Viewer, clock, reference
from deskbell.people.models import Absence, Department, RoleAssignment, Team, User


@dataclass(frozen=True, slots=True)
class Colleague:
    """An active person who holds a role. held: path of the department ("" for everywhere) and permissions there."""

    id: int
    name: str
    email: str
    time_zone: str
    held: tuple[tuple[str, frozenset[str]], ...]

    def may(self, permission: str, path: str) -> bool:
        """Whether they hold it in the department of this path, through a role on it, above it or everywhere."""
        return any(permission in permissions and path.startswith(above) for above, permissions in self.held)


@reference.cached
def known_departments() -> Mapping[int, Department]:
    """All departments by id, by position and name."""
    return {each.pk: each for each in Department.objects.order_by("position", "name", "pk")}


@reference.cached
def departments_in_tree() -> tuple[tuple[Department, int], ...]:
    """All departments, each before those below it, by position and name, with its depth (0 at the top)."""
    known = known_departments()

    def place(department: Department) -> tuple[tuple[int, str, int], ...]:
        line = [known[pk] for pk in map(int, filter(None, department.path.split("/"))) if pk in known]
        return tuple((each.position, each.name.lower(), each.pk) for each in line)

    places = {pk: place(each) for pk, each in known.items()}
    ordered = sorted(known.values(), key=lambda each: places[each.pk])
    return tuple((each, max(0, len(places[each.pk]) - 1)) for each in ordered)


def departments_seen(viewer: Viewer) -> list[Department]:
    """The active departments this viewer may know of, as `DepartmentPolicy` has it."""
    if viewer.user_id is None and not viewer.is_system:
        return []
    active = [each for each in known_departments().values() if each.is_active]
    return active if viewer.is_agent else [each for each in active if each.takes_portal_tickets]


@reference.cached
def known_teams() -> Mapping[int, Team]:
    """All teams by id, by name."""
    return {each.pk: each for each in Team.objects.order_by("name", "pk")}


@reference.cached
def known_colleagues() -> tuple[Colleague, ...]:
    """Everybody who holds a role and is active, by name."""
    held: defaultdict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    rows = RoleAssignment.objects.order_by("pk").values_list("user_id", "department__path", "role__permissions")
    for user_id, path, permissions in rows:
        held[user_id].append((path or "", frozenset(permissions)))
    people = User.objects.filter(pk__in=list(held), is_active=True).order_by(Upper("name"), "pk")
    return tuple(
        Colleague(each.pk, str(each), each.email or "", each.time_zone, tuple(held[each.pk]))
        for each in people.only("name", "email", "time_zone")
    )


@reference.cached
def colleagues_with(permission: str, path: str) -> tuple[Colleague, ...]:
    """Those of `known_colleagues` who hold the permission in the department of this path, by name."""
    return tuple(each for each in known_colleagues() if each.may(permission, path))


@reference.cached
def _absences() -> tuple[Absence, ...]:
    rows = Absence.objects.filter(ends_at__gt=clock.now()).select_related("substitute")
    return tuple(rows.order_by("-ends_at", "pk"))


def away_now() -> dict[int, Absence]:
    """Who is absent at this moment, by the person's id; of several absences the one that lasts longest."""
    now = clock.now()
    found: dict[int, Absence] = {}
    for each in _absences():
        if each.starts_at <= now < each.ends_at:
            found.setdefault(each.user_id, each)
    return found
