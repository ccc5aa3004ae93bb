"""Finding in a moment: the box in the head of every page of the desk, and the page with everything found."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from deskbell.agent import shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.search import api as engine
from deskbell.tickets import api as tickets
from deskbell.ui import finding, fragments
from deskbell.ui.addresses import url_for


@desk_view
@require_GET
def search(request: DeskRequest) -> HttpResponse:
    """`?q=`: words, filters, or a number, which leads to its ticket; `in`: one kind of record; `after`: paging."""
    asked = finding.read(request.GET, request.viewer, engine.DESK, url_for("agent:search"))
    if not asked.only and not fragments.is_partial(request):
        number = tickets.jump_to(request.viewer, asked.text)
        if number is not None:
            return fragments.see_other(request, shell.ticket_url(number))
    return fragments.render(
        request, "agent/search.html", {**shell.shell(request, "search"), "finding": asked}, block="results"
    )


@desk_view
@require_GET
def box(request: DeskRequest) -> HttpResponse:
    """The list under the box, for what was typed so far."""
    asked = finding.read(request.GET, request.viewer, engine.DESK, url_for("agent:search"), size=finding.IN_BOX)
    return fragments.render(request, "ui/finding_list.html", {"finding": asked})
