"""Merging with a preview and an undo; splitting a message off into a ticket of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.agent import context, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import id_of, text_of
from deskbell.agent.views import dialogs
from deskbell.agent.views.links import number_of
from deskbell.kernel.api import Conflict, Invalid, NotFound
from deskbell.tickets import api as tickets
from deskbell.ui import fragments


@desk_view
@require_http_methods(["GET", "POST"])
def merge(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Choose the other ticket, see what would happen, then merge.

    This ticket goes into the other; the page goes on to the one that stays.
    """
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)
    shown: dict[str, Any] = {"ticket": page.ticket, "page": page, "other": None}
    written = (request.POST if request.method == "POST" else request.GET).get("other", "")
    if not written:
        return dialogs.show(request, ticket_id, "merge", shown)
    try:
        number = _other_than(ticket_id, written)
        shown["other"] = tickets.ticket_page(viewer, number)
        if request.method == "POST":
            done = tickets.merge(viewer, ticket_id, number)
            toasts.success(
                request,
                _("#%(number)s is merged into this ticket. Undo stands in the timeline.") % {"number": ticket_id},
            )
            return fragments.see_other(request, shell.ticket_url(done.target_id))
    except NotFound:
        problems = {"other": _("There is no such ticket, or you may not see it.")}
    except Invalid as error:
        problems = {name: str(text) for name, text in (error.fields or {"": error.message}).items()}
    except Conflict as error:
        problems = {"": str(error)}
    else:
        return dialogs.show(request, ticket_id, "merge", shown)
    return dialogs.show(request, ticket_id, "merge", {**shown, "problems": problems, "written": written}, status=422)


def _other_than(ticket_id: int, written: str) -> int:
    number = number_of(written)
    if number == ticket_id:
        raise Invalid(fields={"other": _("A ticket cannot be merged with itself.")})
    return number


@desk_view
@require_POST
def undo(request: DeskRequest, ticket_id: int, merge_id: int) -> HttpResponse:
    done = tickets.undo_merge(request.viewer, merge_id)
    source = getattr(done, "source_id", ticket_id)
    toasts.success(request, _("The merge is undone: #%(number)s has its messages back.") % {"number": source})
    return fragments.see_other(request, shell.ticket_url(ticket_id))


@desk_view
@require_http_methods(["GET", "POST"])
def split(request: DeskRequest, ticket_id: int, message_id: int) -> HttpResponse:
    """Make one message the first of a new ticket; goes on to that ticket."""
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)
    message = tickets.message_for_viewer(viewer, message_id)
    if message.ticket_id != ticket_id:
        raise NotFound
    created: list[int] = []

    def change() -> None:
        new = tickets.split(
            viewer,
            ticket_id,
            message_id,
            subject=text_of(request.POST, "subject", 2000),
            department_id=id_of(request.POST, "department"),
        )
        created.append(new.pk)

    return dialogs.form(
        request,
        ticket_id,
        "split",
        {"ticket": page.ticket, "message": message, "targets": context.creatable(viewer)},
        change,
        said=_("Split off into a ticket of its own."),
        leave_to=lambda: shell.ticket_url(created[0]),
    )
