"""All models of people, for Django's app loading."""

from deskbell.people.models.absence import Absence
from deskbell.people.models.api_token import ApiToken
from deskbell.people.models.contact_point import ContactKind, ContactPoint
from deskbell.people.models.department import Department, Team, TeamMembership
from deskbell.people.models.organisation import Organisation, OrganisationDomain, OrganisationKind
from deskbell.people.models.role import Role, RoleAssignment
from deskbell.people.models.setup_link import SetupLink
from deskbell.people.models.user import Density, Theme, User

__all__ = [
    "Absence",
    "ApiToken",
    "ContactKind",
    "ContactPoint",
    "Density",
    "Department",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Role",
    "RoleAssignment",
    "SetupLink",
    "Team",
    "TeamMembership",
    "Theme",
    "User",
]
