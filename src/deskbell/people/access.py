"""Permissions of people, the viewer of a person, and who sees whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import ANONYMOUS, Permission, Policy, Scope, Viewer, permissions, policies, reference, scopes
from deskbell.people.models import ApiToken, Department, Organisation, Role, RoleAssignment, Team, User

SEE_PEOPLE = "people.see"
MANAGE_PEOPLE = "people.manage"
MANAGE_DEPARTMENTS = "departments.manage"
MANAGE_ROLES = "roles.manage"
SEE_AUDIT = "desk.audit"

for _name, _label in (
    (SEE_PEOPLE, _("See people and organisations")),
    (MANAGE_PEOPLE, _("Add and change people and organisations")),
    (MANAGE_DEPARTMENTS, _("Change departments and teams")),
    (MANAGE_ROLES, _("Change roles and who holds them")),
    (SEE_AUDIT, _("See everything that was done")),
):
    permissions.register(_name, Permission(_name, _label, _("People")))

for _name, _label in (
    ("people:read", _("Read people, organisations, departments, teams and roles")),
    ("people:write", _("Change people, organisations, departments and teams")),
    ("events:read", _("Read the log of what was done")),
    ("settings:read", _("Read settings")),
    ("settings:write", _("Change roles and settings")),
):
    scopes.register(_name, Scope(_name, _label))


def viewer_for(user: object) -> Viewer:
    """The viewer of a signed-in person; ANONYMOUS for anybody else.

    Rights are read anew whenever a role, who holds it, or a department has changed (kernel.reference).
    """
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS
    return _viewer(user.pk, user.name, _followed_organisations(user), user.language, user.time_zone)


@reference.cached
def _viewer(user_id: int, name: str, organisation_ids: frozenset[int], language: str, time_zone: str) -> Viewer:
    """The same object each time, so that what is kept by a viewer is found without comparing two."""
    held = _rights(user_id)
    return Viewer(
        user_id=user_id,
        name=name,
        grants=held.grants,
        everywhere=held.everywhere,
        organisation_ids=organisation_ids,
        language=language,
        time_zone=time_zone,
    )


@dataclass(frozen=True, slots=True)
class _Rights:
    grants: Mapping[int, frozenset[str]]
    everywhere: frozenset[str]


@reference.cached
def _rights(user_id: int) -> _Rights:
    everywhere: set[str] = set()
    grants: defaultdict[int, set[str]] = defaultdict(set)
    local: list[tuple[str, list[str]]] = []
    for assignment in RoleAssignment.objects.filter(user=user_id).select_related("role", "department"):
        if assignment.department is None:
            everywhere.update(assignment.role.permissions)
        else:
            local.append((assignment.department.path, assignment.role.permissions))
    if local:
        for department_id, path in Department.objects.values_list("pk", "path"):
            for held_path, role_permissions in local:
                if path.startswith(held_path):
                    grants[department_id].update(role_permissions)
    shared = {department: frozenset(names) for department, names in grants.items()}
    return _Rights(MappingProxyType(shared), frozenset(everywhere))


def _followed_organisations(user: User) -> frozenset[int]:
    if user.organisation_id is None:
        return frozenset()
    if user.sees_organisation or (user.organisation is not None and user.organisation.shares_tickets):
        return frozenset({user.organisation_id})
    return frozenset()


class UserPolicy(Policy[User]):
    """Colleagues with `people.see` see everybody; anyone sees themselves."""

    model = User

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[User]) -> QuerySet[User]:
        if viewer.may_somewhere(SEE_PEOPLE):
            return queryset
        return queryset.filter(pk=viewer.user_id) if viewer.user_id else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: User) -> bool:
        return viewer.may_somewhere(permission)


class OrganisationPolicy(Policy[Organisation]):
    model = Organisation

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        if viewer.may_somewhere(SEE_PEOPLE):
            return queryset
        return queryset.filter(people=viewer.user_id) if viewer.user_id else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Organisation) -> bool:
        return viewer.may_somewhere(permission)


class DepartmentPolicy(Policy[Department]):
    """Names of departments are known to every colleague (tickets are handed over between them)."""

    model = Department

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Department]) -> QuerySet[Department]:
        if viewer.is_agent:
            return queryset
        return queryset.filter(is_active=True, takes_portal_tickets=True) if viewer.user_id else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Department) -> bool:
        return viewer.may(permission, instance.pk)


class TeamPolicy(Policy[Team]):
    model = Team

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Team]) -> QuerySet[Team]:
        return queryset if viewer.is_agent else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Team) -> bool:
        return viewer.may(permission, instance.department_id)


class RolePolicy(Policy[Role]):
    model = Role

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[Role]) -> QuerySet[Role]:
        return queryset if viewer.may_somewhere(MANAGE_ROLES) else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: Role) -> bool:
        return viewer.may(permission)


class ApiTokenPolicy(Policy[ApiToken]):
    """One's own; those of the whole desk for whoever manages its people or sees its audit."""

    model = ApiToken

    @override
    def visible(self, viewer: Viewer, queryset: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
        if viewer.may(MANAGE_PEOPLE) or viewer.may(SEE_AUDIT):
            return queryset
        return queryset.filter(user_id=viewer.user_id) if viewer.user_id else queryset.none()

    @override
    def may(self, viewer: Viewer, permission: str, instance: ApiToken) -> bool:
        return viewer.may(permission)


_POLICIES = (UserPolicy(), OrganisationPolicy(), DepartmentPolicy(), TeamPolicy(), RolePolicy(), ApiTokenPolicy())
for _policy in _POLICIES:
    policies.register(_policy)
