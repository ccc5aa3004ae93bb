"""People for tests, made by the actions."""

from __future__ import annotations

import itertools

from deskbell.kernel.api import SYSTEM, Viewer
from deskbell.people import api as people

PASSWORD = "four brass bells ring"
_numbers = itertools.count(1)


def person(
    name: str = "Anna Kern", *, email: str | None = None, password: str = "", verified: bool = True, **values
) -> people.User:
    """A person with a confirmed mail address."""
    address = email if email is not None else f"person{next(_numbers)}@example.org"
    user = people.create_user(SYSTEM, name=name, email=address, **values)
    if verified and user.email:
        people.confirm_email(SYSTEM, user.pk, user.email)
    if password:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def department(name: str = "", *, parent: people.Department | None = None, **values) -> people.Department:
    return people.create_department(
        SYSTEM, name=name or f"Department {next(_numbers)}", parent_id=parent.pk if parent else None, **values
    )


def agent(
    role: str = "agent", *, where: people.Department | None = None, name: str = "Tom Arden", **values
) -> people.User:
    """A colleague with one of Deskbell's roles in a department, or everywhere."""
    user = person(name, **values)
    people.assign_role(SYSTEM, user.pk, people.Role.objects.get(code=role).pk, where.pk if where else None)
    return user


def administrator(**values) -> people.User:
    return agent("administrator", name=values.pop("name", "Ada Min"), **values)


def viewer(user: people.User) -> Viewer:
    return people.viewer_for(user)


def organisation(name: str = "", **values) -> people.Organisation:
    return people.create_organisation(SYSTEM, name=name or f"Organisation {next(_numbers)}", **values)
