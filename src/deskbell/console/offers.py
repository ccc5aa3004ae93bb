"""What the console's forms offer to choose from, for a viewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deskbell.kernel.api import NotAllowed, NotFound, Viewer
from deskbell.people import api as people

Choice = tuple[int, str]
EM_SPACE = "\u2003"
MOST = 2000  # entries of one list; beyond that the list is cut, and the search of the page is the way


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of a person as the page shows it. removable: the viewer may take it away."""

    pk: int
    role: people.Role
    department: people.Department | None
    removable: bool


def held_role(viewer: Viewer, assignment: people.RoleAssignment) -> HeldRole:
    """No query when role and department are loaded."""
    removable = viewer.may(people.MANAGE_ROLES, assignment.department_id) and people.holds_all(
        viewer, assignment.role.permissions, assignment.department_id
    )
    return HeldRole(assignment.pk, assignment.role, assignment.department, removable)


def tree_name(name: str, depth: int) -> str:
    """A name set in by its depth, for a list that knows no other way to show a tree."""
    return EM_SPACE * depth + name


def departments(viewer: Viewer, *, only: frozenset[int] | None = None) -> list[Choice]:
    """Active departments in the order of the tree, set in; only: those of these ids, None for all."""
    seen = {each.pk for each in people.departments_seen(viewer)}
    return [
        (each.pk, tree_name(each.name, depth))
        for each, depth in people.departments_in_tree()
        if each.pk in seen and (only is None or each.pk in only)
    ]


def managed_departments(viewer: Viewer, permission: str) -> list[Choice]:
    """The departments in which the viewer holds a permission."""
    return departments(viewer, only=viewer.departments_with(permission))


def departments_within(viewer: Viewer, chosen: int | None) -> frozenset[int] | None:
    """Departments whose colleagues a list may show: the chosen one with all below, within the viewer's own.

    None means everybody.
    """
    own = viewer.departments_with(people.MANAGE_PEOPLE)
    if chosen is None:
        return own
    known = people.known_departments()
    path = known[chosen].path if chosen in known else None
    below = frozenset(pk for pk, each in known.items() if path and each.path.startswith(path))
    return below if own is None else below & own


def organisations(viewer: Viewer, *, keep: people.Organisation | None = None) -> list[Choice]:
    """Organisations by name; keep: one that is offered even when it lies beyond the cut."""
    rows = people.list_organisations(viewer, size=MOST).rows
    found = [(row.pk, row.name) for row in rows if row.is_active or (keep is not None and row.pk == keep.pk)]
    if keep is not None and all(pk != keep.pk for pk, _name in found):
        found.append((keep.pk, keep.name))
    return found


def colleagues(viewer: Viewer) -> list[Choice]:
    """Active people who hold a role, by name."""
    if not viewer.may_somewhere(people.SEE_PEOPLE):
        raise NotAllowed
    return [(each.id, each.name) for each in people.known_colleagues()[:MOST]]


def roles(viewer: Viewer) -> list[Choice]:
    """The roles of which the viewer holds every permission somewhere, so could give them."""
    return [
        (role.pk, str(role))
        for role in people.list_roles(viewer)
        if all(viewer.may_somewhere(name) for name in role.permissions)
    ]


def people_of_departments(viewer: Viewer, department: people.Department) -> list[Choice]:
    """Active colleagues who hold a role in the department or above it, by name."""
    if not viewer.may_somewhere(people.SEE_PEOPLE):
        raise NotAllowed
    found = [
        (each.id, each.name)
        for each in people.known_colleagues()
        if any(above and department.path.startswith(above) for above, _permissions in each.held)
    ]
    return found[:MOST]


def belongs_to(viewer: Viewer, user_id: int, point_pk: int) -> None:
    """Raises NotFound unless the address in the page's URL is this person's."""
    if all(point.pk != point_pk for point in people.person(viewer, user_id).contact_points.all()):
        raise NotFound


def spoken(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    """Choices of a model's field with their words in the viewer's language, for a select without a form."""
    return [(value, str(words)) for value, words in choices]
