"""What every page of the desk carries: places in the rail, the account menu, live topics."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch

from deskbell.agent.guard import DeskRequest
from deskbell.kernel.api import Viewer
from deskbell.live import api as live_updates
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.ui import addresses

# Places of administration, by the permission that opens one of them.
ADMINISTRATION = ("desk.configure", "tickets.configure", "channels.configure", people.MANAGE_ROLES,
                  people.MANAGE_DEPARTMENTS)  # fmt: skip
SCREENS = ("main", "nav", "context")  # what a phone shows of a page
MOST_TOPICS = 60  # live.topics takes 64


def shell(request: DeskRequest, place: str) -> dict[str, Any]:
    """Context of agent/frame.html. place: tickets, people or search."""
    viewer = request.viewer
    return {
        "viewer": viewer,
        "place": place,
        "screen": request.GET.get("screen") if request.GET.get("screen") in SCREENS else "main",
        "may_administer": any(viewer.may_somewhere(permission) for permission in ADMINISTRATION),
        "may_create": viewer.may_somewhere(tickets.access.CREATE),
        "may_see_people": viewer.may_somewhere(people.SEE_PEOPLE),
        "links": {name: address(target) for name, target in _LINKS.items()},
    }


_LINKS = {"profile": "account:profile", "sign_out": "account_logout", "administration": "console:overview"}
_FALLBACKS = {"account:profile": "/account/", "account_logout": "/account/logout/", "console:overview": "/admin/"}


def address(name: str) -> str:
    """The address of a page of another surface, found by name so that no package imports another."""
    try:
        return addresses.url_for(name)
    except NoReverseMatch:
        return _FALLBACKS[name]


def ticket_url(ticket_id: int) -> str:
    return addresses.url_for("agent:ticket", ticket_id)


def topics(viewer: Viewer) -> str:
    """Live topics of the lists: the departments the viewer sees, their restricted tickets, and what concerns them."""
    everywhere: list[int] = []
    seen, restricted = viewer.departments_with(tickets.access.SEE), viewer.departments_with(tickets.access.RESTRICTED)
    if seen is None or restricted is None:
        everywhere = [each.pk for each in people.known_departments().values() if each.is_active]
    departments = sorted(everywhere if seen is None else seen)
    trusted = frozenset(everywhere if restricted is None else restricted)
    found = [f"user:{viewer.user_id}"] if viewer.user_id is not None else []
    for pk in departments:
        found += [f"department:{pk}", f"restricted:{pk}"] if pk in trusted else [f"department:{pk}"]
    return ",".join(found[:MOST_TOPICS])


def home_url() -> str:
    return addresses.url_for("agent:home")


def live(viewer: Viewer, *more: str) -> dict[str, Any]:
    """Topics of a page, and the position in the log from which it listens; asked before anything else is read."""
    return {"topics": ",".join(more) if more else topics(viewer), "last_event": str(live_updates.position())}
