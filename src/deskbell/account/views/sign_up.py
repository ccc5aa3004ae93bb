"""Customers register themselves, where the desk allows it."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from deskbell.account.forms import NewPasswordForm, SignUpForm
from deskbell.account.rate_limits import limited
from deskbell.account.views.profile import add_problems
from deskbell.account.views.set_up import sign_in
from deskbell.kernel.api import Invalid
from deskbell.people import api as people
from deskbell.ui.fragments import render

SALT = "deskbell.account.sign_up"
LINK_AGE = 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for name and address. The answer is the same whether the address is known or not."""
    if not people.PORTAL_SIGN_UP.get():
        return render(request, "account/sign_up_closed.html", status=403 if request.method == "POST" else 200)
    if (refused := limited(request, "signup")) is not None:
        return refused
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address = people.normalise_email(form.cleaned_data["email"])
        except Invalid as problem:
            add_problems(form, problem)
        else:
            _send(request, form.cleaned_data["name"], address)
            return render(request, "account/sign_up_sent.html", {"address": address})
    return render(request, "account/sign_up.html", {"form": form}, status=422 if form.errors else 200)


def _send(request: HttpRequest, name: str, address: str) -> None:
    known = people.find_by_contact(people.ContactKind.EMAIL, address)
    if known is not None:
        link = request.build_absolute_uri(reverse("account_request_login_code"))
        people.mail_person(known, address, "account/mail/known_already.txt", {"link": link})
        return
    token = signing.dumps([name, address, translation.get_language() or "en"], salt=SALT)
    link = request.build_absolute_uri(reverse("account:finish_sign_up", args=[token]))
    people.mail_person(None, address, "account/mail/sign_up.txt", {"link": link, "name": name})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: choose a password and come in."""
    try:
        name, address, language = signing.loads(token, salt=SALT, max_age=LINK_AGE)
    except signing.BadSignature:
        return render(request, "account/link_too_old.html", status=404)
    if not people.PORTAL_SIGN_UP.get():
        return render(request, "account/sign_up_closed.html", status=403)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.register(name, address, form.cleaned_data["password"], language=language)
        except Invalid as problem:
            add_problems(form, problem)
        else:
            return sign_in(request, user)
    context = {"form": form, "address": address}
    return render(request, "account/finish_sign_up.html", context, status=422 if form.errors else 200)
