"""Departments as a tree, and the teams inside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskbell.console import changes, filters, offers, pages
from deskbell.console.forms.structure import DepartmentForm, NewTeamForm, TeamForm, TeamMembersForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import Invalid, NotAllowed, Viewer
from deskbell.people import api as people
from deskbell.tickets import api as tickets

FIELDS = ("name", "parent_id", "head_id", "description", "takes_portal_tickets", "position")
COUNTED_UP_TO = 1000  # open tickets of a department; more are "more than"


@dataclass(frozen=True, slots=True)
class TreeRow:
    department: people.Department
    depth: int
    teams: tuple[people.Team, ...]
    manageable: bool


@console_page(people.MANAGE_DEPARTMENTS, methods=READS)
def departments(request: HttpRequest) -> HttpResponse:
    """The whole tree; only what the viewer manages can be opened."""
    viewer = viewer_of(request)
    rows = [
        TreeRow(row.department, row.depth, row.teams, viewer.may(people.MANAGE_DEPARTMENTS, row.department.pk))
        for row in people.departments_tree(viewer)
    ]
    return pages.render(request, viewer, "console/structure/departments.html", {"rows": rows})


def _form(viewer: Viewer, row: people.Department | None, data: Any = None) -> DepartmentForm:
    managed = viewer.departments_with(people.MANAGE_DEPARTMENTS)
    tree = people.departments_tree(viewer, active_only=True)
    choices = [
        (entry.department.pk, offers.tree_name(entry.department.name, entry.depth))
        for entry in tree
        if (managed is None or entry.department.pk in managed or (row and entry.department.pk == row.parent_id))
        and not (row is not None and entry.department.path.startswith(row.path))
    ]
    return DepartmentForm(
        data,
        departments=choices,
        colleagues=offers.colleagues(viewer),
        at_top=managed is None or (row is not None and row.parent_id is None),
        initial={name: getattr(row, name) for name in FIELDS} if row else {"takes_portal_tickets": True},
    )


@console_page(people.MANAGE_DEPARTMENTS)
def department_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = _form(viewer, None, request.POST or None)
    if request.method == "POST":
        added = submit(form, lambda values: people.create_department(viewer, **values))
        if added is not None:
            return pages.done(request, _address(added.pk), _("%(name)s was added.") % {"name": added.name})
    context = {
        "title": _("Add department"),
        "back": reverse("console:departments"),
        "intro": _("Departments are isolated: colleagues see the tickets of those in which they hold a role."),
        "submit": _("Add department"),
    }
    return pages.form_page(request, viewer, "console/form.html", context, form=form)


@console_page(people.MANAGE_DEPARTMENTS)
def department(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = people.department(viewer, pk)
    viewer.require(people.MANAGE_DEPARTMENTS, pk)
    form = _form(viewer, row, request.POST or None)
    reached = _people_above(row) if request.method == "POST" else set()
    if request.method == "POST" and submit(form, lambda values: _save(viewer, row, values)) is not None:
        return pages.done(request, request.path, _saved(people.department(viewer, pk), reached))
    context = {
        "row": row,
        "form": form,
        "teams": sorted(row.teams.all(), key=lambda team: team.name.lower()),
        "holders": _holders(row),
        "open_tickets_text": _open_tickets_text(row),
        "change": changes.last_change("department", pk),
    }
    return pages.form_page(request, viewer, "console/structure/department.html", context, form=form)


def _save(viewer: Viewer, row: people.Department, values: dict[str, Any]) -> people.Department:
    parent_id = values.pop("parent_id")
    if parent_id != row.parent_id:
        try:
            people.move_department(viewer, row.pk, parent_id)
        except NotAllowed:
            raise Invalid(fields={"parent_id": _("You may move it only within the departments you manage.")}) from None
    try:
        return people.update_department(viewer, row.pk, **values)
    except NotAllowed as error:
        raise Invalid(fields={"head_id": str(error)}) from None


def _people_above(row: people.Department) -> set[int]:
    """Who reaches this department by a role held on one above it."""
    held = people.RoleAssignment.objects.filter(department_id__in=_path(row)[:-1], user__is_active=True)
    return set(held.values_list("user_id", flat=True))


def _saved(row: people.Department, reached: set[int]) -> str:
    """What was done; after a move also of how many more people the roles hold here now."""
    more = len(_people_above(row) - reached)
    if not more or row.parent is None:
        return _("Saved.")
    return ngettext(
        "Saved. The roles of %(num)d person in or above %(name)s hold here now, too.",
        "Saved. The roles of %(num)d people in or above %(name)s hold here now, too.",
        more,
    ) % {"num": more, "name": row.parent.name}


def _path(row: people.Department) -> list[int]:
    """The departments above, from the top, and this one."""
    return [int(part) for part in row.path.strip("/").split("/") if part]


def _holders(row: people.Department) -> list[people.RoleAssignment]:
    """Who holds a role that reaches this department: here, above, or everywhere."""
    held = people.RoleAssignment.objects.select_related("role", "user", "department").filter(user__is_active=True)
    here = held.filter(department_id__in=_path(row)) | held.filter(department=None)
    return list(here.order_by("role__position", "user__name", "pk")[:100])


def _open_tickets_text(row: people.Department) -> str:
    still_open = tickets.Ticket.objects.filter(
        department=row, state_category__in=[category.value for category in tickets.StateCategory.open()]
    )
    count = still_open[: COUNTED_UP_TO + 1].count()
    first = (
        _("More than %(num)d open tickets stay here and can be worked on to the end.") % {"num": COUNTED_UP_TO}
        if count > COUNTED_UP_TO
        else ngettext(
            "%(num)d open ticket stays here and can be worked on to the end.",
            "%(num)d open tickets stay here and can be worked on to the end.",
            count,
        )
        % {"num": count}
    )
    return f"{first} {_('New ones go elsewhere. It can be undone here.')}"


def _address(pk: int) -> str:
    return reverse("console:department", args=[pk])


@console_page(people.MANAGE_DEPARTMENTS, methods=WRITES)
def department_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate, or activate again."""
    viewer = viewer_of(request)
    active = request.POST.get("active") == "1"
    try:
        (people.reactivate_department if active else people.deactivate_department)(viewer, pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(
        request, _address(pk), _("Active again.") if active else _("Deactivated. You can undo it on this page.")
    )


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: people.Team
    department: people.Department
    members: list[str]


@console_page(people.MANAGE_DEPARTMENTS, methods=READS)
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the departments the viewer manages."""
    viewer = viewer_of(request)
    text, chosen = filters.text(request, "q").casefold(), filters.number(request, "department")
    rows = [
        TeamRow(team, entry.department, sorted(str(member) for member in team.members.all()))
        for entry in people.departments_tree(viewer)
        for team in entry.teams
        if viewer.may(people.MANAGE_DEPARTMENTS, entry.department.pk) and chosen in (None, entry.department.pk)
    ]
    if text:
        rows = [row for row in rows if text in f"{row.team.name} {' '.join(row.members)}".casefold()]
    context = {
        "rows": rows,
        "text": filters.text(request, "q"),
        "department": chosen,
        "departments": offers.managed_departments(viewer, people.MANAGE_DEPARTMENTS),
    }
    return pages.render(request, viewer, "console/structure/teams.html", context, block="results")


@console_page(people.MANAGE_DEPARTMENTS)
def team_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = NewTeamForm(
        request.POST or None,
        departments=offers.managed_departments(viewer, people.MANAGE_DEPARTMENTS),
        initial={"department_id": filters.number(request, "department")},
    )
    if request.method == "POST":
        added = submit(form, lambda values: people.create_team(viewer, values["department_id"], values["name"]))
        if added is not None:
            text = _("%(name)s was added. Choose its members.") % {"name": added.name}
            return pages.done(request, reverse("console:team", args=[added.pk]), text)
    context = {
        "title": _("Add team"),
        "back": reverse("console:teams"),
        "intro": _("A team is a group inside a department to whom tickets can be handed."),
        "submit": _("Add team"),
    }
    return pages.form_page(request, viewer, "console/form.html", context, form=form)


@console_page(people.MANAGE_DEPARTMENTS)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = people.team(viewer, pk)
    viewer.require(people.MANAGE_DEPARTMENTS, row.department_id)
    form = TeamForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and submit(form, lambda values: people.update_team(viewer, pk, **values)) is not None:
        return pages.done(request, request.path, _("Saved."))
    return _team_page(request, row, form=form)


def _team_page(request: HttpRequest, row: people.Team, **forms: Any) -> HttpResponse:
    viewer = viewer_of(request)
    memberships = list(row.memberships.all())
    context = {
        "row": row,
        "form": TeamForm(initial={"name": row.name}),
        "members_form": TeamMembersForm(colleagues=[]),
        "colleagues": _candidates(viewer, row),
        "member_ids": {membership.user_id for membership in memberships},
        "lead_ids": {membership.user_id for membership in memberships if membership.is_lead},
        "change": changes.last_change("team", row.pk),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return pages.render(request, viewer, "console/structure/team.html", context, status=status)


def _candidates(viewer: Viewer, row: people.Team) -> list[offers.Choice]:
    """Who works in the department, and whoever is in the team already, by name."""
    offered = dict(offers.people_of_departments(viewer, row.department))
    offered |= {membership.user_id: str(membership.user) for membership in row.memberships.all()}
    return sorted(offered.items(), key=lambda entry: entry[1].casefold())


@console_page(people.MANAGE_DEPARTMENTS, methods=WRITES)
def team_members(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = people.team(viewer, pk)
    viewer.require(people.MANAGE_DEPARTMENTS, row.department_id)
    form = TeamMembersForm(request.POST, colleagues=_candidates(viewer, row))
    saved = submit(
        form, lambda values: people.set_team_members(viewer, pk, values["members"], lead_ids=values["leads"])
    )
    if saved is not None:
        return pages.done(request, reverse("console:team", args=[pk]), _("Saved."))
    return _team_page(request, row, members_form=form)


@console_page(people.MANAGE_DEPARTMENTS, methods=WRITES)
def team_active(request: HttpRequest, pk: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    people.update_team(viewer_of(request), pk, is_active=active)
    text = _("Active again.") if active else _("Deactivated. You can undo it on this page.")
    return pages.done(request, reverse("console:team", args=[pk]), text)
