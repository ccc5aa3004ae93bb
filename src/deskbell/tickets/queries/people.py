"""People around a ticket: the card of who asked, colleagues it can be given to, those who can be mentioned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from deskbell.kernel.api import NotAllowed, Viewer, clock, get_visible, one_line, reference, visible
from deskbell.kernel.statements import Slot, Statement
from deskbell.people.api import (
    Absence,
    Colleague,
    ContactPoint,
    Department,
    Organisation,
    Team,
    User,
    away_now,
    colleagues_with,
    known_departments,
)
from deskbell.tickets import access
from deskbell.tickets.models import StateCategory, Ticket
from deskbell.tickets.queries.labels import Labels, labels
from deskbell.tickets.workers import people_with

EARLIER = 10  # tickets listed on the card
MOST_EARLIER = 1000  # and counted on it
_REQUESTER, _TICKET = Slot(), Slot()


@dataclass(frozen=True, slots=True)
class EarlierTicket:
    """A ticket in a short list. state: its name in the active language. last_message_at: UTC."""

    pk: int
    subject: str
    state: str
    state_category: str
    last_message_at: datetime


@dataclass(frozen=True, slots=True)
class RequesterCard:
    """Who asked. local_time: now in their zone. earlier: their other tickets the viewer may see, latest first."""

    person: User
    organisation: Organisation | None
    contact_points: list[ContactPoint]
    local_time: datetime
    earlier: list[EarlierTicket] = field(default_factory=list)
    open_count: int = 0
    total_count: int = 0


class Assignable(NamedTuple):
    """A colleague a ticket can be given to. away_until: when absent now; substitute: who stands in for them."""

    id: int
    name: str
    away_until: datetime | None = None
    substitute: str = ""


def requester_card(viewer: Viewer, ticket_id: int) -> RequesterCard:
    """The card beside a ticket. Raises NotFound, NotAllowed."""
    if not viewer.is_agent:
        raise NotAllowed
    rows = Ticket.objects.select_related("requester", "requester__organisation")
    return card_of(viewer, get_visible(viewer, Ticket, ticket_id, rows))


def card_of(viewer: Viewer, ticket: Ticket, contact_points: list[ContactPoint] | None = None) -> RequesterCard:
    """The same for a ticket that was read as this viewer, with its requester and their organisation.

    contact_points: of the requester, when they were read already. One query then; of earlier tickets no more than
    MOST_EARLIER are counted.
    """
    person = ticket.requester
    if contact_points is None:
        contact_points = list(ContactPoint.objects.filter(user=person).order_by("-is_primary", "kind", "pk"))
    statement = _earlier(viewer)
    rows = statement.fetch({_REQUESTER: person.pk, _TICKET: ticket.pk}) if statement else []
    states = labels().states
    earlier = [
        EarlierTicket(pk, subject, Labels.of(states, state_id).name, category, at)
        for pk, subject, state_id, category, at, *_counts in rows
    ]
    return RequesterCard(
        person=person,
        organisation=person.organisation,
        contact_points=contact_points,
        local_time=clock.now().astimezone(_zone(person.time_zone)),
        earlier=earlier,
        open_count=rows[0][-1] if rows else 0,
        total_count=rows[0][-2] if rows else 0,
    )


@reference.cached_up_to(500)
def _earlier(viewer: Viewer) -> Statement | None:
    names = ("pk", "subject", "state_id", "state_category", "last_message_at")
    others = visible(viewer, Ticket).filter(requester_id=_REQUESTER).exclude(pk=_TICKET)
    seen = Statement.of(others.order_by("-last_message_at", "-pk").values_list(*names)[:MOST_EARLIER])
    if seen is None:
        return None
    is_open = ", ".join(f"'{each.value}'" for each in StateCategory.open())
    # S608: built by Django's own compiler, values apart.
    sql = (
        f"SELECT o.*, count(*) OVER (), count(*) FILTER (WHERE o.category IN ({is_open})) OVER ()"  # noqa: S608
        f" FROM ({seen.sql}) AS o (id, subject, state_id, category, at)"
        f" ORDER BY o.at DESC, o.id DESC LIMIT {EARLIER}"
    )
    return Statement(sql, seen.params)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def assignable(viewer: Viewer, department: int | Department) -> list[Assignable]:
    """Colleagues who may work in the department, by name, with absence and substitute. No query. Raises NotAllowed."""
    if not viewer.is_agent:
        raise NotAllowed
    found = known_departments().get(department) if isinstance(department, int) else department
    away = away_now()
    return [
        _assignable(each, away.get(each.id))
        for each in colleagues_with(access.WORK, found.path if found is not None else "")
    ]


def _assignable(person: Colleague, absence: Absence | None) -> Assignable:
    if absence is None:
        return Assignable(person.id, person.name)
    substitute = absence.substitute
    words = str(substitute) if substitute and substitute.is_active else ""
    return Assignable(person.id, person.name, absence.ends_at, words)


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
