"""Merging two records of one person."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, Registry, Viewer, apply, record
from deskbell.people import events, sign_in_addresses
from deskbell.people.actions.sessions import end_all_sessions
from deskbell.people.actions.tokens import revoke
from deskbell.people.authority import lock_identity
from deskbell.people.models import Absence, ApiToken, ContactPoint, Department, RoleAssignment, TeamMembership, User

# Packages above move their own rows from the first id to the second, in the transaction of the merge.
MergeHook = Callable[[Viewer, int, int], None]
merge_hooks: Registry[MergeHook] = Registry("merge hook")


@transaction.atomic
def merge_people(viewer: Viewer, source_id: int, target_id: int) -> User:
    """Everything of `source` goes to `target`: contacts, tickets, roles, teams; source is deactivated.

    The source's password, second factors, API tokens and sessions end. Raises NotFound, NotAllowed
    (`authority.may_identify`, of both), Invalid.
    """
    if source_id == target_id:
        raise Invalid(_("Choose two different people."))
    # In the order of ids, so that two merges at once wait for each other instead of deadlocking.
    locked = {user_id: lock_identity(viewer, user_id) for user_id in sorted((source_id, target_id))}
    source, target = locked[source_id], locked[target_id]
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise Invalid(_("One of the two was merged before."))
    if not target.is_active:
        raise Invalid(_("%(name)s is deactivated.") % {"name": target.name})
    _move_contacts(source, target)
    _move_memberships(source_id, target_id)
    changes = _fill_gaps(source, target)
    target.save()
    for hook in merge_hooks:
        hook(viewer, source_id, target_id)
    Authenticator.objects.filter(user=source).delete()
    end_all_sessions(source)
    for token in ApiToken.objects.select_for_update().filter(user=source, revoked_at=None):
        revoke(viewer, token)
    source.set_unusable_password()
    source.is_active = False
    source.merged_into = target
    source.save(update_fields=["email", "password", "is_active", "merged_into"])
    for user_id in (source_id, target_id):
        sign_in_addresses.sync(user_id)
    record(
        viewer,
        events.USER_MERGED,
        target_id,
        events.MergeData(other_id=source_id, other_name=source.name),
        changes=changes,
    )
    record(viewer, events.USER_MERGED_AWAY, source_id, events.MergeData(other_id=target_id, other_name=target.name))
    return target


def _move_contacts(source: User, target: User) -> None:
    points = ContactPoint.objects.filter(user=target, is_primary=True)
    taken = set(points.values_list("kind", flat=True))
    source.email = None
    User.objects.filter(pk=source.pk).update(email=None)
    for point in ContactPoint.objects.filter(user=source).order_by("pk"):
        point.user = target
        point.is_primary = point.is_primary and point.kind not in taken
        point.save(update_fields=["user", "is_primary"])
        if point.is_primary and point.kind == "email":
            target.email = point.value


def _move_memberships(source_id: int, target_id: int) -> None:
    held = set(RoleAssignment.objects.filter(user_id=target_id).values_list("role_id", "department_id"))
    for assignment in RoleAssignment.objects.filter(user_id=source_id):
        if (assignment.role_id, assignment.department_id) in held:
            assignment.delete()
        else:
            assignment.user_id = target_id
            assignment.save(update_fields=["user"])
    teams = TeamMembership.objects.filter(user_id=target_id).values("team_id")
    TeamMembership.objects.filter(user_id=source_id, team_id__in=list(teams.values_list("team_id", flat=True))).delete()
    TeamMembership.objects.filter(user_id=source_id).update(user_id=target_id)
    Department.objects.filter(head_id=source_id).update(head_id=target_id)
    Absence.objects.filter(user_id=source_id).delete()
    Absence.objects.filter(substitute_id=source_id).exclude(user_id=target_id).update(substitute_id=target_id)
    Absence.objects.filter(substitute_id=source_id).update(substitute_id=None)


def _fill_gaps(source: User, target: User) -> dict[str, tuple[object, object]]:
    values: dict[str, object] = {}
    for name in ("organisation_id", "job_title"):
        if not getattr(target, name) and getattr(source, name):
            values[name] = getattr(source, name)
    if source.notes.strip():
        values["notes"] = f"{target.notes}\n\n{source.notes}".strip()
    return apply(target, **values)
