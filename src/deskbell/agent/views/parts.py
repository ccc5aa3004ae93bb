"""What the ticket page is made of, and the answer after any change: its parts again, the composer untouched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from markupsafe import Markup

from deskbell.agent import context as choices
from deskbell.agent import conversation, custom_fields, drafts, shell
from deskbell.agent.guard import DeskRequest
from deskbell.agent.views import earlier
from deskbell.kernel.api import Viewer
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

TEMPLATE = "agent/ticket.html"
MOST_OPEN = 3 * tickets.PAGE  # messages in the newest part of an open page; beyond, it begins anew
PARTS = (("#ticket-head", "ticket_head"), ("#timeline", "timeline"), ("#ticket-context", "ticket_context"))
STATE_ICONS = {
    tickets.StateCategory.NEW: "circle",
    tickets.StateCategory.ACTIVE: "play",
    tickets.StateCategory.WAITING: "pause",
    tickets.StateCategory.RESOLVED: "check",
    tickets.StateCategory.CLOSED: "check-check",
    tickets.StateCategory.CANCELLED: "ban",
}


def ticket_context(
    request: DeskRequest, ticket_id: int, *, since: int | None = None, first: tickets.Place | None = None
) -> dict[str, Any]:
    """Everything the ticket page shows. since: the message up to which the page had been read when it was opened.

    first: where the newest part of the conversation begins on a page that is open. Raises NotFound.
    """
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)
    read_up_to = page.read_up_to if since is None else since
    part = _newest_part(viewer, page, first)
    entries = part.entries
    newest, author_id = conversation.newest(entries)
    return {
        **shell.shell(request, "tickets"),
        "page": page,
        "ticket": page.ticket,
        "may": {name.removeprefix("ticket.") for name in page.may},
        "days": conversation.by_day(
            entries, viewer, read_up_to=read_up_to, merges=page.merges, is_start=not part.has_earlier
        ),
        "first": part.first,
        "earlier": part.first if part.has_earlier else None,
        "until": None,
        "newest": max(newest, page.last_message_id),
        "newest_mine": author_id is not None and author_id == viewer.user_id,
        "since": read_up_to,
        "state_icons": STATE_ICONS,
        "back": shell.home_url(),
        **_properties(viewer, page),
    }


def _newest_part(viewer: Viewer, page: tickets.TicketPage, first: tickets.Place | None) -> tickets.TimelinePage:
    """What is new since the page was opened is added to what it shows, until that is too much."""
    if first is not None:
        found = tickets.timeline_page(
            viewer, page.ticket.pk, since=first, size=MOST_OPEN, is_seen=True, people=page.people
        )
        if not found.has_earlier:
            before = first if first != tickets.START else None
            return replace(found, first=first, has_earlier=before is not None)
    return tickets.timeline_page(viewer, page.ticket.pk, is_seen=True, people=page.people)


def _properties(viewer: Viewer, page: tickets.TicketPage) -> dict[str, Any]:
    ticket = page.ticket
    offered = tickets.choices_of(viewer, [], ticket.department_id)
    categories = [(each.id, each.trail) for each in offered.categories]
    if ticket.category_id is not None and all(pk != ticket.category_id for pk, _words in categories):
        categories.append((ticket.category_id, str(ticket.category)))
    return {
        "card": tickets.card_of(viewer, ticket, page.contact_points),
        "colleague_options": choices.colleagues(viewer, ticket),
        "team_options": choices.teams(viewer, ticket.department_id),
        "kind_options": [(each.code, str(each)) for each in offered.kinds],
        "category_options": categories,
        "impact_options": offered.impacts,
        "urgency_options": offered.urgencies,
        "matrix_priority_id": offered.matrix.get((ticket.impact, ticket.urgency)),
        "fields": custom_fields.drawn(
            [each.field for each in page.fields],
            {each.field.code: each.value for each in page.fields},
            viewer.time_zone,
        ),
    }


def changed(
    request: DeskRequest,
    ticket_id: int,
    *,
    fresh_composer: str | None = None,
    trigger: str | None = None,
    close_dialog: bool = False,
    since: int | None = None,
) -> HttpResponse:
    """All parts of the ticket page after a change. Without htmx: back to the page.

    fresh_composer: reply or note, to empty the composer in that mode after sending. The page says by a header
    where the newest part of its conversation begins, so that it begins there again.
    """
    if request.headers.get("HX-Request") != "true":
        return fragments.see_other(request, shell.ticket_url(ticket_id))
    first = tickets.Place.read(request.headers.get("X-Timeline-First", ""))
    context = ticket_context(request, ticket_id, since=since, first=first)
    html = [
        fragments.partial(target, fragments.render_block(request, TEMPLATE, block, context)) for target, block in PARTS
    ]
    if context["first"] != first:
        html.append(fragments.partial("#earlier", earlier.button(request, context), swap="innerHTML"))
    if fresh_composer:
        context |= drafts.composer(request.viewer, context["page"], mode=fresh_composer)
        block = fragments.render_block(request, "agent/composer.html", "composer", context)
        html.append(fragments.partial("#composer-dock", block, swap="outerHTML"))
    if close_dialog:
        html.append(fragments.partial("#dialog-slot", Markup(), swap="innerHTML"))
    return fragments.respond(request, *html, trigger=trigger)
