"""Where people begin, and the list of their tickets."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from deskbell.portal.guard import PortalRequest, portal_view
from deskbell.portal.words import kind_words, next_step, state_words
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for
from deskbell.ui.fragments import render
from deskbell.ui.icons import drawings

ON_HOME = 6
LONGEST_SEARCH = 200


@require_safe
@portal_view
def home(request: PortalRequest) -> HttpResponse:
    """What can we help with, and how far the open tickets are."""
    page = tickets.customer_tickets(request.customer, size=ON_HOME)
    context = {
        "place": "home",
        "first_name": request.viewer.name.split(" ", 1)[0],
        "kinds": [_kind(kind) for kind in tickets.kinds(request.customer)],
        "rows": sorted(rows(page), key=lambda item: not item["row"].waits_for_me),
        "waiting": sum(row.waits_for_me for row in page.rows),
        "has_more": page.next is not None,
    }
    return render(request, "portal/home.html", context)


@require_safe
@portal_view
def listing(request: PortalRequest) -> HttpResponse:
    """The viewer's tickets, or those of their organisation where they may follow them."""
    query = request.GET
    follows = bool(request.customer.organisation_ids)
    scope = "organisation" if query.get("scope") == "organisation" and follows else "mine"
    state = query.get("state") if query.get("state") in {"open", "ended", "all"} else "open"
    text = query.get("q", "").replace("\x00", "")[:LONGEST_SEARCH]
    after = query.get("after")
    page = tickets.customer_tickets(request.customer, scope=scope, state=str(state), text=text, after=after)
    kept = {"scope": scope, "state": state, "q": text}
    context = {
        "place": scope,
        "state": state,
        "text": text,
        "scope": scope,
        "rows": rows(page),
        "problems": page.problems,
        "tabs": [
            {"label": label, "href": _address({**kept, "state": value}), "current": value == state}
            for value, label in (("open", _("Open")), ("ended", _("Done")), ("all", _("All")))
        ],
        "next": _address({**kept, "after": page.next}) if page.next else None,
        "first": _address(kept) if after else None,
    }
    return render(request, "portal/tickets.html", context, block="list")


def rows(page: tickets.CustomerTickets) -> list[dict[str, Any]]:
    """The rows of a list with what happens next."""
    return [
        {
            "row": row,
            "state": state_words(row.state, waits_for_me=row.waits_for_me),
            "next_step": next_step(row.state_category, waits_for_me=row.waits_for_me, department=row.department),
        }
        for row in page.rows
    ]


def _kind(kind: tickets.Kind) -> dict[str, str]:
    known = kind.icon if kind.icon in drawings() else "message-square-text"
    return {"code": kind.code, "words": kind_words(kind), "icon": known}


def _address(values: dict[str, Any]) -> str:
    kept = {name: value for name, value in values.items() if value and (name, value) != ("scope", "mine")}
    return f"{url_for('portal:tickets')}?{urlencode(kept)}"
