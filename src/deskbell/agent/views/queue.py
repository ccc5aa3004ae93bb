"""The queue: views with counts, filters in the address, rows that keep themselves current."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from deskbell.agent import custom_fields, filters, shell
from deskbell.agent.guard import DeskRequest, as_toast, desk_view
from deskbell.agent.views.links import number_of
from deskbell.kernel.api import Invalid, NotFound
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

PAGE_SIZE = 50
HOME_VIEW = "departments"


@desk_view
@require_GET
def home(request: DeskRequest) -> HttpResponse:
    """The desk opens on the tickets of one's departments."""
    return page(request, HOME_VIEW)


@desk_view
@require_GET
def queue(request: DeskRequest, view: str) -> HttpResponse:
    """One view with filters, sort and search from the query string. Unusable filters are named, the rest works."""
    if view not in filters.VIEWS:
        raise Http404
    return page(request, view)


def page(request: DeskRequest, view: str) -> HttpResponse:
    """The whole page, or for htmx the list with the counts beside it."""
    wanted, problems = filters.read(request.GET, view)
    after, before = (filters.mark_of(request.GET, name) for name in ("after", "before"))
    listening = {} if fragments.is_partial(request) else shell.live(request.viewer)
    found = tickets.queue(request.viewer, wanted, after=after, before=before, size=PAGE_SIZE)
    at_start = not (after or before) or found.previous is None
    context: dict[str, Any] = {
        **shell.shell(request, "tickets"),
        **listening,
        "view": view,
        "views": filters.VIEWS,
        "wanted": wanted,
        "problems": [*problems, *found.problems],
        "rows": found.rows,
        "next": filters.address(wanted, after=found.next) if found.next else None,
        "previous": filters.address(wanted, before=found.previous) if found.previous else None,
        "at_start": at_start,
        # With its mistakes, so that a live update does not take away the words about them.
        "here": request.get_full_path() if problems else filters.address(wanted, after=after, before=before),
        "start": filters.address(wanted),
        "bare": filters.bare(view),
        "counts": tickets.view_counts(request.viewer),
        **_filter_context(request, wanted),
        "empty": None if found.rows else filters.empty_words(view, wanted),
        "may_bulk": request.viewer.may_somewhere(tickets.access.BULK),
    }
    template = "agent/queue.html"
    if fragments.is_partial(request):
        nav = fragments.partial("#views", fragments.render_block(request, template, "views", context))
        return fragments.respond(request, fragments.render_block(request, template, "list", context), nav)
    return fragments.render(request, template, context)


def _filter_context(request: DeskRequest, wanted: tickets.QueueFilter) -> dict[str, Any]:
    choices = tickets.choices_of(request.viewer, [])
    options = filters.options(request.viewer)
    chips = filters.chips(request.viewer, wanted, options, choices.custom_fields)
    if fragments.is_partial(request):
        return {"chips": chips}
    return {
        "chips": chips,
        "chosen": filters.chosen(wanted),
        "more": filters.more(wanted),
        "options": options,
        "labels": dict(filters.FIELDS.values()),
        "status_options": filters.status_options(),
        "sort_options": filters.sort_options(),
        "custom": [field for field in choices.custom_fields if field.in_list],
        "control": custom_fields.control,
        "pairs": lambda words: [(word, word) for word in words],
    }


@desk_view
@require_GET
def jump(request: DeskRequest) -> HttpResponse:
    """#10042 in a search box leads to the ticket."""
    try:
        number = number_of(request.GET.get("number", ""))
        tickets.ticket_page(request.viewer, number)
    except (Invalid, NotFound):
        return as_toast(request, _("There is no ticket with this number, or you may not see it."), status=404)
    url = shell.ticket_url(number)
    return fragments.see_other(request, url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)
