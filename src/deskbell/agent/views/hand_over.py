"""Handing a ticket over to another department, and giving others access to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.agent import context, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import id_of, text_of
from deskbell.agent.views import dialogs
from deskbell.agent.views.saving import saved
from deskbell.kernel.api import Invalid, NotFound
from deskbell.tickets import api as tickets


@desk_view
@require_http_methods(["GET", "POST"])
def transfer(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Hand over with a note. Whoever may not see it afterwards goes back to the list."""
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)

    def change() -> None:
        department = id_of(request.POST, "department")
        if department is None:
            raise Invalid(fields={"department": _("Choose the department it goes to.")})
        tickets.transfer(
            viewer,
            ticket_id,
            department,
            note=text_of(request.POST, "note", 20_000),
            keep_access=request.POST.get("keep_access") == "on",
        )

    return dialogs.form(
        request,
        ticket_id,
        "hand_over",
        {"ticket": page.ticket, "targets": context.departments_to(viewer, page.ticket)},
        change,
        said=_("Handed over."),
        leave_to=lambda: _out_of_sight(request, ticket_id),
    )


def _out_of_sight(request: DeskRequest, ticket_id: int) -> str | None:
    try:
        tickets.ticket_page(request.viewer, ticket_id)
    except NotFound:
        return shell.home_url()
    return None


@desk_view
@require_http_methods(["GET", "POST"])
def refer(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Give a department or a colleague access; the responsibility stays where it is."""
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)

    def change() -> None:
        department, person = id_of(request.POST, "department"), id_of(request.POST, "person")
        if (department is None) == (person is None):
            raise Invalid(fields={"department": _("Choose a department or a colleague, one of the two.")})
        tickets.refer(
            viewer,
            ticket_id,
            department_id=department,
            user_id=person,
            can_work=request.POST.get("can_work") == "on",
            reason=text_of(request.POST, "reason", 300),
        )

    return dialogs.form(
        request,
        ticket_id,
        "refer",
        {"ticket": page.ticket, "targets": context.departments_to(viewer, page.ticket)},
        change,
        said=_("Access given."),
    )


@desk_view
@require_POST
def end_referral(request: DeskRequest, ticket_id: int, referral_id: int) -> HttpResponse:
    return saved(
        request,
        ticket_id,
        lambda: tickets.end_referral(request.viewer, ticket_id, referral_id),
        said=_("Access ended."),
    )
