"""Endpoints of people: the same actions, queries and access as the pages."""

from deskbell.people.rest import absences, contact_points, departments, me, organisations, people, roles, teams

__all__ = ["absences", "contact_points", "departments", "me", "organisations", "people", "roles", "teams"]
