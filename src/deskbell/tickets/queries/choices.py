"""What forms offer to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import translation

from deskbell.kernel.api import NotAllowed, Viewer, reference
from deskbell.people.api import Department, departments_seen
from deskbell.tickets import access
from deskbell.tickets.models import (
    Category,
    CustomField,
    Impact,
    Kind,
    Priority,
    State,
    Transition,
    Urgency,
    WaitingReason,
)
from deskbell.tickets.queries.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A category in its tree. depth: 0 for roots. trail: names from the root, as in "Hardware / Printer"."""

    id: int
    name: str
    depth: int
    trail: str
    department_id: int | None
    parent_id: int | None
    in_portal: bool


@dataclass(frozen=True, slots=True)
class FormChoices:
    """departments: where the viewer may create tickets. matrix: (impact, urgency) → id of the priority."""

    kinds: list[Kind]
    categories: list[CategoryChoice]
    states: list[State]
    priorities: list[Priority]
    waiting_reasons: list[WaitingReason]
    custom_fields: list[CustomField]
    departments: list[Department]
    impacts: list[tuple[int, str]]
    urgencies: list[tuple[int, str]]
    matrix: dict[tuple[int, int], int]


def form_choices(viewer: Viewer, department_id: int | None = None) -> FormChoices:
    """Choices for a form; those of one department when it is given. People outside get what the portal offers.

    Raises NotAllowed for nobody.
    """
    if not viewer.is_authenticated:
        raise NotAllowed
    return choices_of(viewer, creatable_departments(viewer), department_id)


def choices_of(viewer: Viewer, departments: list[Department], department_id: int | None = None) -> FormChoices:
    """The same with departments that are known. What it holds is shared: read it, never change it."""
    language = translation.get_language() or "en"
    found = _offered(viewer.is_agent, department_id, language)
    return replace(found, departments=departments) if departments else found


@reference.cached
def _offered(to_agents: bool, department_id: int | None, _language: str) -> FormChoices:  # noqa: FBT001  (a key)
    words = vocabulary()

    def offered(row: Kind | Category | CustomField) -> bool:
        return row.is_active and (to_agents or row.in_portal)

    def here(row: Category | CustomField) -> bool:
        return department_id is None or row.department_id in (None, department_id)

    return FormChoices(
        kinds=[row for row in words.kinds if offered(row)],
        categories=_tree([row for row in words.categories if offered(row) and here(row)]),
        states=[row for row in words.states if row.is_active],
        priorities=words.priorities,
        waiting_reasons=[row for row in words.waiting_reasons if row.is_active],
        custom_fields=[row for row in words.custom_fields if offered(row) and here(row)],
        departments=[],
        impacts=[(value, str(label)) for value, label in Impact.choices],
        urgencies=[(value, str(label)) for value, label in Urgency.choices],
        matrix={(cell.impact, cell.urgency): cell.priority_id for cell in words.cells},
    )


def creatable_departments(viewer: Viewer) -> list[Department]:
    """Where the viewer may create a ticket: by their role, or what the portal offers."""
    held = viewer.departments_with(access.CREATE) if viewer.is_agent else None
    return [each for each in departments_seen(viewer) if held is None or each.pk in held]


def kinds(viewer: Viewer, *, inactive: bool = False) -> list[Kind]:
    """Kinds in their order; those of the portal for people outside."""
    rows = Kind.objects.all() if inactive and viewer.may(access.CONFIGURE) else Kind.objects.filter(is_active=True)
    return list((rows if viewer.is_agent else rows.filter(in_portal=True)).order_by("position", "pk"))


def categories(viewer: Viewer, *, inactive: bool = False) -> list[CategoryChoice]:
    rows = (
        Category.objects.all() if inactive and viewer.may(access.CONFIGURE) else Category.objects.filter(is_active=True)
    )
    return _tree(list(rows if viewer.is_agent else rows.filter(in_portal=True)))


def states(viewer: Viewer, *, inactive: bool = False) -> list[State]:
    rows = State.objects.all() if inactive and viewer.may(access.CONFIGURE) else State.objects.filter(is_active=True)
    return list(rows.order_by("position", "pk"))


def transitions(viewer: Viewer) -> list[Transition]:
    """Every step between states, for the page that shapes them. Raises NotAllowed."""
    viewer.require(access.CONFIGURE)
    return list(
        Transition.objects.select_related("source", "target").order_by("source__position", "target__position", "pk")
    )


def priorities(viewer: Viewer) -> list[Priority]:  # noqa: ARG001  (every query takes the viewer)
    return list(Priority.objects.order_by("rank"))


def waiting_reasons(viewer: Viewer, *, inactive: bool = False) -> list[WaitingReason]:
    rows = WaitingReason.objects.all()
    if not (inactive and viewer.may(access.CONFIGURE)):
        rows = rows.filter(is_active=True)
    return list(rows.order_by("position", "pk"))


def custom_fields(viewer: Viewer, *, inactive: bool = False) -> list[CustomField]:
    rows = CustomField.objects.select_related("department")
    if not (inactive and viewer.may(access.CONFIGURE)):
        rows = rows.filter(is_active=True)
    return list((rows if viewer.is_agent else rows.filter(in_portal=True)).order_by("position", "pk"))


def _tree(rows: list[Category]) -> list[CategoryChoice]:
    """Depth first, each level by position and name; what hangs below a hidden one is hidden with it."""
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    found: list[CategoryChoice] = []

    def walk(parent_id: int | None, depth: int, trail: tuple[str, ...]) -> None:
        for row in sorted(below.get(parent_id, ()), key=lambda each: (each.position, str(each))):
            here = (*trail, str(row))
            trail_words = " / ".join(here)
            found.append(
                CategoryChoice(row.pk, here[-1], depth, trail_words, row.department_id, row.parent_id, row.in_portal)
            )
            walk(row.pk, depth + 1, here)

    walk(None, 0, ())
    return found
