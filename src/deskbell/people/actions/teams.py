"""Teams inside departments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, one_line, record
from deskbell.people import events
from deskbell.people.access import MANAGE_DEPARTMENTS
from deskbell.people.models import Department, Team, TeamMembership, User


class TeamValues(TypedDict, total=False):
    name: str
    is_active: bool


@transaction.atomic
def create_team(viewer: Viewer, department_id: int, name: str) -> Team:
    """Raises NotFound, NotAllowed, Invalid."""
    viewer.require(MANAGE_DEPARTMENTS, department_id)
    if not Department.objects.filter(pk=department_id).exists():
        raise NotFound
    team = Team.objects.create(department_id=department_id, name=_clean_name(name, department_id, None))
    record(viewer, events.TEAM_CREATED, team.pk, changes={"name": (None, team.name)})
    return team


@transaction.atomic
def update_team(viewer: Viewer, team_id: int, **values: Unpack[TeamValues]) -> Team:
    """Change what is given. Raises NotFound, NotAllowed, Invalid."""
    team = _lock(viewer, team_id)
    cleaned: dict[str, object] = dict(values)
    if "name" in values:
        cleaned["name"] = _clean_name(values["name"], team.department_id, team_id)
    changes = apply(team, **cleaned)
    if changes:
        team.save(update_fields=list(changes))
        record(viewer, events.TEAM_CHANGED, team_id, changes=changes)
    return team


@transaction.atomic
def set_team_members(viewer: Viewer, team_id: int, user_ids: Iterable[int], *, lead_ids: Iterable[int] = ()) -> Team:
    """The team has exactly these members; leads among them. Raises NotFound, NotAllowed, Invalid."""
    team = _lock(viewer, team_id)
    leads = set(lead_ids)
    wanted = set(user_ids) | leads
    present = {membership.user_id: membership for membership in team.memberships.all()}
    added = wanted - present.keys()
    removed = present.keys() - wanted
    if User.objects.filter(pk__in=added, is_active=True).count() != len(added):
        raise Invalid(fields={"members": _("There is no such person, or they are deactivated.")})
    team.memberships.filter(user_id__in=removed).delete()
    TeamMembership.objects.bulk_create(
        TeamMembership(team=team, user_id=user_id, is_lead=user_id in leads) for user_id in sorted(added)
    )
    turned = [row for user_id, row in present.items() if user_id in wanted and row.is_lead != (user_id in leads)]
    for membership in turned:
        membership.is_lead = not membership.is_lead
        membership.save(update_fields=["is_lead"])
    if added or removed or turned:
        record(
            viewer,
            events.TEAM_MEMBERS_CHANGED,
            team_id,
            events.MembersData(added=sorted(added), removed=sorted(removed)),
        )
    return team


def _lock(viewer: Viewer, team_id: int) -> Team:
    team = Team.objects.select_for_update().filter(pk=team_id).first()
    if team is None or not viewer.is_agent:
        raise NotFound
    viewer.require(MANAGE_DEPARTMENTS, team.department_id)
    return team


def _clean_name(name: str, department_id: int, pk: int | None) -> str:
    cleaned = one_line(name, 200)
    if not cleaned:
        raise Invalid(fields={"name": _("Give a name.")})
    if Team.objects.filter(department_id=department_id, name__iexact=cleaned).exclude(pk=pk or 0).exists():
        raise Invalid(fields={"name": _("The department has a team of this name already.")})
    return cleaned
