"""Roles, and who holds them where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, one_line, permissions, record, storable
from deskbell.people import events
from deskbell.people.access import MANAGE_ROLES
from deskbell.people.authority import ADMINISTRATOR, require_administrator_left, require_holds_all
from deskbell.people.models import Department, Role, RoleAssignment, User


class RoleValues(TypedDict, total=False):
    """What may be changed of a role. permissions: names in the kernel's registry."""

    name: str
    description: str
    permissions: Iterable[str]
    position: int


@transaction.atomic
def create_role(viewer: Viewer, **values: Unpack[RoleValues]) -> Role:
    """A role of one's own. Raises NotAllowed for a permission the viewer does not hold, Invalid."""
    viewer.require(MANAGE_ROLES)
    cleaned = _clean({"name": "", **values}, None)
    role = Role()
    changes = apply(role, **cleaned)
    require_holds_all(viewer, role.permissions, None)
    role.save()
    record(viewer, events.ROLE_CREATED, role.pk, changes=changes)
    return role


@transaction.atomic
def update_role(viewer: Viewer, role_id: int, **values: Unpack[RoleValues]) -> Role:
    """Change what is given. Raises NotFound; NotAllowed for a permission, given or taken, that the viewer does
    not hold; Invalid for the administrator's own permissions.
    """
    role = _lock(viewer, role_id)
    before = set(role.permissions)
    changes = apply(role, **_clean(values, role_id))
    changed = before ^ set(role.permissions)
    if changed and role.code == ADMINISTRATOR:
        raise Invalid(fields={"permissions": _("The administrator's permissions cannot be changed.")})
    require_holds_all(viewer, changed, None)
    if changes:
        role.save(update_fields=list(changes))
        record(viewer, events.ROLE_CHANGED, role.pk, changes=changes)
    return role


@transaction.atomic
def delete_role(viewer: Viewer, role_id: int) -> None:
    """Raises NotFound, NotAllowed, or Invalid for a role that came with Deskbell or that somebody holds."""
    role = _lock(viewer, role_id)
    if role.code:
        raise Invalid(_("This role came with Deskbell and stays. Take it from everybody instead."))
    if role.assignments.exists():
        raise Invalid(_("Somebody holds this role. Take it from everybody first."))
    role.delete()
    record(viewer, events.ROLE_DELETED, role_id, events.NameData(name=role.name))


@transaction.atomic
def assign_role(viewer: Viewer, user_id: int, role_id: int, department_id: int | None = None) -> RoleAssignment:
    """Give a role in a department and all below it; without a department, everywhere. Idempotent.

    Raises NotAllowed unless the viewer manages roles there and holds every permission of the role; Invalid.
    """
    viewer.require(MANAGE_ROLES, department_id)
    role = Role.objects.filter(pk=role_id).first()
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if role is None or user is None:
        raise NotFound
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        raise NotFound
    if not user.is_active:
        raise Invalid(_("%(name)s is deactivated.") % {"name": user.name})
    require_holds_all(viewer, role.permissions, department_id)
    return grant(viewer, user_id, role, department_id)


def grant(viewer: Viewer, user_id: int, role: Role, department_id: int | None) -> RoleAssignment:
    """`assign_role`, authorised by the caller."""
    assignment, created = RoleAssignment.objects.get_or_create(
        user_id=user_id,
        role=role,
        department_id=department_id,  # type: ignore[misc]  # None means everywhere
    )
    if created:
        record(viewer, events.ROLE_ASSIGNED, role.pk, _data(assignment))
    return assignment


@transaction.atomic
def remove_role_assignment(viewer: Viewer, assignment_id: int) -> None:
    """Take a role away. Raises NotFound, NotAllowed as `assign_role`, or Invalid for the last administrator."""
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).select_related("role").filter(pk=assignment_id)
    row = assignment.first()
    if row is None:
        raise NotFound
    viewer.require(MANAGE_ROLES, row.department_id)
    require_holds_all(viewer, row.role.permissions, row.department_id)
    if row.role.code == ADMINISTRATOR and row.department_id is None:
        require_administrator_left(without_assignment=row.pk)
    revoke(viewer, row)


def revoke(viewer: Viewer, assignment: RoleAssignment) -> None:
    """`remove_role_assignment`, authorised by the caller."""
    data = _data(assignment)
    assignment.delete()
    record(viewer, events.ROLE_UNASSIGNED, assignment.role_id, data)


def _data(assignment: RoleAssignment) -> events.RoleData:
    return events.RoleData(
        user_id=assignment.user_id, department_id=assignment.department_id, role=assignment.role.name
    )


def _lock(viewer: Viewer, role_id: int) -> Role:
    viewer.require(MANAGE_ROLES)
    role = Role.objects.select_for_update().filter(pk=role_id).first()
    if role is None:
        raise NotFound
    return role


def _clean(values: RoleValues, pk: int | None) -> dict[str, object]:
    problems: dict[str, str] = {}
    cleaned: dict[str, object] = dict(values)
    if "name" in values:
        name = one_line(values["name"], 100)
        cleaned["name"] = name
        if not name:
            problems["name"] = _("Give a name.")
        elif Role.objects.filter(name__iexact=name).exclude(pk=pk or 0).exists():
            problems["name"] = _("There is a role of this name already.")
    if "description" in values:
        cleaned["description"] = storable(values["description"]).strip()[:300]
    if "permissions" in values:
        wanted = set(values["permissions"])
        unknown = sorted(name for name in wanted if name not in permissions)
        cleaned["permissions"] = sorted(wanted)
        if unknown:
            problems["permissions"] = _("There is no permission “%(name)s”.") % {"name": unknown[0]}
    if problems:
        raise Invalid(fields=problems)
    return cleaned
