"""Roles: what they allow, and who holds them where."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from deskbell.kernel.api import NotAllowed, NotFound, get_visible, permissions
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.roles import (
    assign_role,
    create_role,
    delete_role,
    remove_role_assignment,
    update_role,
)
from deskbell.people.models import RoleAssignment, User
from deskbell.people.queries.structure import list_roles, role
from deskbell.people.rest.shapes import RoleAnswer, RoleHeld, role_answer, role_held

roles = rest.publish(rest.Endpoints("Roles", "Named sets of permissions, and who holds them where."))

MOST_PERMISSIONS = 200
PermissionName = Annotated[str, Field(max_length=60, pattern=r"^[a-z_]+\.[a-z_]+$", examples=["ticket.reply"])]
RoleName = Annotated[str, rest.text(100, shortest=1), Field(examples=["Night shift"])]


class RoleChange(rest.Body):
    """What is left out stays as it is."""

    name: RoleName = rest.left_out()
    description: Annotated[str, rest.text(300)] = rest.left_out()
    permissions: Annotated[list[PermissionName], Field(max_length=MOST_PERMISSIONS)] = rest.left_out()
    position: Annotated[int, Field(ge=0, le=32767)] = rest.left_out()


class NewRole(rest.Body):
    name: RoleName
    description: Annotated[str, rest.text(300)] = rest.left_out()
    permissions: Annotated[list[PermissionName], Field(max_length=MOST_PERMISSIONS)] = rest.left_out()
    position: Annotated[int, Field(ge=0, le=32767)] = rest.left_out()


class RoleGiven(rest.Body):
    role_id: rest.Id
    department_id: Annotated[rest.Id | None, Field(description="Null or left out: everywhere.")] = rest.left_out()


class RoleList(rest.Answer):
    items: list[RoleAnswer]


class PermissionAnswer(rest.Answer):
    name: str
    label: Annotated[str, Field(description="In the language of the person.")]
    group: str


class PermissionList(rest.Answer):
    items: list[PermissionAnswer]


@roles.get("/permissions", scope="settings:read", answer=PermissionList, summary="List permissions")
def permissions_list(request: rest.ApiRequest) -> PermissionList:
    """Everything a role may allow. For colleagues."""
    if not request.viewer.is_agent:
        raise NotAllowed
    return PermissionList(
        items=[PermissionAnswer(name=each.name, label=str(each.label), group=str(each.group)) for each in permissions]
    )


@roles.get("/roles", scope="settings:read", answer=RoleList, summary="List roles")
def roles_list(request: rest.ApiRequest) -> RoleList:
    """All of them, in their order. Needs `roles.manage` somewhere."""
    return RoleList(items=[role_answer(row) for row in list_roles(request.viewer)])


@roles.post("/roles", scope="settings:write", answer=RoleAnswer, status=201, summary="Add a role")
def roles_create(request: rest.ApiRequest, new: NewRole) -> rest.Answered:
    """Only with permissions that the person holds themselves on the whole desk."""
    values: dict[str, Any] = new.model_dump(exclude_unset=True)
    row = create_role(request.viewer, **values)
    return rest.Answered(role_answer(row), headers={"Location": f"/api/v1/roles/{row.pk}"})


@roles.get("/roles/{role_id}", scope="settings:read", answer=RoleAnswer, summary="Get a role")
def roles_get(request: rest.ApiRequest, role_id: rest.PathId) -> RoleAnswer:
    return role_answer(role(request.viewer, role_id))


@roles.patch("/roles/{role_id}", scope="settings:write", answer=RoleAnswer, summary="Change a role")
def roles_update(request: rest.ApiRequest, role_id: rest.PathId, change: RoleChange) -> RoleAnswer:
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    return role_answer(update_role(request.viewer, role_id, **values))


@roles.delete("/roles/{role_id}", scope="settings:write", summary="Remove a role")
def roles_delete(request: rest.ApiRequest, role_id: rest.PathId) -> None:
    """One that nobody holds and that did not come with Deskbell."""
    delete_role(request.viewer, role_id)


@roles.post(
    "/people/{person_id}/roles", scope="settings:write", answer=RoleHeld, status=201, summary="Give a person a role"
)
def roles_give(request: rest.ApiRequest, person_id: rest.PathId, given: RoleGiven) -> RoleHeld:
    """In a department and all below it, or everywhere. Nobody gives what they may not do themselves."""
    get_visible(request.viewer, User, person_id)
    return role_held(assign_role(request.viewer, person_id, given.role_id, given.department_id))


@roles.delete("/people/{person_id}/roles/{role_held_id}", scope="settings:write", summary="Take a role from a person")
def roles_take(request: rest.ApiRequest, person_id: rest.PathId, role_held_id: rest.PathId) -> None:
    get_visible(request.viewer, User, person_id)
    if not RoleAssignment.objects.filter(pk=role_held_id, user_id=person_id).exists():
        raise NotFound
    remove_role_assignment(request.viewer, role_held_id)
