"""Changing many tickets at once, from the queue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from deskbell.agent import context, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import given, id_of, ids_of, moment_of, text_of
from deskbell.kernel.api import Invalid, NotAllowed
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

# What can be done: title of the dialog, words on its button.
CHANGES: dict[str, tuple[str | Promise, str | Promise]] = {
    "assign": (gettext_lazy("Assign"), gettext_lazy("Assign")),
    "state": (gettext_lazy("Set the state"), gettext_lazy("Set state")),
    "priority": (gettext_lazy("Override the priority"), gettext_lazy("Set priority")),
    "tags": (gettext_lazy("Tags"), gettext_lazy("Save tags")),
    "department": (gettext_lazy("Hand over to another department"), gettext_lazy("Hand over")),
}


@desk_view
@require_GET
def dialog(request: DeskRequest) -> HttpResponse:
    """Ask what the chosen change needs."""
    return _dialog(request, request.GET.get("what", ""), ids_of(request.GET, "ticket"))


@desk_view
@require_POST
def apply(request: DeskRequest) -> HttpResponse:
    """Change the tickets; those that could not be are named with the reason."""
    what, ids = request.POST.get("what", ""), ids_of(request.POST, "ticket")
    try:
        result = tickets.bulk(request.viewer, ids, change_of(request, what))
    except Invalid as error:
        return _dialog(request, what, ids, error.fields or {"": error.message}, status=422)
    done, failed = len(result.done), list(result.failed.items())
    response: HttpResponse
    if failed:
        shown = {**shell.shell(request, "tickets"), "problems": {}, "done": done, "failed": failed}
        html = fragments.render_block(request, "agent/dialogs/bulk_result.html", "dialog", shown)
    else:
        html = Markup()
        toasts.success(
            request, ngettext("%(count)d ticket is changed.", "%(count)d tickets are changed.", done) % {"count": done}
        )
    if request.headers.get("HX-Request") != "true":
        return fragments.see_other(request, shell.home_url())
    # An empty answer would leave the dialog standing.
    slot = fragments.partial("#dialog-slot", html, swap="innerHTML")
    response = fragments.respond(request, slot, trigger="desk:changed")
    return response


def change_of(request: DeskRequest, what: str) -> tickets.BulkChange:
    """The change a form asks for. Raises Invalid naming the field."""
    source, zone = request.POST, request.viewer.time_zone
    if what == "assign":
        return tickets.BulkChange(assignee_id=id_of(source, "assignee"))
    if what == "state":
        if not source.get("state"):
            raise Invalid(fields={"state": _("Choose a state.")})
        return tickets.BulkChange(
            state=text_of(source, "state", 40),
            waiting_reason_id=id_of(source, "waiting_reason"),
            follow_up_at=moment_of(source, "follow_up_at", zone),
            resolution=text_of(source, "resolution", 20_000),
            reason=text_of(source, "reason", 300),
        )
    if what == "priority":
        priority = id_of(source, "priority")
        if priority is None:
            raise Invalid(fields={"priority": _("Choose a priority.")})
        return tickets.BulkChange(priority_id=priority, priority_reason=text_of(source, "reason", 300))
    if what == "tags":
        added, removed = (
            [tag.strip() for tag in text_of(source, name, 2000).split(",") if tag.strip()]
            for name in ("add_tags", "remove_tags")
        )
        return tickets.BulkChange(add_tags=added, remove_tags=removed)
    if what == "department":
        department = id_of(source, "department")
        if department is None:
            raise Invalid(fields={"department": _("Choose a department.")})
        return tickets.BulkChange(department_id=department, note=text_of(source, "note", 20_000))
    raise Http404


def _dialog(
    request: DeskRequest, what: str, ids: list[int], problems: Any = None, *, status: int = 200
) -> HttpResponse:
    if what not in CHANGES:
        raise Http404
    if not request.viewer.may_somewhere(tickets.access.BULK):
        raise NotAllowed
    choices = tickets.form_choices(request.viewer)
    title, action = CHANGES[what]
    words = ngettext("%(title)s: %(count)d ticket", "%(title)s: %(count)d tickets", len(ids))
    options = {
        "state": [(each.code, str(each)) for each in choices.states],
        "priority": [(each.pk, str(each)) for each in choices.priorities],
        "assignee": context.agents(request.viewer),
        "department": context.departments_to(request.viewer)
        if request.viewer.may_somewhere(tickets.access.TRANSFER)
        else [],
        "waiting_reason": [(each.pk, str(each)) for each in choices.waiting_reasons],
    }
    shown = {
        **shell.shell(request, "tickets"),
        "what": what,
        "ids": ids,
        "title": words % {"title": title, "count": len(ids)},
        "action": action,
        "options": options,
        "problems": problems or {},
        "given": given(request.POST),
        "ticket": None,
    }
    template = "agent/dialogs/bulk.html"
    if request.headers.get("HX-Request") == "true":
        return fragments.respond(request, fragments.render_block(request, template, "dialog", shown), status=status)
    return fragments.render(request, template, shown, status=status)
