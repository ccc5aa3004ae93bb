"""Departments as a tree."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from deskbell.kernel.api import Viewer
from deskbell.kernel.rest import api as rest
from deskbell.people.actions.departments import (
    create_department,
    deactivate_department,
    move_department,
    reactivate_department,
    update_department,
)
from deskbell.people.models import Department
from deskbell.people.queries.structure import department, departments_tree
from deskbell.people.rest.fields import Name
from deskbell.people.rest.shapes import Named

departments = rest.publish(rest.Endpoints("Departments", "Units that answer tickets, as a tree."))

ONE = "/departments/{department_id}"


class DepartmentAnswer(rest.Answer):
    """A unit that answers tickets. People without a role see those they may choose in the portal, by name."""

    id: rest.Id
    name: str
    parent_id: rest.Id | None
    description: str
    head: Annotated[Named | None, Field(description="Only colleagues see this.")]
    takes_portal_tickets: Annotated[bool, Field(description="People may choose it in the portal.")]
    is_active: bool
    position: int
    teams: Annotated[list[Named], Field(description="Active ones. Only colleagues see these.")]


class DepartmentList(rest.Answer):
    items: list[DepartmentAnswer]


class DepartmentChange(rest.Body):
    """What is left out stays as it is. The head holds the head's role here; a former head loses it."""

    name: Name = rest.left_out()
    description: Annotated[str, rest.text(20_000)] = rest.left_out()
    head_id: rest.Id | None = rest.left_out()
    takes_portal_tickets: bool = rest.left_out()
    position: Annotated[int, Field(ge=0, le=32767, description="Among its neighbours.")] = rest.left_out()


class NewDepartment(DepartmentChange):
    name: Name
    parent_id: Annotated[rest.Id | None, Field(description="Null or left out: at the top.")] = rest.left_out()


class NewPlace(rest.Body):
    parent_id: Annotated[rest.Id | None, Field(description="Null: at the top.")]


@departments.get("/departments", scope="people:read", answer=DepartmentList, summary="List departments")
def departments_list(request: rest.ApiRequest, active: Annotated[rest.QueryFlag | None, Query(None)]) -> DepartmentList:
    """The whole tree, each before those below it."""
    rows = departments_tree(request.viewer)
    return DepartmentList(
        items=[
            _answer(request.viewer, row.department)
            for row in rows
            if active is None or row.department.is_active is active
        ]
    )


@departments.post(
    "/departments",
    scope="people:write",
    answer=DepartmentAnswer,
    status=201,
    summary="Add a department",
    statuses=(404,),
)
def departments_create(request: rest.ApiRequest, new: NewDepartment) -> rest.Answered:
    values: dict[str, Any] = new.model_dump(exclude_unset=True)
    row = create_department(request.viewer, **values)
    return rest.Answered(_read(request.viewer, row.pk), headers={"Location": f"/api/v1/departments/{row.pk}"})


@departments.get(ONE, scope="people:read", answer=DepartmentAnswer, summary="Get a department")
def departments_get(request: rest.ApiRequest, department_id: rest.PathId) -> DepartmentAnswer:
    return _read(request.viewer, department_id)


@departments.patch(ONE, scope="people:write", answer=DepartmentAnswer, summary="Change a department")
def departments_update(
    request: rest.ApiRequest, department_id: rest.PathId, change: DepartmentChange
) -> DepartmentAnswer:
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    update_department(request.viewer, department_id, **values)
    return _read(request.viewer, department_id)


@departments.post(f"{ONE}/move", scope="people:write", answer=DepartmentAnswer, summary="Move a department")
def departments_move(request: rest.ApiRequest, department_id: rest.PathId, place: NewPlace) -> DepartmentAnswer:
    """With all below it, under another one or to the top."""
    move_department(request.viewer, department_id, place.parent_id)
    return _read(request.viewer, department_id)


@departments.post(f"{ONE}/deactivate", scope="people:write", answer=DepartmentAnswer, summary="Deactivate a department")
def departments_deactivate(request: rest.ApiRequest, department_id: rest.PathId) -> DepartmentAnswer:
    """No new tickets come here; those it has stay."""
    deactivate_department(request.viewer, department_id)
    return _read(request.viewer, department_id)


@departments.post(f"{ONE}/reactivate", scope="people:write", answer=DepartmentAnswer, summary="Reactivate a department")
def departments_reactivate(request: rest.ApiRequest, department_id: rest.PathId) -> DepartmentAnswer:
    reactivate_department(request.viewer, department_id)
    return _read(request.viewer, department_id)


def _read(viewer: Viewer, department_id: int) -> DepartmentAnswer:
    return _answer(viewer, department(viewer, department_id))


def _answer(viewer: Viewer, row: Department) -> DepartmentAnswer:
    """From a department with head and teams at hand; no query."""
    teams = sorted(row.teams.all(), key=lambda team: (team.name.lower(), team.pk)) if viewer.is_agent else []
    head = row.head if viewer.is_agent else None
    return DepartmentAnswer(
        id=row.pk,
        name=row.name,
        parent_id=row.parent_id if viewer.is_agent else None,
        description=row.description,
        head=Named(id=head.pk, name=head.name) if head else None,
        takes_portal_tickets=row.takes_portal_tickets,
        is_active=row.is_active,
        position=row.position,
        teams=[Named(id=team.pk, name=team.name) for team in teams if team.is_active],
    )
