"""Merging two records of one person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, Registry, Viewer, action, alteration, apply, ask, record, send
from deskbell.people import events, sign_in_addresses
from deskbell.people.actions.sessions import ending_all_sessions
from deskbell.people.actions.tokens import record_revoked, revoking_all
from deskbell.people.authority import lock_identities
from deskbell.people.models import User

# Packages above move their own rows from the first id to the second, in the transaction of the merge.
MergeHook = Callable[[Viewer, int, int], None]
merge_hooks: Registry[MergeHook] = Registry("merge hook")


@action()
def merge_people(viewer: Viewer, source_id: int, target_id: int) -> User:
    """Everything of `source` goes to `target`: contacts, tickets, roles, teams; source is deactivated.

    The source's password, second factors, API tokens and sessions end. Raises NotFound, NotAllowed
    (`authority.may_identify`, of both), Invalid.
    """
    if source_id == target_id:
        raise Invalid(_("Choose two different people."))
    locked = lock_identities(viewer, (source_id, target_id))
    source, target = locked[source_id], locked[target_id]
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise Invalid(_("One of the two was merged before."))
    if not target.is_active:
        raise Invalid(_("%(name)s is deactivated.") % {"name": target.name})
    both = {"source": source_id, "target": target_id}
    contacts, revoked, *_rows = ask(
        [
            _in_order(_CONTACTS, both),
            revoking_all(source_id),
            *(_in_order(statement, both) for statement in _BELONGINGS),
            *ending_all_sessions(source_id),
        ]
    )
    changes = _change(source, target, contacts)
    for hook in merge_hooks:
        hook(viewer, source_id, target_id)
    sign_in_addresses.sync(source_id, target_id)
    record_revoked(viewer, revoked)
    record(
        viewer,
        events.USER_MERGED,
        target_id,
        events.MergeData(other_id=source_id, other_name=source.name),
        changes=changes,
    )
    record(viewer, events.USER_MERGED_AWAY, source_id, events.MergeData(other_id=target_id, other_name=target.name))
    return target


def _change(source: User, target: User, contacts: list[tuple[Any, ...]]) -> dict[str, tuple[object, object]]:
    """Write both people; what changed on the target, for the event. contacts: kind, value and whether it is primary."""
    source.email = None
    source.set_unusable_password()
    source.is_active = False
    source.merged_into = target
    changes = _fill_gaps(source, target)
    for kind, value, is_primary in contacts:
        if kind == "email" and is_primary:
            target.email = value
    # The source first: two people never have one address.
    send(*alteration(source, ["email", "password", "is_active", "merged_into"]))
    send(*alteration(target, ["email", *changes]))
    return changes


# What the target has nothing of yet stays primary.
_CONTACTS = """
UPDATE people_contactpoint AS moved
SET user_id = {target},
    is_primary = moved.is_primary AND NOT EXISTS (
        SELECT 1 FROM people_contactpoint AS own
        WHERE own.user_id = {target} AND own.kind = moved.kind AND own.is_primary
    )
WHERE user_id = {source}
RETURNING kind, value, is_primary
"""
# What both have goes from the source, the rest moves; absences and second factors end.
_BELONGINGS = (
    """
    DELETE FROM people_roleassignment AS gone USING people_roleassignment AS own
    WHERE gone.user_id = {source} AND own.user_id = {target} AND own.role_id = gone.role_id
        AND own.department_id IS NOT DISTINCT FROM gone.department_id
    """,
    "UPDATE people_roleassignment SET user_id = {target} WHERE user_id = {source}",
    """
    DELETE FROM people_teammembership AS gone USING people_teammembership AS own
    WHERE gone.user_id = {source} AND own.user_id = {target} AND own.team_id = gone.team_id
    """,
    "UPDATE people_teammembership SET user_id = {target} WHERE user_id = {source}",
    "UPDATE people_department SET head_id = {target} WHERE head_id = {source}",
    "DELETE FROM people_absence WHERE user_id = {source}",
    """
    UPDATE people_absence SET substitute_id = CASE WHEN user_id = {target} THEN NULL ELSE {target}::bigint END
    WHERE substitute_id = {source}
    """,
    "DELETE FROM mfa_authenticator WHERE user_id = {source}",
)


def _in_order(text: str, both: dict[str, int]) -> tuple[str, tuple[()]]:
    """The statement with the two ids in their places; they are whole numbers of ours, nothing to be quoted."""
    return text.format(**both), ()


def _fill_gaps(source: User, target: User) -> dict[str, tuple[object, object]]:
    values: dict[str, object] = {}
    for name in ("organisation_id", "job_title"):
        if not getattr(target, name) and getattr(source, name):
            values[name] = getattr(source, name)
    if source.notes.strip():
        values["notes"] = f"{target.notes}\n\n{source.notes}".strip()
    return apply(target, **values)
