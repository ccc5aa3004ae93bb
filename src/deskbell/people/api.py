"""The only door of people for other packages."""

from deskbell.people.access import (
    MANAGE_DEPARTMENTS,
    MANAGE_PEOPLE,
    MANAGE_ROLES,
    SEE_AUDIT,
    SEE_PEOPLE,
    viewer_for,
)
from deskbell.people.models import (
    Absence,
    ContactKind,
    ContactPoint,
    Density,
    Department,
    Organisation,
    OrganisationDomain,
    OrganisationKind,
    Role,
    RoleAssignment,
    Team,
    TeamMembership,
    Theme,
    User,
)

__all__ = [
    "MANAGE_DEPARTMENTS",
    "MANAGE_PEOPLE",
    "MANAGE_ROLES",
    "SEE_AUDIT",
    "SEE_PEOPLE",
    "Absence",
    "ContactKind",
    "ContactPoint",
    "Density",
    "Department",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Role",
    "RoleAssignment",
    "Team",
    "TeamMembership",
    "Theme",
    "User",
    "viewer_for",
]
