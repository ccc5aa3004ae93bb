"""What stands before the newest part of a conversation: fetched a part at a time, or around one message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from markupsafe import Markup

from deskbell.agent import conversation, shell
from deskbell.agent.guard import DeskRequest
from deskbell.kernel.api import NotFound
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

TEMPLATE = "agent/earlier.html"
BEHIND = 25  # messages shown behind one that a link leads to


def part(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The messages before `before`, not beyond `until`, under a button for those before them.

    Without htmx: the page, around the first message that it showed.
    """
    before = tickets.Place.read(request.GET.get("before", ""))
    if before is None:
        raise NotFound
    if request.headers.get("HX-Request") != "true":
        return fragments.see_other(request, f"{shell.ticket_url(ticket_id)}?message={before.message}")
    until = tickets.Place.read(request.GET.get("until", ""))
    page = tickets.ticket_page(request.viewer, ticket_id)
    return fragments.respond(request, _drawn(request, page, before, until))


def before_newest(request: DeskRequest, context: Mapping[str, Any], message_id: int | None) -> Markup:
    """What a page opens with above the newest part: a button, and what is around the message it was opened for."""
    newest: tickets.Place | None = context["earlier"]
    if newest is None or message_id is None or message_id >= newest.message:
        return button(request, context)
    page: tickets.TicketPage = context["page"]
    try:
        end = tickets.place_after(request.viewer, page.ticket.pk, message_id, messages=BEHIND)
    except NotFound:
        return button(request, context)
    if end is None or end.message >= newest.message:
        return _drawn(request, page, newest, None)
    return _drawn(request, page, end, None) + button(request, {**context, "until": end})


def button(request: DeskRequest, context: Mapping[str, Any]) -> Markup:
    return fragments.render_block(request, TEMPLATE, "button", context)


def _drawn(
    request: DeskRequest, page: tickets.TicketPage, before: tickets.Place, until: tickets.Place | None
) -> Markup:
    found = tickets.timeline_page(
        request.viewer, page.ticket.pk, before=before, since=until or tickets.START, is_seen=True
    )
    days = conversation.by_day(
        found.entries, request.viewer, read_up_to=None, merges=page.merges, is_start=not found.has_earlier and not until
    )
    context = {
        "ticket": page.ticket,
        "may": {name.removeprefix("ticket.") for name in page.may},
        "days": days,
        "earlier": found.first if found.has_earlier else None,
        "until": until,
    }
    return fragments.render_block(request, TEMPLATE, "part", context)
