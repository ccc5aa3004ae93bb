"""Endpoints of people: the same actions, queries and access as the pages."""

from deskbell.people.rest import (
    absences,
    contact_points,
    departments,
    invitations,
    me,
    organisations,
    people,
    roles,
    settings,
    teams,
)

__all__ = [
    "absences",
    "contact_points",
    "departments",
    "invitations",
    "me",
    "organisations",
    "people",
    "roles",
    "settings",
    "teams",
]
