"""Changing the state: at once where nothing is asked, through a dialog where a guard needs words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import id_of, in_days, moment_of, text_of, whole_number_of
from deskbell.agent.views import dialogs
from deskbell.kernel.api import Invalid, clock
from deskbell.tickets import api as tickets

USUAL_FOLLOW_UP = 3  # days ahead that the dialog proposes


@desk_view
@require_http_methods(["GET", "POST"])
def state(request: DeskRequest, ticket_id: int, code: str) -> HttpResponse:
    """Take the ticket to the state `code`."""
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)
    step = next((step for step in page.next_states if step.state.code == code), None)
    if step is None and request.method == "GET":
        raise Invalid(_("A ticket cannot go there from its present state."))

    def change() -> None:
        values: dict[str, Any] = {
            "waiting_reason_id": id_of(request.POST, "waiting_reason"),
            "follow_up_at": moment_of(request.POST, "follow_up_at", viewer.time_zone),
            "resolution": text_of(request.POST, "resolution", 20_000),
            "reason": text_of(request.POST, "reason", 300),
        }
        tickets.change_state(
            viewer, ticket_id, code, **values, seen_version=whole_number_of(request.POST, "seen_version")
        )

    return dialogs.form(
        request,
        ticket_id,
        "state",
        {
            "ticket": page.ticket,
            "step": step,
            "target": step.state if step else None,
            "waiting_reasons": [(each.pk, str(each)) for each in tickets.form_choices(viewer).waiting_reasons],
            "usual_follow_up": in_days(clock.now(), USUAL_FOLLOW_UP, viewer.time_zone),
            "tomorrow": in_days(clock.now(), 1, viewer.time_zone),
        },
        change,
    )
