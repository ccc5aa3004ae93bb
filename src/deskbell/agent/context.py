"""Lists to choose from on the desk's pages, as (value, words)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import Viewer
from deskbell.people import api as people
from deskbell.tickets import api as tickets

Options = Sequence[tuple[Any, Any]]
MOST_COLLEAGUES = 200  # in one list; larger desks find the rest by the person's page
_INDENT = "\u2003"


def departments_to(viewer: Viewer, ticket: tickets.Ticket | None = None) -> Options:
    """Where a ticket can be handed over, as a tree; not where it already is."""
    return [
        (each.pk, _INDENT * (each.path.count("/") - 2) + each.name)
        for each in tickets.transfer_targets(viewer)
        if ticket is None or each.pk != ticket.department_id
    ]


def creatable(viewer: Viewer) -> Options:
    """Departments in which the viewer may create tickets."""
    return [(each.pk, each.name) for each in tickets.form_choices(viewer).departments]


def seen_departments(viewer: Viewer) -> Options:
    """Departments whose tickets the viewer sees."""
    held = viewer.departments_with(tickets.access.SEE)
    return [(each.pk, each.name) for each in people.departments_seen(viewer) if held is None or each.pk in held]


def colleagues(viewer: Viewer, ticket: tickets.Ticket) -> Options:
    """Who may work on the ticket; absent ones say so and who stands in. The present assignee is always there."""
    found: list[tuple[Any, Any]] = [
        (each.id, each.name if each.away_until is None else _away(each))
        for each in tickets.assignable(viewer, ticket.department)
    ]
    known = {pk for pk, _words in found}
    for person in (ticket.assignee, ticket.owner):
        if person is not None and person.pk not in known:
            found.append((person.pk, str(person)))
            known.add(person.pk)
    return found


def _away(person: tickets.Assignable) -> str:
    if not person.substitute:
        return _("%(name)s (away)") % {"name": person.name}
    return _("%(name)s (away, %(substitute)s stands in)") % {"name": person.name, "substitute": person.substitute}


def teams(viewer: Viewer, department_id: int) -> Options:
    if not viewer.is_agent:
        return []
    known = people.known_teams().values()
    return [(each.pk, each.name) for each in known if each.department_id == department_id and each.is_active]


def agents(viewer: Viewer) -> Options:
    """Colleagues of all departments, by name; nobody for whoever may not see people."""
    if not viewer.may_somewhere(people.SEE_PEOPLE):
        return []
    return [(each.id, each.name) for each in people.known_colleagues()[:MOST_COLLEAGUES]]
