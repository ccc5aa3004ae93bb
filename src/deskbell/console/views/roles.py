"""Roles with their permissions as a grid, and who holds them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import changes, pages
from deskbell.console.forms.structure import RoleForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import Invalid, NotAllowed, Permission, Viewer, permissions
from deskbell.people import api as people

ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Entry:
    """One permission in the form of a role. locked: not the viewer's to give or take."""

    permission: Permission
    checked: bool
    locked: bool


@console_page(people.MANAGE_ROLES, methods=READS)
def roles(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "roles": people.list_roles(viewer),
        "groups": people.permission_groups().items(),
        "may_change": viewer.may(people.MANAGE_ROLES),
    }
    return pages.render(request, viewer, "console/structure/roles.html", context)


@console_page(people.MANAGE_ROLES, desk_wide=True)
def role_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@console_page(people.MANAGE_ROLES)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role; whoever manages roles in a department only may look."""
    return _edit(request, people.role(viewer_of(request), pk))


def _edit(request: HttpRequest, row: people.Role | None) -> HttpResponse:
    viewer = viewer_of(request)
    form = RoleForm(
        request.POST or None,
        permissions=[(permission.name, permission.label) for permission in permissions],
        initial={"name": row.name, "description": row.description} if row else {},
    )
    if request.method == "POST":
        if not viewer.may(people.MANAGE_ROLES):
            raise NotAllowed
        saved = submit(
            form,
            lambda values: (
                people.update_role(viewer, row.pk, **values) if row else people.create_role(viewer, **values)
            ),
        )
        if saved is not None:
            return pages.done(request, reverse("console:role", args=[saved.pk]), _("Saved."))
    held = set(form.data.getlist("permissions")) if form.is_bound else set(row.permissions if row else ())  # type: ignore[attr-defined]
    context = {
        "row": row,
        "title": str(row) if row else _("Add role"),
        "groups": _entries(viewer, row, held),
        "may_change": viewer.may(people.MANAGE_ROLES),
        "fixed": _fixed(viewer, row),
        "holders": people.role_assignments(viewer, role_id=row.pk) if row else [],
        "change": changes.last_change("role", row.pk) if row else None,
    }
    return pages.form_page(request, viewer, "console/structure/role.html", context, form=form)


def _fixed(viewer: Viewer, row: people.Role | None) -> str:
    if row is not None and row.code == ADMINISTRATOR:
        return _("The administrator may do everything; this cannot be changed, or nobody could set it right again.")
    if not viewer.may(people.MANAGE_ROLES):
        return _("You may give this role in your departments. What it allows is changed by an administrator.")
    return ""


def _entries(viewer: Viewer, row: people.Role | None, held: set[str]) -> list[tuple[str, list[Entry]]]:
    fixed = not viewer.may(people.MANAGE_ROLES) or (row is not None and row.code == ADMINISTRATOR)
    return [
        (
            group,
            [
                Entry(permission, permission.name in held, fixed or not viewer.may(permission.name))
                for permission in entries
            ],
        )
        for group, entries in people.permission_groups().items()
    ]


@console_page(people.MANAGE_ROLES, desk_wide=True, methods=WRITES)
def role_remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        people.delete_role(viewer_of(request), pk)
    except Invalid as error:
        return pages.not_done(request, reverse("console:role", args=[pk]), str(error))
    return pages.done(request, reverse("console:roles"), _("The role was removed."))
