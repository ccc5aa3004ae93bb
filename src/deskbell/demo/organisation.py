"""Makes everybody and everything that stands before the first ticket, by the actions an administrator would use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from deskbell.demo.cast import WEEK, Agent, Cast, Firm
from deskbell.demo.hours import Away
from deskbell.demo.library import people_texts
from deskbell.demo.stage import Stage
from deskbell.kernel.api import DESK_NAME, Viewer, change, clock
from deskbell.people import api as people
from deskbell.tickets import api as tickets

# For a demonstration on the own machine. Long enough for the password rules, easy to type.
PASSWORD = "lamp-bell-tea-42"  # noqa: S105

CUSTOM_FIELDS: tuple[dict[str, Any], ...] = (
    {"code": "device", "label": "Device", "type": "text", "department": "it", "help": "As on the sticker: LK-NB-…"},
    {"code": "remote_session", "label": "Remote session", "type": "boolean", "department": "it"},
    {"code": "invoice_number", "label": "Invoice number", "type": "text", "department": "finance", "in_portal": True},
    {
        "code": "building", "label": "Building", "type": "choice", "department": "facilities", "in_portal": True,
        "choices": ["Tampere", "London", "Gdańsk", "Lviv", "Taipei"],
    },
    {"code": "order_number", "label": "Order number", "type": "text", "department": "care", "in_portal": True},
)  # fmt: skip


def set_up(cast: Cast) -> Viewer:
    """Make the organisation; its administrator as viewer. The clock stands before the first ticket."""
    texts = people_texts()
    root = texts["administrator"]
    token = people.create_setup_link()
    administrator = people.accept_setup_link(
        token,
        people.FirstAdministrator(
            desk_name=texts["own"]["name"],
            name=root["name"],
            email=root["email"],
            password=PASSWORD,
            department=texts["departments"][0]["name"],
            language=root["language"],
            time_zone=root["time_zone"],
        ),
    )
    viewer = people.viewer_for(administrator)
    people.update_user(viewer, administrator.pk, job_title=root["title"])
    firms = _firms(viewer, cast.firms)
    ids = {
        agent.key: people.create_user(
            viewer, name=agent.name, email=agent.email, job_title=agent.title, language=agent.language,
            time_zone=agent.time_zone,
        ).pk
        for agent in cast.agents
    }  # fmt: skip
    departments = _departments(viewer, cast, ids)
    # The permissions of the departments just made are the administrator's too.
    viewer = people.viewer_for(administrator)
    _roles(viewer, cast, ids, departments)
    for agent in cast.agents:
        _at_home(viewer, ids[agent.key])
    for person in cast.people:
        ids[person.key] = people.create_user(
            viewer, name=person.name, email=person.email, phone=person.phone, job_title=person.title,
            language=person.language, time_zone=person.time_zone, organisation_id=firms[person.firm.name],
            sees_organisation=person.sees_organisation,
        ).pk  # fmt: skip
    ids[root["email"]] = administrator.pk
    _fields(viewer, departments)
    change(viewer, DESK_NAME.name, f"{texts['own']['name']} service desk")
    return viewer


def _firms(viewer: Viewer, firms: Iterable[Firm]) -> dict[str, int]:
    made = {}
    present = {row.name: row.pk for row in people.Organisation.objects.all()}
    for firm in firms:
        pk = present.get(firm.name)
        if pk is None:
            pk = people.create_organisation(
                viewer, name=firm.name, kind=firm.kind, language=firm.language, time_zone=firm.time_zone
            ).pk
        people.add_domain(viewer, pk, firm.domain)
        made[firm.name] = pk
    return made


def _departments(viewer: Viewer, cast: Cast, ids: dict[str, int]) -> dict[str, int]:
    present = {row.name: row.pk for row in people.Department.objects.all()}
    departments = {}
    for position, (code, row) in enumerate(cast.departments.items()):
        pk = present.get(row["name"]) or people.create_department(viewer, name=row["name"]).pk
        people.update_department(
            viewer, pk, description=row["description"], head_id=ids[cast.head(code).key], position=position
        )
        departments[code] = pk
        crew = [ids[agent.key] for agent in cast.agents_of(code)]
        for index, name in enumerate(row["teams"]):
            team = people.create_team(viewer, pk, name)
            members = [member for place, member in enumerate(crew) if len(row["teams"]) == 1 or place % 2 == index % 2]
            people.set_team_members(viewer, team.pk, members or crew, lead_ids=(members or crew)[:1])
    return departments


def _roles(viewer: Viewer, cast: Cast, ids: dict[str, int], departments: dict[str, int]) -> None:
    """Heads hold their role by being head; the others theirs in their own department."""
    roles = {role.code: role.pk for role in people.list_roles(viewer)}
    for agent in cast.agents:
        if not agent.is_head:
            people.assign_role(viewer, ids[agent.key], roles[agent.role], departments[agent.department])


def _at_home(viewer: Viewer, user_id: int) -> None:
    """The agent accepts the invitation and enters their hours."""
    people.accept_invitation(people.invite_user(viewer, user_id), PASSWORD)
    own = people.viewer_for(people.User.objects.get(pk=user_id))
    people.update_preferences(own, working_hours=WEEK)


def _fields(viewer: Viewer, departments: dict[str, int]) -> None:
    for position, field in enumerate(CUSTOM_FIELDS):
        values = dict(field)
        department_id = departments[str(values.pop("department"))]
        tickets.save_custom_field(viewer, None, **values, department_id=department_id, position=position)


def enter_absences(viewer: Viewer, stage: Stage, cast: Cast, away: Iterable[Away], moved: clock.MovedClock) -> None:
    """Each absence is entered some days before it begins, with a colleague as substitute."""
    agents = {agent.key: agent for agent in cast.agents}
    for absence in sorted(away, key=lambda each: each.start):
        moved.move_to(max(moved.moment, absence.start - timedelta(days=9)))
        people.set_absence(
            viewer, stage.people[absence.agent], absence.start, absence.end,
            substitute_id=stage.people[_substitute(cast, agents[absence.agent]).key], note="",
        )  # fmt: skip


def _substitute(cast: Cast, agent: Agent) -> Agent:
    crew = cast.agents_of(agent.department)
    return crew[(crew.index(agent) + 1) % len(crew)]


def invite_customer(viewer: Viewer, stage: Stage, key: str) -> None:
    """Give a person outside a password, so that somebody can try the portal."""
    people.accept_invitation(people.invite_user(viewer, stage.people[key]), PASSWORD)


def before_everything(until: datetime, days: int) -> datetime:
    """When the desk was set up: some days before its first ticket."""
    return until - timedelta(days=days + 6)
