"""The first page: what to do next, and how the desk is doing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from deskbell.console import health, navigation, pages, steps
from deskbell.console.gate import READS, console_page, viewer_of
from deskbell.kernel.api import CHANGE_OPTIONS


@console_page(*navigation.ANY, methods=READS)
def overview(request: HttpRequest) -> HttpResponse:
    """Steps and health for whoever runs the whole desk; the others see where they can go."""
    viewer = viewer_of(request)
    runs_desk = viewer.may(CHANGE_OPTIONS)
    todo = steps.first_steps(viewer) if runs_desk else []
    context = {
        "steps": todo,
        "left": sum(1 for step in todo if not step.done),
        "signs": health.signs(viewer) if runs_desk else [],
    }
    return pages.render(request, viewer, "console/overview.html", context, block="health")
