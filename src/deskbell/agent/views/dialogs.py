"""Dialogs of the ticket page: fetched when opened, shown again with what is wrong, closed when it worked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.utils.translation import gettext as _

from deskbell.agent import shell
from deskbell.agent.guard import DeskRequest
from deskbell.agent.parsing import given
from deskbell.agent.views import parts
from deskbell.kernel.api import Conflict, Invalid
from deskbell.ui import fragments


def form(
    request: DeskRequest,
    ticket_id: int,
    name: str,
    context: Mapping[str, Any],
    change: Callable[[], object],
    *,
    said: str = "",
    leave_to: Callable[[], str | None] | None = None,
) -> HttpResponse:
    """GET shows `agent/dialogs/<name>.html`; POST carries out `change` and closes it.

    leave_to: asked after the change for a page to go on to (the ticket may be out of sight by then).
    """
    if request.method != "POST":
        return show(request, ticket_id, name, context)
    try:
        change()
    except Invalid as error:
        problems = error.fields or {"": error.message}
        return show(request, ticket_id, name, {**context, "problems": problems}, status=422)
    except Conflict:
        problem = _("Somebody changed the ticket meanwhile. Close this, look at it, and try again.")
        return show(request, ticket_id, name, {**context, "problems": {"": problem}}, status=409)
    if said:
        toasts.success(request, said)
    target = leave_to() if leave_to else None
    if target:
        return fragments.see_other(request, target)
    return parts.changed(request, ticket_id, close_dialog=True)


def show(
    request: DeskRequest, ticket_id: int, name: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The dialog; as a page of its own without htmx."""
    values = {
        "problems": {},
        "given": given(request.POST),
        "ticket_id": ticket_id,
        **shell.shell(request, "tickets"),
        **context,
    }
    template = f"agent/dialogs/{name}.html"
    if request.headers.get("HX-Request") == "true":
        return fragments.respond(request, fragments.render_block(request, template, "dialog", values), status=status)
    return fragments.render(request, template, values, status=status)
