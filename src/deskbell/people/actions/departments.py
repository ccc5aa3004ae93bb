"""Departments as a tree: each keeps the ids on its way from the root as its path."""

from __future__ import annotations

from typing import TypedDict

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, one_line, record, storable
from deskbell.people import events
from deskbell.people.access import MANAGE_DEPARTMENTS
from deskbell.people.actions.roles import grant, revoke
from deskbell.people.authority import HEAD, require_holds_all
from deskbell.people.models import Department, Role, RoleAssignment, User


class DepartmentValues(TypedDict, total=False):
    """What may be changed of a department beside its place in the tree."""

    name: str
    description: str
    head_id: int | None
    takes_portal_tickets: bool
    position: int


@transaction.atomic
def create_department(
    viewer: Viewer, *, parent_id: int | None = None, **values: Unpack[DepartmentValues]
) -> Department:
    """Add a department below `parent_id`, or at the top. Raises NotFound, NotAllowed, Invalid."""
    viewer.require(MANAGE_DEPARTMENTS, parent_id)
    parent = _lock_tree(parent_id) if parent_id is not None else None
    department = Department(parent=parent)
    changes = apply(department, **_clean({"name": "", **values}, None, parent_id))
    department.save()
    department.path = f"{parent.path if parent else '/'}{department.pk}/"
    department.save(update_fields=["path"])
    record(viewer, events.DEPARTMENT_CREATED, department.pk, changes={**changes, "parent_id": (None, parent_id)})
    if department.head_id is not None:
        _set_head_role(viewer, department, None, _authority_department(department))
    return department


@transaction.atomic
def update_department(viewer: Viewer, department_id: int, **values: Unpack[DepartmentValues]) -> Department:
    """Change what is given. A new head gets the head's role here, the former one loses it.

    Raises NotFound, NotAllowed, Invalid naming the field.
    """
    department = _lock_tree(department_id)
    viewer.require(MANAGE_DEPARTMENTS, department_id)
    head_before = department.head_id
    changes = apply(department, **_clean(values, department_id, department.parent_id))
    if not changes:
        return department
    department.save(update_fields=[name.removesuffix("_id") for name in changes])
    record(viewer, events.DEPARTMENT_CHANGED, department_id, changes=changes)
    if "head_id" in changes:
        _set_head_role(viewer, department, head_before, department_id)
    return department


@transaction.atomic
def move_department(viewer: Viewer, department_id: int, parent_id: int | None) -> Department:
    """Hang a department, with all below it, under another one or at the top.

    Whoever moves it must manage it, and where it goes: roles on the new parent reach it from now on. Raises
    NotFound, NotAllowed, or Invalid for a place below itself.
    """
    department = _lock_tree(department_id)
    viewer.require(MANAGE_DEPARTMENTS, department_id)
    viewer.require(MANAGE_DEPARTMENTS, parent_id)
    if department.parent_id == parent_id:
        return department
    parent = _lock_tree(parent_id) if parent_id is not None else None
    if parent is not None and parent.path.startswith(department.path):
        raise Invalid(fields={"parent": _("A department cannot be part of itself.")})
    _require_free_name(department.name, department_id, parent_id)
    before = department.path
    after = f"{parent.path if parent else '/'}{department.pk}/"
    Department.objects.filter(path__startswith=before).update(
        path=Concat(Value(after), Substr(F("path"), len(before) + 1))
    )
    changes = apply(department, parent_id=parent_id, path=after)
    department.save(update_fields=["parent"])
    record(viewer, events.DEPARTMENT_MOVED, department_id, changes=changes)
    return department


@transaction.atomic
def deactivate_department(viewer: Viewer, department_id: int) -> Department:
    """No new tickets come here; those it has stay. Raises NotFound, NotAllowed, Invalid while it has active parts."""
    department = _lock_tree(department_id)
    viewer.require(MANAGE_DEPARTMENTS, department_id)
    if department.children.filter(is_active=True).exists():
        raise Invalid(_("Deactivate the departments below it first."))
    if department.is_active:
        department.is_active = False
        department.save(update_fields=["is_active"])
        record(viewer, events.DEPARTMENT_DEACTIVATED, department_id, changes={"is_active": (True, False)})
    return department


@transaction.atomic
def reactivate_department(viewer: Viewer, department_id: int) -> Department:
    """Raises NotFound, NotAllowed, or Invalid while the department above is not active."""
    department = _lock_tree(department_id)
    viewer.require(MANAGE_DEPARTMENTS, department_id)
    if department.parent is not None and not department.parent.is_active:
        raise Invalid(_("Make the department above active first."))
    if not department.is_active:
        department.is_active = True
        department.save(update_fields=["is_active"])
        record(viewer, events.DEPARTMENT_REACTIVATED, department_id, changes={"is_active": (False, True)})
    return department


def _lock_tree(department_id: int) -> Department:
    """The department. All rows are locked in one order: two moves at once could otherwise make a cycle."""
    rows = {row.pk: row for row in Department.objects.select_for_update().order_by("pk")}
    if department_id not in rows:
        raise NotFound
    return rows[department_id]


def _authority_department(department: Department) -> int | None:
    """Where the viewer's own permissions are asked for: a department made just now is in nobody's grants yet."""
    return department.parent_id


def _set_head_role(viewer: Viewer, department: Department, before: int | None, authority: int | None) -> None:
    """The head holds the head's role on the department. Raises NotAllowed when it is not the viewer's to give."""
    role = Role.objects.get(code=HEAD)
    require_holds_all(viewer, role.permissions, authority)
    if before is not None:
        for assignment in RoleAssignment.objects.filter(user_id=before, role=role, department=department):
            revoke(viewer, assignment)
    if department.head_id is not None:
        grant(viewer, department.head_id, role, department.pk)


def _clean(values: DepartmentValues, pk: int | None, parent_id: int | None) -> dict[str, object]:
    cleaned: dict[str, object] = dict(values)
    if "name" in values:
        name = one_line(values["name"], 200)
        cleaned["name"] = name
        if not name:
            raise Invalid(fields={"name": _("Give a name.")})
        _require_free_name(name, pk, parent_id)
    if "description" in values:
        cleaned["description"] = storable(values["description"]).strip()
    head_id = values.get("head_id")
    if head_id is not None and not User.objects.filter(pk=head_id, is_active=True).exists():
        raise Invalid(fields={"head": _("There is no such person, or they are deactivated.")})
    return cleaned


def _require_free_name(name: str, pk: int | None, parent_id: int | None) -> None:
    if Department.objects.filter(name__iexact=name, parent_id=parent_id).exclude(pk=pk or 0).exists():
        raise Invalid(fields={"name": _("There is a department of this name here already.")})
