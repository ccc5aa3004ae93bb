"""What happens to people, organisations, departments, teams and roles, as kinds of event."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import EventData, NoData, event_kind


class ContactPointData(EventData):
    kind: str
    value: str


class MergeData(EventData):
    """Of the target: who went into it. Of the source: into whom it went."""

    other_id: int
    other_name: str = ""


class AbsenceData(EventData):
    absence_id: int
    starts_at: str
    ends_at: str
    substitute_id: int | None = None


class DomainData(EventData):
    domain: str


class MembersData(EventData):
    added: list[int] = []
    removed: list[int] = []


class NameData(EventData):
    name: str = ""


class RoleData(EventData):
    user_id: int
    department_id: int | None = None
    role: str = ""


class TokenData(EventData):
    """An API token; its secret is nowhere. last_four: of the secret, to tell tokens apart."""

    token_id: int
    name: str
    last_four: str
    scopes: list[str] = []
    expires_at: str | None = None


USER_CREATED = event_kind("user.created", _("Person added"), NoData)
USER_CHANGED = event_kind("user.changed", _("Person changed"), NoData)
USER_DEACTIVATED = event_kind("user.deactivated", _("Person deactivated"), NoData)
USER_REACTIVATED = event_kind("user.reactivated", _("Person active again"), NoData)
USER_BLOCKED = event_kind("user.blocked", _("Sender blocked or unblocked"), NoData)
USER_CONTACT_ADDED = event_kind("user.contact_point_added", _("Contact added"), ContactPointData)
USER_CONTACT_REMOVED = event_kind("user.contact_point_removed", _("Contact removed"), ContactPointData)
USER_CONTACT_PRIMARY = event_kind("user.contact_point_made_primary", _("Main contact changed"), ContactPointData)
USER_CONTACT_VERIFIED = event_kind("user.contact_point_verified", _("Contact confirmed"), ContactPointData)
USER_MERGED = event_kind("user.merged", _("People merged"), MergeData)
USER_MERGED_AWAY = event_kind("user.merged_away", _("Merged into another person"), MergeData)
USER_ABSENCE_SET = event_kind("user.absence_set", _("Absence set"), AbsenceData)
USER_ABSENCE_REMOVED = event_kind("user.absence_removed", _("Absence removed"), AbsenceData)
USER_INVITED = event_kind("user.invited", _("Invitation made"), NoData)
USER_INVITATION_WITHDRAWN = event_kind("user.invitation_withdrawn", _("Invitation withdrawn"), NoData)
USER_JOINED = event_kind("user.joined", _("Invitation accepted"), NoData)
USER_SECURITY_CHANGED = event_kind("user.security_changed", _("Sign-in changed"), NameData)
USER_SIGNED_IN = event_kind("user.signed_in", _("Signed in"), NameData)
USER_TOKEN_CREATED = event_kind("user.token_created", _("API token made"), TokenData)
USER_TOKEN_REVOKED = event_kind("user.token_revoked", _("API token revoked"), TokenData)

ORGANISATION_CREATED = event_kind("organisation.created", _("Organisation added"), NoData)
ORGANISATION_CHANGED = event_kind("organisation.changed", _("Organisation changed"), NoData)
ORGANISATION_DOMAIN_ADDED = event_kind("organisation.domain_added", _("Mail domain added"), DomainData)
ORGANISATION_DOMAIN_REMOVED = event_kind("organisation.domain_removed", _("Mail domain removed"), DomainData)

DEPARTMENT_CREATED = event_kind("department.created", _("Department added"), NoData)
DEPARTMENT_CHANGED = event_kind("department.changed", _("Department changed"), NoData)
DEPARTMENT_MOVED = event_kind("department.moved", _("Department moved"), NoData)
DEPARTMENT_DEACTIVATED = event_kind("department.deactivated", _("Department deactivated"), NoData)
DEPARTMENT_REACTIVATED = event_kind("department.reactivated", _("Department active again"), NoData)

TEAM_CREATED = event_kind("team.created", _("Team added"), NoData)
TEAM_CHANGED = event_kind("team.changed", _("Team changed"), NoData)
TEAM_MEMBERS_CHANGED = event_kind("team.members_changed", _("Members of a team changed"), MembersData)

ROLE_CREATED = event_kind("role.created", _("Role added"), NoData)
ROLE_CHANGED = event_kind("role.changed", _("Role changed"), NoData)
ROLE_DELETED = event_kind("role.deleted", _("Role removed"), NameData)
ROLE_ASSIGNED = event_kind("role.assigned", _("Role given"), RoleData)
ROLE_UNASSIGNED = event_kind("role.unassigned", _("Role taken away"), RoleData)
