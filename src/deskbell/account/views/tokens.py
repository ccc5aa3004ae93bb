"""API tokens of one's own: made, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deskbell.account.forms import TokenForm
from deskbell.account.guard import account_view
from deskbell.account.middleware import lacks_required_factor
from deskbell.account.views.profile import add_problems
from deskbell.kernel.api import Invalid, NotAllowed, clock, scopes
from deskbell.people import api as people
from deskbell.ui.fragments import render, see_other

NOTICE = gettext_lazy("An API token was made for your account.")


@require_safe
@account_view
def tokens(request: people.ViewerRequest) -> HttpResponse:
    """What programs may act for this person with."""
    mine = people.own_tokens(request.viewer)
    context = {
        "place": "tokens",
        "working": [token for token in mine if token.works()],
        "ended": [token for token in mine if not token.works()],
        "may_make": people.may_make_tokens(request.viewer),
        "scope_labels": {scope.name: scope.label for scope in scopes},
    }
    return render(request, "account/tokens.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@account_view
def new_token(request: people.ViewerRequest) -> HttpResponse:
    """Whoever sits down at somebody else's open browser must not leave with a key: sign-in is asked again."""
    if not people.may_make_tokens(request.viewer):
        raise NotAllowed
    if lacks_required_factor(request):
        messages.warning(request, _("Your desk asks for a second factor. Set one up to go on."))
        return see_other(request, reverse("mfa_index"))
    return cast("HttpResponse", _new_token(request))


@reauthentication_required  # type: ignore[untyped-decorator]
def _new_token(request: people.ViewerRequest) -> HttpResponse:
    form = TokenForm(request.POST or None, longest=people.LONGEST_TOKEN_LIFE.get())
    if request.method == "POST" and form.is_valid():
        made = _make(request, form)
        if made is not None:
            token, secret = made
            # Shown in the answer itself, not kept in the session: it stands nowhere else.
            return render(request, "account/token_made.html", {"place": "tokens", "token": token, "secret": secret})
    context = {"place": "tokens", "form": form}
    return render(request, "account/token_new.html", context, status=422 if form.errors else 200)


def _make(request: people.ViewerRequest, form: TokenForm) -> tuple[people.ApiToken, str] | None:
    values: dict[str, Any] = form.cleaned_data
    days = int(values["days"])
    ends = clock.now() + timedelta(days=days) if days else None
    try:
        made = people.create_token(request.viewer, values["name"], values["scopes"], ends)
    except Invalid as problem:
        names = {"expires_at": "days"}
        add_problems(form, Invalid(problem.message, fields={names.get(k, k): v for k, v in problem.fields.items()}))
        return None
    _tell(request)
    return made


def _tell(request: people.ViewerRequest) -> None:
    """As with every change of how somebody signs in: whoever did not do it learns of it."""
    if request.user.email:
        place = request.build_absolute_uri(reverse("account:tokens"))
        details = {"notice": NOTICE, "ip": get_adapter(request).get_client_ip(request), "link": place}
        people.mail_person(request.user, request.user.email, "account/mail/notice.txt", details)


@require_POST
@account_view
def revoke_token(request: people.ViewerRequest, token_id: int) -> HttpResponse:
    token = people.revoke_token(request.viewer, token_id)
    text = _("“%(name)s” is revoked. Programs that use it are refused from now on.")
    messages.success(request, text % {"name": token.name})
    return see_other(request, reverse("account:tokens"))
