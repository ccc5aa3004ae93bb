"""Drawing a page of the console, or one block of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from deskbell.console import navigation
from deskbell.kernel.api import Viewer
from deskbell.ui import fragments


def render(
    request: HttpRequest,
    viewer: Viewer,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with its navigation; for htmx, when `block` is given, that block alone."""
    view_name = request.resolver_match.url_name or "" if request.resolver_match else ""
    frame: dict[str, Any] = {
        "viewer": viewer,
        "overview_place": navigation.OVERVIEW,
        "nav_groups": navigation.groups_for(viewer),
        "is_current": lambda place: navigation.is_current(place, view_name),
        "screen": "nav" if request.GET.get("screen") == "nav" else "main",
    }
    return fragments.render(request, template, {**frame, **(context or {})}, block=block, status=status)


def form_page(
    request: HttpRequest, viewer: Viewer, template: str, context: Mapping[str, Any], *, form: Any
) -> HttpResponse:
    """A page with a form: 422 when the form came back with errors, so that no client takes it for success."""
    return render(request, viewer, template, {**context, "form": form}, status=422 if form.errors else 200)


def done(request: HttpRequest, url: str, text: str) -> HttpResponse:
    """Say what was done and go on."""
    messages.success(request, text)
    return fragments.see_other(request, url)


def not_done(request: HttpRequest, url: str, text: str) -> HttpResponse:
    """Say what was refused and why, and go on."""
    messages.error(request, text)
    return fragments.see_other(request, url)
