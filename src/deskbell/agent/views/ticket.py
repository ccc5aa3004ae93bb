"""The page of one ticket."""

from __future__ import annotations

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from deskbell.agent import conversation, drafts, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import id_of, whole_number_of
from deskbell.agent.views import earlier, parts
from deskbell.agent.views.saving import saved
from deskbell.kernel.api import Invalid
from deskbell.tickets import api as tickets
from deskbell.ui import fragments


@desk_view
@require_GET
def ticket(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The whole page, which marks the ticket read; `?part=live`: only what may have changed meanwhile.

    `?part=earlier`: messages before those shown. `?message=<id>`: the page around an older message.
    """
    if request.GET.get("part") == "earlier":
        return earlier.part(request, ticket_id)
    if request.GET.get("part") == "live" and request.headers.get("HX-Request") == "true":
        response = parts.changed(request, ticket_id, since=whole_number_of(request.GET, "since"))
        if request.GET.get("read") == "1":
            tickets.mark_read(request.viewer, ticket_id)
        return response
    context = shell.live(request.viewer, f"ticket:{ticket_id}")
    context |= parts.ticket_context(request, ticket_id)
    context |= drafts.composer(request.viewer, context["page"])
    context["before_newest"] = earlier.before_newest(request, context, id_of(request.GET, "message"))
    page = context["page"]
    if context["newest"] > page.read_up_to or page.is_mentioned:
        tickets.mark_read(request.viewer, ticket_id)
    return fragments.render(request, parts.TEMPLATE, context)


@desk_view
@require_GET
def printed(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The conversation on paper; `?notes=0` without internal notes."""
    context = parts.ticket_context(request, ticket_id)
    context["days"] = conversation.by_day(tickets.timeline(request.viewer, ticket_id), request.viewer, read_up_to=None)
    context["with_notes"] = request.GET.get("notes") != "0"
    return fragments.render(request, "agent/print.html", context)


@desk_view
@require_POST
def mark_unread(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Back to the list, where the row is bold again; a ticket that was closed meanwhile stays on its page."""
    try:
        tickets.mark_unread(request.viewer, ticket_id)
    except Invalid as error:
        toasts.error(request, str(error))
        return fragments.see_other(request, shell.ticket_url(ticket_id))
    toasts.info(request, _("Marked as unread."))
    return fragments.see_other(request, shell.home_url())


@desk_view
@require_POST
def watch(request: DeskRequest, ticket_id: int) -> HttpResponse:
    on = request.POST.get("on") != "0"
    change = tickets.watch if on else tickets.unwatch
    said = _("You hear of every change.") if on else _("You no longer watch this ticket.")
    return saved(request, ticket_id, lambda: change(request.viewer, ticket_id), said=said)
