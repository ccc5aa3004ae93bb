"""The only door of people for other packages."""

from deskbell.people import events
from deskbell.people.access import (
    MANAGE_DEPARTMENTS,
    MANAGE_PEOPLE,
    MANAGE_ROLES,
    SEE_AUDIT,
    SEE_PEOPLE,
    viewer_for,
)
from deskbell.people.actions.absences import (
    remove_absence,
    set_absence,
    substitute_of,
)
from deskbell.people.actions.contact_points import (
    add_contact_point,
    claim_email,
    confirm_email,
    make_primary,
    remove_contact_point,
)
from deskbell.people.actions.departments import (
    create_department,
    deactivate_department,
    move_department,
    reactivate_department,
    update_department,
)
from deskbell.people.actions.merging import (
    merge_hooks,
    merge_people,
)
from deskbell.people.actions.organisations import (
    add_domain,
    create_organisation,
    remove_domain,
    update_organisation,
)
from deskbell.people.actions.preferences import (
    update_preferences,
)
from deskbell.people.actions.roles import (
    assign_role,
    create_role,
    delete_role,
    remove_role_assignment,
    update_role,
)
from deskbell.people.actions.setup import (
    FirstAdministrator,
    accept_invitation,
    accept_setup_link,
    create_setup_link,
    find_setup_link,
    has_administrator,
    invite_user,
    register,
    withdraw_invitation,
)
from deskbell.people.actions.teams import (
    create_team,
    set_team_members,
    update_team,
)
from deskbell.people.actions.tokens import (
    create_token,
    may_make_tokens,
    revoke_token,
)
from deskbell.people.actions.users import (
    contact_found,
    contact_statement,
    contacts_statement,
    create_user,
    deactivate_user,
    find_by_contact,
    find_or_create_by_email,
    organisation_of,
    reactivate_user,
    set_blocked,
    update_user,
)
from deskbell.people.authority import (
    holds_all,
    may_describe,
    may_identify,
    may_manage,
)
from deskbell.people.contact_values import (
    domain_of,
    normalise_domain,
    normalise_email,
    normalise_phone,
)
from deskbell.people.keyset import (
    Page,
)
from deskbell.people.known import (
    Colleague,
    away_now,
    colleagues_with,
    departments_in_tree,
    departments_seen,
    known_colleagues,
    known_departments,
    known_teams,
)
from deskbell.people.mail import mail_person, send_invitation
from deskbell.people.middleware import (
    ViewerRequest,
)
from deskbell.people.models import (
    Absence,
    ApiToken,
    ContactKind,
    ContactPoint,
    Density,
    Department,
    Organisation,
    OrganisationDomain,
    OrganisationKind,
    Role,
    RoleAssignment,
    SetupLink,
    Team,
    TeamMembership,
    Theme,
    User,
)
from deskbell.people.options import (
    LONGEST_TOKEN_LIFE,
    PHONE_REGION,
    PORTAL_SIGN_UP,
    REQUIRE_SECOND_FACTOR,
    TOKENS_FOR_CUSTOMERS,
)
from deskbell.people.public_domains import (
    is_public,
)
from deskbell.people.queries.audit import (
    AuditFilter,
    AuditRow,
    audit_log,
    hidden_subjects,
)
from deskbell.people.queries.identities import Identity, identities, identities_statement
from deskbell.people.queries.invitations import open_invitations
from deskbell.people.queries.people import (
    absences,
    list_organisations,
    list_people,
    organisation,
    person,
)
from deskbell.people.queries.structure import (
    DepartmentRow,
    department,
    departments_tree,
    list_roles,
    permission_groups,
    role,
    role_assignments,
    team,
)
from deskbell.people.queries.suggestions import suggest_organisations, suggest_people
from deskbell.people.queries.tokens import (
    desk_tokens,
    own_tokens,
)
from deskbell.people.session_marks import session_marks
from deskbell.people.time_zones import (
    known_time_zones,
)
from deskbell.people.tokens import (
    TokenProblem,
    TokenRefused,
    TokenViewer,
    viewer_for_token,
)

__all__ = [
    "LONGEST_TOKEN_LIFE",
    "MANAGE_DEPARTMENTS",
    "MANAGE_PEOPLE",
    "MANAGE_ROLES",
    "PHONE_REGION",
    "PORTAL_SIGN_UP",
    "REQUIRE_SECOND_FACTOR",
    "SEE_AUDIT",
    "SEE_PEOPLE",
    "TOKENS_FOR_CUSTOMERS",
    "Absence",
    "ApiToken",
    "AuditFilter",
    "AuditRow",
    "Colleague",
    "ContactKind",
    "ContactPoint",
    "Density",
    "Department",
    "DepartmentRow",
    "FirstAdministrator",
    "Identity",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Page",
    "Role",
    "RoleAssignment",
    "SetupLink",
    "Team",
    "TeamMembership",
    "Theme",
    "TokenProblem",
    "TokenRefused",
    "TokenViewer",
    "User",
    "ViewerRequest",
    "absences",
    "accept_invitation",
    "accept_setup_link",
    "add_contact_point",
    "add_domain",
    "assign_role",
    "audit_log",
    "away_now",
    "claim_email",
    "colleagues_with",
    "confirm_email",
    "contact_found",
    "contact_statement",
    "contacts_statement",
    "create_department",
    "create_organisation",
    "create_role",
    "create_setup_link",
    "create_team",
    "create_token",
    "create_user",
    "deactivate_department",
    "deactivate_user",
    "delete_role",
    "department",
    "departments_in_tree",
    "departments_seen",
    "departments_tree",
    "desk_tokens",
    "domain_of",
    "events",
    "find_by_contact",
    "find_or_create_by_email",
    "find_setup_link",
    "has_administrator",
    "hidden_subjects",
    "holds_all",
    "identities",
    "identities_statement",
    "invite_user",
    "is_public",
    "known_colleagues",
    "known_departments",
    "known_teams",
    "known_time_zones",
    "list_organisations",
    "list_people",
    "list_roles",
    "mail_person",
    "make_primary",
    "may_describe",
    "may_identify",
    "may_make_tokens",
    "may_manage",
    "merge_hooks",
    "merge_people",
    "move_department",
    "normalise_domain",
    "normalise_email",
    "normalise_phone",
    "open_invitations",
    "organisation",
    "organisation_of",
    "own_tokens",
    "permission_groups",
    "person",
    "reactivate_department",
    "reactivate_user",
    "register",
    "remove_absence",
    "remove_contact_point",
    "remove_domain",
    "remove_role_assignment",
    "revoke_token",
    "role",
    "role_assignments",
    "send_invitation",
    "session_marks",
    "set_absence",
    "set_blocked",
    "set_team_members",
    "substitute_of",
    "suggest_organisations",
    "suggest_people",
    "team",
    "update_department",
    "update_organisation",
    "update_preferences",
    "update_role",
    "update_team",
    "update_user",
    "viewer_for",
    "viewer_for_token",
    "withdraw_invitation",
]
