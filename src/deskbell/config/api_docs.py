"""The pages about the REST API: its documentation to try out, and what each problem means."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from deskbell.config.rest import PREFIX
from deskbell.kernel.rest import api as rest
from deskbell.ui.fragments import render


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """For people signed in: what they try out is done with their own rights, or with a token they paste."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(request, "api/docs.html", {"document": PREFIX + rest.DOCUMENT})


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Open to anybody: `type` of each problem leads here, also from a program's log."""
    kinds = sorted(rest.problem_kinds, key=lambda kind: kind.status)
    return render(request, "api/problems.html", {"kinds": kinds})
