"""Searching everything: tickets in any state by their text and people, and people themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from deskbell.agent import shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import text_of
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

MOST_TICKETS = 30
MOST_PEOPLE = 6


@desk_view
@require_GET
def search(request: DeskRequest) -> HttpResponse:
    """`?q=`: words, or #10042, which leads straight to the ticket."""
    text = text_of(request.GET, "q", 400).strip()
    if text.startswith("#") and not fragments.is_partial(request):
        number = tickets.jump_to(request.viewer, text)
        if number is not None:
            return fragments.see_other(request, shell.ticket_url(number))
    context = {
        **shell.shell(request, "search"),
        "text": text,
        "rows": tickets.search_tickets(request.viewer, text, MOST_TICKETS) if text else [],
        "found_people": people.suggest_people(request.viewer, text, limit=MOST_PEOPLE) if text else [],
    }
    return fragments.render(request, "agent/search.html", context, block="results")
