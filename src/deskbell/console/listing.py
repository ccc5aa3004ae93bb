"""What rows of the console's lists carry."""

from __future__ import annotations

from dataclasses import dataclass

from deskbell.people import api as people


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    text: str
    organisation: int | None
    department: int | None
    state: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    pk: int
    name: str
    job_title: str
    address: str
    organisation: str
    roles: list[str]
    is_active: bool
    is_blocked: bool
    away_until: object | None


def person_row(user: people.User) -> PersonRow:
    """A row from a person with prefetched contact points and roles; no query."""
    points = sorted(user.contact_points.all(), key=lambda point: (not point.is_primary, point.kind))
    return PersonRow(
        pk=user.pk,
        name=str(user),
        job_title=user.job_title,
        address=user.email or (str(points[0]) if points else ""),
        organisation=user.organisation.name if user.organisation else "",
        roles=[
            f"{held.role} · {held.department.name}" if held.department else str(held.role)
            for held in user.role_assignments.all()
        ],
        is_active=user.is_active,
        is_blocked=user.is_blocked,
        away_until=getattr(user, "away_until", None),
    )


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    pk: int
    name: str
    kind_label: str
    domains: list[str]
    people: int
    is_active: bool
