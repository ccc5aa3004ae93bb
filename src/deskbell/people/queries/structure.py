"""Departments, teams and roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch

from deskbell.kernel.api import NotAllowed, Permission, Viewer, get_visible, permissions, visible
from deskbell.people.access import MANAGE_ROLES
from deskbell.people.models import Department, Role, RoleAssignment, Team, TeamMembership


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department in the order of the tree. depth: 0 at the top."""

    department: Department
    depth: int
    teams: tuple[Team, ...] = ()


def departments_tree(viewer: Viewer, *, active_only: bool = False) -> list[DepartmentRow]:
    """Departments the viewer may know of, each before those below it, by position and name. Two queries."""
    rows = visible(viewer, Department).select_related("head").prefetch_related("teams__members")
    if active_only:
        rows = rows.filter(is_active=True)
    known = {row.pk: row for row in rows}
    keys = {pk: _sort_key(department, known) for pk, department in known.items()}
    return [
        DepartmentRow(
            department,
            len(keys[department.pk]) - 1,
            tuple(sorted(department.teams.all(), key=lambda team: team.name.lower())),
        )
        for department in sorted(known.values(), key=lambda row: keys[row.pk])
    ]


def _sort_key(department: Department, known: dict[int, Department]) -> tuple[tuple[int, str, int], ...]:
    ancestors = [int(part) for part in department.path.strip("/").split("/") if part]
    chain = [known[pk] for pk in ancestors if pk in known]
    return tuple((row.position, row.name.lower(), row.pk) for row in chain)


def department(viewer: Viewer, department_id: int) -> Department:
    """One department with head, parent and teams. Raises NotFound."""
    rows = Department.objects.select_related("head", "parent").prefetch_related("teams__members")
    return get_visible(viewer, Department, department_id, rows)


def team(viewer: Viewer, team_id: int) -> Team:
    """One team with its members. Raises NotFound."""
    rows = Team.objects.select_related("department").prefetch_related(_with_members())
    return get_visible(viewer, Team, team_id, rows)


def _with_members() -> Prefetch[Any, Any, Any]:
    return Prefetch("memberships", TeamMembership.objects.select_related("user"))


def list_teams(viewer: Viewer, *, department_id: int | None = None) -> list[Team]:
    """Teams with department and members, by department and name. Two queries; none for people without a role."""
    if not viewer.is_agent:
        return []
    rows = visible(viewer, Team).select_related("department").prefetch_related(_with_members())
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    return list(rows.order_by("department__path", "name", "pk"))


def list_roles(viewer: Viewer) -> list[Role]:
    """Roles with `people_count`, in their order. Raises NotAllowed."""
    if not viewer.may_somewhere(MANAGE_ROLES):
        raise NotAllowed
    rows = Role.objects.annotate(people_count=Count("assignments__user", distinct=True))
    return list(rows.order_by("position", "name"))


def role(viewer: Viewer, role_id: int) -> Role:
    """Raises NotFound."""
    return get_visible(viewer, Role, role_id)


def role_assignments(viewer: Viewer, *, role_id: int | None = None, user_id: int | None = None) -> list[RoleAssignment]:
    """Who holds which role where, as far as the viewer manages roles there. Raises NotAllowed."""
    if not viewer.may_somewhere(MANAGE_ROLES):
        raise NotAllowed
    rows = RoleAssignment.objects.select_related("role", "user", "department")
    where = viewer.departments_with(MANAGE_ROLES)
    if where is not None:
        rows = rows.filter(department_id__in=where)
    if role_id is not None:
        rows = rows.filter(role_id=role_id)
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    return list(rows.order_by("role__position", "user__name", "pk"))


def permission_groups() -> dict[str, list[Permission]]:
    """Every permission there is, by group, for the form of a role."""
    groups: dict[str, list[Permission]] = {}
    for permission in permissions:
        groups.setdefault(str(permission.group), []).append(permission)
    return groups
