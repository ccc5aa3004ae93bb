"""People and organisations as agents see them: read here, changed in the administration."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from deskbell.agent import shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import text_of
from deskbell.kernel.api import Viewer
from deskbell.people import api as directory
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

SUGGESTIONS = 8
HISTORY = 50  # tickets on a person's page


@desk_view
@require_GET
def suggest(request: DeskRequest) -> HttpResponse:
    """People by name or address for pickers and recipients, as JSON."""
    text = text_of(request.GET, "q", 200).strip()
    found = directory.suggest_people(request.viewer, text, limit=SUGGESTIONS, agents_only="agents" in request.GET)
    return JsonResponse(
        {
            "people": [
                {
                    "id": person.pk,
                    "name": str(person),
                    "address": person.email or "",
                    "detail": person.organisation.name if person.organisation else "",
                }
                for person in found
            ]
        }
    )


@desk_view
@require_GET
def people(request: DeskRequest) -> HttpResponse:
    """People outside, colleagues, organisations: found by name, address or number."""
    text = text_of(request.GET, "q", 200).strip()
    kind = request.GET.get("kind", "contacts")
    kind = kind if kind in {"contacts", "agents", "organisations"} else "contacts"
    after = text_of(request.GET, "after", 400) or None
    if kind == "organisations":
        found: Any = directory.list_organisations(request.viewer, text, after=after)
    else:
        found = directory.list_people(request.viewer, text, kind=kind, after=after)
    context = {**shell.shell(request, "people"), "found": found, "text": text, "kind": kind}
    return fragments.render(request, "agent/people.html", context, block="list")


@desk_view
@require_GET
def person(request: DeskRequest, user_id: int) -> HttpResponse:
    """Who somebody is, and what they asked on all channels, as far as the viewer may see it."""
    found = directory.person(request.viewer, user_id)
    context = {
        **shell.shell(request, "people"),
        "person": found,
        "absences": directory.absences(request.viewer, user_id),
        **_history(request.viewer, requesters=(user_id,)),
    }
    return fragments.render(request, "agent/person.html", context)


@desk_view
@require_GET
def organisation(request: DeskRequest, organisation_id: int) -> HttpResponse:
    found = directory.organisation(request.viewer, organisation_id)
    context = {
        **shell.shell(request, "people"),
        "organisation": found,
        "people": directory.list_people(request.viewer, organisation_id=organisation_id),
        **_history(request.viewer, organisations=(organisation_id,)),
    }
    return fragments.render(request, "agent/organisation.html", context)


def _history(viewer: Viewer, **who: tuple[int, ...]) -> dict[str, Any]:
    wanted = tickets.QueueFilter().but(state_categories=(), **who)
    found = tickets.queue(viewer, wanted, size=HISTORY)
    return {"rows": found.rows, "more": found.next is not None}
