"""Teams inside departments."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from deskbell.kernel.rest import api as rest
from deskbell.people.actions.teams import create_team, set_team_members, update_team
from deskbell.people.models import Team
from deskbell.people.queries.structure import list_teams, team
from deskbell.people.rest.fields import Name
from deskbell.people.rest.shapes import Named

teams = rest.publish(rest.Endpoints("Teams", "Groups of colleagues inside a department, to whom tickets are handed."))

MOST_MEMBERS = 1000


class MemberAnswer(rest.Answer):
    person: Named
    is_lead: bool


class TeamAnswer(rest.Answer):
    id: rest.Id
    name: str
    department: Named
    is_active: bool
    members: list[MemberAnswer]


class TeamList(rest.Answer):
    items: list[TeamAnswer]


class NewTeam(rest.Body):
    department_id: rest.Id
    name: Name


class TeamChange(rest.Body):
    """What is left out stays as it is."""

    name: Name = rest.left_out()
    is_active: bool = rest.left_out()


class TeamMembers(rest.Body):
    member_ids: Annotated[list[rest.Id], Field(max_length=MOST_MEMBERS)]
    lead_ids: Annotated[
        list[rest.Id], Field(max_length=MOST_MEMBERS, description="Those who lead the team; members, too.")
    ] = Field(default_factory=list)


@teams.get("/teams", scope="people:read", answer=TeamList, summary="List teams")
def teams_list(request: rest.ApiRequest, department_id: Annotated[rest.QueryId | None, Query(None)]) -> TeamList:
    """All of them with their members, by department and name. For colleagues; others are answered an empty list."""
    return TeamList(items=[_answer(row) for row in list_teams(request.viewer, department_id=department_id)])


@teams.post("/teams", scope="people:write", answer=TeamAnswer, status=201, summary="Add a team", statuses=(404,))
def teams_create(request: rest.ApiRequest, new: NewTeam) -> rest.Answered:
    row = create_team(request.viewer, new.department_id, new.name)
    answer = _answer(team(request.viewer, row.pk))
    return rest.Answered(answer, headers={"Location": f"/api/v1/teams/{row.pk}"})


@teams.get("/teams/{team_id}", scope="people:read", answer=TeamAnswer, summary="Get a team")
def teams_get(request: rest.ApiRequest, team_id: rest.PathId) -> TeamAnswer:
    return _answer(team(request.viewer, team_id))


@teams.patch("/teams/{team_id}", scope="people:write", answer=TeamAnswer, summary="Change a team")
def teams_update(request: rest.ApiRequest, team_id: rest.PathId, change: TeamChange) -> TeamAnswer:
    values: dict[str, Any] = change.model_dump(exclude_unset=True)
    update_team(request.viewer, team_id, **values)
    return _answer(team(request.viewer, team_id))


@teams.put("/teams/{team_id}/members", scope="people:write", answer=TeamAnswer, summary="Set the members of a team")
def teams_set_members(request: rest.ApiRequest, team_id: rest.PathId, members: TeamMembers) -> TeamAnswer:
    """The team has exactly these members afterwards."""
    set_team_members(request.viewer, team_id, members.member_ids, lead_ids=members.lead_ids)
    return _answer(team(request.viewer, team_id))


def _answer(row: Team) -> TeamAnswer:
    """From a team with department and members at hand; no query."""
    members = sorted(row.memberships.all(), key=lambda member: (not member.is_lead, member.user.name.lower()))
    return TeamAnswer(
        id=row.pk,
        name=row.name,
        department=Named(id=row.department.pk, name=row.department.name),
        is_active=row.is_active,
        members=[
            MemberAnswer(person=Named(id=member.user_id, name=member.user.name), is_lead=member.is_lead)
            for member in members
        ],
    )
