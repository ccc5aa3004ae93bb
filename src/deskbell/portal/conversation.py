"""The conversation as the portal draws it: the newest part, and what stands before it on request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from markupsafe import Markup

from deskbell.kernel.api import NotFound
from deskbell.portal.guard import PortalRequest
from deskbell.portal.show import as_html, is_mail
from deskbell.tickets import api as tickets
from deskbell.ui import fragments
from deskbell.ui.addresses import url_for

MOST_OPEN = 3 * tickets.PAGE  # messages in the newest part of an open page; beyond, it begins anew
BEHIND = 25  # messages shown behind one that a link leads to
TEMPLATE = "portal/entries.html"


def newest(request: PortalRequest, row: tickets.Ticket) -> dict[str, Any]:
    """The newest part. A page that is open says with `?first=` where it begins, so that nothing falls out of it."""
    first = tickets.Place.read(request.GET.get("first", ""))
    found = None
    if first is not None:
        found = _page(request, row.pk, since=first, size=MOST_OPEN)
        found = None if found.has_earlier else replace(found, first=first, has_earlier=first != tickets.START)
    if found is None:
        found = _page(request, row.pk)
    return {
        "entries": [_entry(request, entry) for entry in found.entries],
        "first": found.first,
        "earlier": None,
        "until": None,
        "before_newest": _before(request, row, found.first) if found.has_earlier else "",
    }


def part(request: PortalRequest, row: tickets.Ticket) -> HttpResponse:
    """The messages before `before`, not beyond `until`. Without htmx: the page around the first that it showed."""
    before = tickets.Place.read(request.GET.get("before", ""))
    if before is None:
        raise NotFound
    if request.headers.get("HX-Request") != "true":
        return fragments.see_other(request, f"{url_for('portal:ticket', row.pk)}?message={before.message}")
    until = tickets.Place.read(request.GET.get("until", ""))
    return fragments.respond(request, _drawn(request, row, before, until))


def _before(request: PortalRequest, row: tickets.Ticket, first: tickets.Place) -> Markup:
    """A button, and what is around the message the page was opened for when it is an older one."""
    text = request.GET.get("message", "")
    message_id = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004  (bigint)
    if message_id is None or message_id >= first.message:
        return _button(request, row, first, None)
    try:
        end = tickets.place_after(request.customer, row.pk, message_id, messages=BEHIND, as_customer=True)
    except NotFound:
        return _button(request, row, first, None)
    if end is None or end.message >= first.message:
        return _drawn(request, row, first, None)
    return _drawn(request, row, end, None) + _button(request, row, first, end)


def _button(request: PortalRequest, row: tickets.Ticket, before: tickets.Place, until: tickets.Place | None) -> Markup:
    context = {"ticket": row, "entries": [], "earlier": before, "until": until}
    return fragments.render_block(request, TEMPLATE, "part", context)


def _drawn(request: PortalRequest, row: tickets.Ticket, before: tickets.Place, until: tickets.Place | None) -> Markup:
    found = _page(request, row.pk, before=before, since=until or tickets.START)
    context = {
        "ticket": row,
        "entries": [_entry(request, entry) for entry in found.entries],
        "earlier": found.first if found.has_earlier else None,
        "until": until,
        "pictures": 0,
    }
    return fragments.render_block(request, TEMPLATE, "part", context)


def _page(request: PortalRequest, ticket_id: int, **wanted: Any) -> tickets.TimelinePage:
    return tickets.timeline_page(request.customer, ticket_id, as_customer=True, is_seen=True, **wanted)


def _entry(request: PortalRequest, entry: tickets.TimelineEntry) -> dict[str, Any]:
    message = entry.message
    if message is None:
        return {"at": entry.at, "message": None, "changes": entry.changes}
    mine = message.author_id == request.viewer.user_id
    shown = [each for each in message.attachments.all() if not each.is_inline]
    framed = is_mail(message)
    return {
        "at": entry.at,
        "message": message,
        "mine": mine,
        "author": "" if message.author is None else message.author.name,
        "framed": framed,
        "html": None if framed else as_html(message),
        "attachments": shown,
    }
