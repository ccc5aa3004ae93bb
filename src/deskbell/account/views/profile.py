"""Preferences: who I am, how I want to see things, when I work."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.account.forms import AbsenceForm, ProfileForm
from deskbell.account.guard import account_view
from deskbell.account.week import read_week, week_rows
from deskbell.kernel.api import Invalid
from deskbell.people import api as people
from deskbell.ui.fragments import render, see_other

FIELDS = ("name", "language", "time_zone", "theme", "density")


@require_http_methods(["GET", "HEAD", "POST"])
@account_view
def profile(request: people.ViewerRequest) -> HttpResponse:
    """Show the preferences, or save the first card of them."""
    if request.method != "POST":
        return page(request, form=ProfileForm(initial={name: getattr(request.user, name) for name in FIELDS}))
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            people.update_preferences(request.viewer, **cast("Any", form.cleaned_data))
        except Invalid as problem:
            add_problems(form, problem)
        else:
            messages.success(request, _("Saved."))
            response = see_other(request, request.path)
            # The cookie of the theme switch would otherwise disagree on pages before sign-in.
            response.set_cookie("theme", form.cleaned_data["theme"], max_age=31536000, samesite="Lax")
            return response
    return page(request, form=form, status=422)


@require_POST
@account_view
def working_hours(request: people.ViewerRequest) -> HttpResponse:
    try:
        people.update_preferences(request.viewer, working_hours=read_week(request.POST))
    except Invalid as problem:
        return page(request, week_problem=str(problem), status=422)
    messages.success(request, _("Saved."))
    return see_other(request, "/account/#hours")


def to_profile(_request: HttpRequest, _key: str = "") -> HttpResponse:
    """Addresses of django-allauth whose part is done by the preferences."""
    return redirect("account:profile")


def page(request: people.ViewerRequest, *, status: int = 200, **parts: Any) -> HttpResponse:
    """The preferences with one of their forms filled in by the caller."""
    viewer, user = request.viewer, request.user
    context: dict[str, Any] = {
        "place": "profile",
        "form": ProfileForm(initial={name: getattr(user, name) for name in FIELDS}),
        "points": list(user.contact_points.order_by("kind", "-is_primary", "pk")),
        "address_problem": "",
        "address_value": "",
        "is_agent": viewer.is_agent,
        "absences": people.absences(viewer, user.pk) if viewer.is_agent else [],
        "absence_form": AbsenceForm(),
        "week": week_rows(request.POST if "week_problem" in parts else user.working_hours),
        "week_problem": "",
    }
    return render(request, "account/profile.html", context | parts, status=status)


def add_problems(form: Any, problem: Invalid) -> None:
    """Put what an action refused beside the fields of the form."""
    for name, text in problem.fields.items():
        form.add_error(name if name in form.fields else None, str(text))
    if not problem.fields:
        form.add_error(None, str(problem))
