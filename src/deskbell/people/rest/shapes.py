"""What the endpoints of people answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from deskbell.kernel.api import Viewer
from deskbell.kernel.rest import api as rest
from deskbell.people.access import SEE_PEOPLE
from deskbell.people.models import Absence, ContactPoint, Organisation, Role, RoleAssignment, User

Next = Annotated[str | None, Field(description="The cursor of the page after this one; null at the end.")]


class Named(rest.Answer):
    """Another record: its id, and its name for people."""

    id: rest.Id
    name: str


class ContactPointAnswer(rest.Answer):
    """An address or number that identifies one person."""

    id: rest.Id
    kind: Literal["email", "phone"]
    value: Annotated[str, Field(description="Normalised: lower case and ASCII domain, or E.164.")]
    is_primary: bool
    verified_at: rest.Moment | None


class RoleHeld(rest.Answer):
    """A role a person holds: in a department and all below it, or everywhere."""

    id: Annotated[rest.Id, Field(description="Of this holding, for taking it away.")]
    role: Named
    department: Annotated[Named | None, Field(description="Null: everywhere.")]


class PersonAnswer(rest.Answer):
    """A person: whoever asks and whoever answers are the same kind of record."""

    id: rest.Id
    name: str
    email: Annotated[str | None, Field(description="The main address; null for people known by phone alone.")]
    job_title: str
    organisation: Named | None
    sees_organisation: Annotated[bool, Field(description="Follows all tickets of the organisation in the portal.")]
    language: str
    time_zone: str
    notes: Annotated[str | None, Field(description="Only colleagues see this; null for others.")]
    is_active: bool
    is_blocked: Annotated[bool | None, Field(description="Their mail is parked. Only colleagues see this.")]
    merged_into_id: Annotated[rest.Id | None, Field(description="Whom this person was merged into.")]
    contact_points: list[ContactPointAnswer]
    roles: list[RoleHeld]
    created_at: rest.Moment


class PeoplePage(rest.Answer):
    items: list[PersonAnswer]
    next: Next


class AbsenceAnswer(rest.Answer):
    id: rest.Id
    starts_at: rest.Moment
    ends_at: rest.Moment
    substitute: Annotated[Named | None, Field(description="Who stands in.")]
    note: str


class DomainAnswer(rest.Answer):
    id: rest.Id
    domain: str


class OrganisationAnswer(rest.Answer):
    """An organisation that people belong to."""

    id: rest.Id
    name: str
    kind: Literal["customer", "partner", "own"]
    language: Annotated[str, Field(description="For its new people; empty when unknown.")]
    time_zone: Annotated[str, Field(description="For its new people; empty when unknown.")]
    shares_tickets: Annotated[bool, Field(description="Its people see each other's tickets in the portal.")]
    notes: Annotated[str | None, Field(description="Only colleagues see this; null for others.")]
    is_active: bool
    domains: list[DomainAnswer]
    created_at: rest.Moment


class OrganisationsPage(rest.Answer):
    items: list[OrganisationAnswer]
    next: Next


class RoleAnswer(rest.Answer):
    """A named set of permissions."""

    id: rest.Id
    code: Annotated[str, Field(description="Stable name of a role that came with Deskbell; empty for others.")]
    name: str
    description: str
    permissions: list[str]
    position: int


def named(row: User | Organisation | Role | None) -> Named | None:
    return Named(id=row.pk, name=str(row)) if row is not None else None


def person_answer(viewer: Viewer, user: User) -> PersonAnswer:
    """From a person with organisation, contact points and roles at hand; no query."""
    is_colleague = viewer.may_somewhere(SEE_PEOPLE)
    points = sorted(user.contact_points.all(), key=lambda point: (point.kind, not point.is_primary, point.pk))
    return PersonAnswer(
        id=user.pk,
        name=user.name,
        email=user.email,
        job_title=user.job_title,
        organisation=named(user.organisation),
        sees_organisation=user.sees_organisation,
        language=user.language,
        time_zone=user.time_zone,
        notes=user.notes if is_colleague else None,
        is_active=user.is_active,
        is_blocked=user.is_blocked if is_colleague else None,
        merged_into_id=user.merged_into_id,
        contact_points=[contact_point_answer(point) for point in points],
        roles=[role_held(held) for held in sorted(user.role_assignments.all(), key=lambda held: held.pk)],
        created_at=user.created_at,
    )


def contact_point_answer(point: ContactPoint) -> ContactPointAnswer:
    return ContactPointAnswer(
        id=point.pk,
        kind="email" if point.kind == "email" else "phone",
        value=point.value,
        is_primary=point.is_primary,
        verified_at=point.verified_at,
    )


def role_held(held: RoleAssignment) -> RoleHeld:
    department = held.department
    return RoleHeld(
        id=held.pk,
        role=Named(id=held.role.pk, name=str(held.role)),
        department=Named(id=department.pk, name=department.name) if department else None,
    )


def absence_answer(absence: Absence) -> AbsenceAnswer:
    return AbsenceAnswer(
        id=absence.pk,
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        substitute=named(absence.substitute),
        note=absence.note,
    )


def organisation_answer(viewer: Viewer, organisation: Organisation) -> OrganisationAnswer:
    """From an organisation with its domains at hand; no query."""
    return OrganisationAnswer(
        id=organisation.pk,
        name=organisation.name,
        kind=organisation.kind,  # type: ignore[arg-type]  # the model's choices
        language=organisation.language,
        time_zone=organisation.time_zone,
        shares_tickets=organisation.shares_tickets,
        notes=organisation.notes if viewer.may_somewhere(SEE_PEOPLE) else None,
        is_active=organisation.is_active,
        domains=[DomainAnswer(id=row.pk, domain=row.domain) for row in organisation.domains.all()],
        created_at=organisation.created_at,
    )


def role_answer(role: Role) -> RoleAnswer:
    return RoleAnswer(
        id=role.pk,
        code=role.code,
        name=str(role),
        description=role.description,
        permissions=role.permissions,
        position=role.position,
    )
