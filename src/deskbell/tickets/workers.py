"""Who may work where: people whose roles carry a permission in a department."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from deskbell.people.api import Department, RoleAssignment, User
from deskbell.tickets import access
from deskbell.tickets.answers import once
from deskbell.tickets.models import Referral, Ticket


def line_of(path: str) -> list[int]:
    """Ids from the root to the department or category of this path: "/1/4/" → [1, 4]."""
    return [int(part) for part in path.split("/") if part]


def people_with(permission: str, department: int | Department) -> QuerySet[User]:
    """Active people who hold the permission in the department, through any role on it, above it or everywhere."""
    if isinstance(department, Department):
        path = department.path
    else:
        path = Department.objects.filter(pk=department).values_list("path", flat=True).first() or ""
    holds = RoleAssignment.objects.filter(
        Q(department=None) | Q(department_id__in=line_of(path)),
        user_id=OuterRef("pk"),
        role__permissions__contains=[permission],
    )
    return User.objects.filter(Exists(holds), is_active=True)


def can_work_in(user_id: int, department_id: int) -> bool:
    return once(
        ("can work in", user_id, department_id),
        lambda: people_with(access.WORK, department_id).filter(pk=user_id).exists(),
    )


def referred_workers(ticket: Ticket) -> frozenset[int]:
    """People who may work on this ticket though they hold no role in its department."""
    return once(referred_to(ticket.pk), lambda: referred_workers_of([ticket.pk])[ticket.pk])


def referred_to(ticket_id: int) -> tuple[str, int]:
    """The name under which `answers` keeps `referred_workers`."""
    return ("referred workers", ticket_id)


def referred_workers_of(ticket_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """`referred_workers` of several tickets, by their ids."""
    found = Referral.objects.filter(
        ticket_id__in=ticket_ids, can_work=True, user__isnull=False, user__is_active=True
    ).values_list("ticket_id", "user_id")
    people: dict[int, set[int]] = {ticket_id: set() for ticket_id in ticket_ids}
    for ticket_id, user_id in found:
        if user_id is not None:
            people[ticket_id].add(user_id)
    return {ticket_id: frozenset(each) for ticket_id, each in people.items()}
