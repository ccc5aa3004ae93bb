"""Believable people, departments and tickets for tests; tickets are made by the real actions."""

from __future__ import annotations

import itertools
from typing import Any

from deskbell.kernel.api import SYSTEM, StoredFile, Viewer, store
from deskbell.people.api import (
    ContactKind,
    ContactPoint,
    Department,
    Organisation,
    Role,
    RoleAssignment,
    User,
    viewer_for,
)
from deskbell.tickets.api import Message, MessageContent, NewTicket, State, Ticket, create_ticket

_numbers = itertools.count(1)


def department(name: str = "", parent: Department | None = None, **values: Any) -> Department:
    row = Department.objects.create(name=name or f"Department {next(_numbers)}", parent=parent, **values)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    row.save(update_fields=["path"])
    return row


def organisation(name: str = "", **values: Any) -> Organisation:
    return Organisation.objects.create(name=name or f"Organisation {next(_numbers)}", **values)


def person(name: str = "", email: str = "", **values: Any) -> User:
    number = next(_numbers)
    email = email or f"person{number}@example.org"
    row = User.objects.create(name=name or f"Person {number}", email=email, **values)
    ContactPoint.objects.create(user=row, kind=ContactKind.EMAIL, value=email, is_primary=True)
    return row


def colleague(where: Department | None, role: str = "agent", name: str = "", **values: Any) -> User:
    """A person with a role in a department, or everywhere."""
    row = person(name, **values)
    give_role(row, role, where)
    return row


def give_role(user: User, role: str, where: Department | None) -> None:
    RoleAssignment.objects.create(user=user, role=Role.objects.get(code=role), department=where)


def viewer(user: User) -> Viewer:
    """Built anew: a viewer does not change with the roles."""
    return viewer_for(User.objects.get(pk=user.pk))


def ticket(where: Department, requester: User | None = None, **values: Any) -> Ticket:
    """A ticket that came in. Text of its message: `text`."""
    content = values.pop("content", None) or MessageContent(
        text=values.pop("text", "It does not work."), channel="email"
    )
    new = NewTicket(
        subject=values.pop("subject", "Printer does not print"),
        content=content,
        department_id=where.pk,
        requester_id=(requester or person()).pk,
        **values,
    )
    return Ticket.objects.get(pk=create_ticket(SYSTEM, new).pk)


def reload(row: Ticket) -> Ticket:
    return Ticket.objects.get(pk=row.pk)


def first_message(row: Ticket) -> Message:
    return Message.objects.filter(ticket=row).earliest("pk")


def state(code: str) -> State:
    return State.objects.get(code=code)


def stored(content: bytes) -> StoredFile:
    return store(content)


def pk_of(user: User | None) -> int:
    assert user is not None
    return user.pk
