"""People around a ticket: the card of who asked, colleagues it can be given to, those who can be mentioned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from deskbell.kernel.api import NotAllowed, Viewer, clock, get_visible, one_line, visible
from deskbell.people.api import Absence, ContactPoint, Department, Organisation, Team, User
from deskbell.tickets import access
from deskbell.tickets.models import StateCategory, Ticket
from deskbell.tickets.workers import people_with

EARLIER = 10  # tickets listed on the card


@dataclass(frozen=True, slots=True)
class RequesterCard:
    """Who asked. local_time: now in their zone. earlier: their other tickets the viewer may see, latest first."""

    person: User
    organisation: Organisation | None
    contact_points: list[ContactPoint]
    local_time: datetime
    earlier: list[Ticket] = field(default_factory=list)
    open_count: int = 0
    total_count: int = 0


@dataclass(frozen=True, slots=True)
class Assignable:
    """A colleague a ticket can be given to. away_until: when absent now; substitute: who stands in for them."""

    id: int
    name: str
    time_zone: str
    open_count: int
    teams: tuple[int, ...] = ()
    away_until: datetime | None = None
    substitute_id: int | None = None
    substitute: str = ""


def requester_card(viewer: Viewer, ticket_id: int) -> RequesterCard:
    """The card beside a ticket. Raises NotFound, NotAllowed."""
    if not viewer.is_agent:
        raise NotAllowed
    rows = Ticket.objects.select_related("requester", "requester__organisation")
    return card_of(viewer, get_visible(viewer, Ticket, ticket_id, rows))


def card_of(viewer: Viewer, ticket: Ticket) -> RequesterCard:
    """The same for a ticket that was read as this viewer, with its requester and their organisation."""
    person = ticket.requester
    others = visible(viewer, Ticket).filter(requester=person).exclude(pk=ticket.pk)
    counts = others.aggregate(
        total=Count("pk"), open=Count("pk", filter=Q(state_category__in=[each.value for each in StateCategory.open()]))
    )
    return RequesterCard(
        person=person,
        organisation=person.organisation,
        contact_points=list(ContactPoint.objects.filter(user=person).order_by("-is_primary", "kind", "pk")),
        local_time=clock.now().astimezone(_zone(person.time_zone)),
        earlier=list(others.select_related("state", "department").order_by("-last_message_at", "-pk")[:EARLIER]),
        open_count=counts["open"],
        total_count=counts["total"],
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def assignable(viewer: Viewer, department: int | Department, *, names_only: bool = False) -> list[Assignable]:
    """Colleagues who may work in the department, by name, with absence and substitute. Raises NotAllowed.

    names_only: without their teams and how many open tickets they have.
    """
    if not viewer.is_agent:
        raise NotAllowed
    now = clock.now()
    away = Absence.objects.filter(starts_at__lte=now, ends_at__gt=now).select_related("substitute").order_by("-ends_at")
    people = list(
        people_with(access.WORK, department)
        .prefetch_related(Prefetch("absences", away, to_attr="absent_now"))
        .order_by("name", "pk")
    )
    if names_only:
        return [_assignable(person, 0, ()) for person in people]
    prefetch_related_objects(people, "team_memberships")
    counts = _open_counts(viewer, [person.pk for person in people])
    return [
        _assignable(person, counts.get(person.pk, 0), (row.team_id for row in person.team_memberships.all()))
        for person in people
    ]


def _open_counts(viewer: Viewer, user_ids: list[int]) -> dict[int, int]:
    """Open tickets each of them has, as far as the viewer may know."""
    rows = visible(viewer, Ticket).filter(
        assignee_id__in=user_ids, state_category__in=[each.value for each in StateCategory.open()]
    )
    return {pk: count for pk, count in rows.values_list("assignee_id").annotate(count=Count("pk")) if pk is not None}


def _assignable(person: Any, open_count: int, teams: Iterable[int]) -> Assignable:
    absence = person.absent_now[0] if person.absent_now else None
    substitute = absence.substitute if absence else None
    return Assignable(
        id=person.pk,
        name=str(person),
        time_zone=person.time_zone,
        open_count=open_count,
        teams=tuple(sorted(teams)),
        away_until=absence.ends_at if absence else None,
        substitute_id=substitute.pk if substitute and substitute.is_active else None,
        substitute=str(substitute) if substitute and substitute.is_active else "",
    )


def transfer_targets(viewer: Viewer) -> list[Department]:
    """Every active department, as a tree in order, with its active teams prefetched as `open_teams`."""
    if not viewer.may_somewhere(access.TRANSFER):
        raise NotAllowed
    teams = Prefetch("teams", Team.objects.filter(is_active=True).order_by("name"), to_attr="open_teams")
    rows = list(Department.objects.filter(is_active=True).prefetch_related(teams))
    by_id = {row.pk: row for row in rows}

    def place(row: Department) -> list[tuple[int, str]]:
        line = [by_id[pk] for pk in map(int, filter(None, row.path.split("/"))) if pk in by_id]
        return [(each.position, each.name.lower()) for each in line]

    return sorted(rows, key=place)


def mentionable(viewer: Viewer, ticket_id: int, text: str, limit: int = 8) -> list[User]:
    """Colleagues who may see the ticket and whose name or address begins with the text. Raises NotFound."""
    if not viewer.is_agent:
        raise NotAllowed
    ticket = get_visible(viewer, Ticket, ticket_id, Ticket.objects.prefetch_related("referrals"))
    permission = access.RESTRICTED if ticket.is_restricted else access.SEE
    on_list = [row.user_id for row in ticket.referrals.all() if row.user_id is not None]
    who = Q(pk__in=people_with(permission, ticket.department_id).values("pk"))
    who |= Q(pk__in=[*on_list, ticket.assignee_id or 0, ticket.owner_id or 0])
    for row in ticket.referrals.all():
        if row.department_id is not None:
            who |= Q(pk__in=people_with(access.SEE, row.department_id).values("pk"))
    typed = one_line(text, 100)
    named = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(email__istartswith=typed)
    return list(User.objects.filter(who, named, is_active=True).order_by("name", "pk")[:limit])
