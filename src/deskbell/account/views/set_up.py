"""One-time links: the first administrator sets the desk up, colleagues accept an invitation."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from deskbell.account.forms import NewPasswordForm, SetUpForm
from deskbell.account.rate_limits import limited
from deskbell.account.views.profile import add_problems
from deskbell.kernel.api import Invalid, NotFound
from deskbell.people import api as people
from deskbell.ui.fragments import render


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link; afterwards the person is signed in."""
    if (refused := limited(request, "signup")) is not None:
        return refused
    try:
        link = people.find_setup_link(token)
    except NotFound:
        return render(request, "account/link_too_old.html", status=404)
    if link.user is not None:
        return _invitation(request, token, link.user)
    return _first_administrator(request, token)


def _first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    language = translation.get_language() or "en"
    form = SetUpForm(request.POST or None, initial={"language": language, "time_zone": "UTC"})
    if request.method == "POST" and form.is_valid():
        try:
            user = people.accept_setup_link(token, people.FirstAdministrator(**form.cleaned_data))
        except Invalid as problem:
            add_problems(form, problem)
        else:
            return sign_in(request, user)
    return render(request, "account/set_up.html", {"form": form}, status=422 if form.errors else 200)


def _invitation(request: HttpRequest, token: str, user: people.User) -> HttpResponse:
    translation.activate(user.language)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.accept_invitation(token, form.cleaned_data["password"])
        except Invalid as problem:
            add_problems(form, problem)
        else:
            return sign_in(request, user)
    context = {"form": form, "person": user}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


def sign_in(request: HttpRequest, user: people.User) -> HttpResponse:
    """Sign in somebody who has just chosen a password; a second factor they have is still asked for."""
    if request.user.is_authenticated and request.user != user:
        get_adapter(request).logout(request)
    response: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user, email=user.email))
    return response
