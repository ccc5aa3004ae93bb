"""Addresses and numbers of one's own. A link sent to an address proves that it is."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.account.guard import account_view
from deskbell.account.rate_limits import limited
from deskbell.account.views.profile import page
from deskbell.kernel.api import Invalid, NotFound
from deskbell.people import api as people
from deskbell.ui.fragments import render, see_other

SALT = "deskbell.account.address"
LINK_AGE = 24 * 3600  # seconds
PLACE = "/account/#contacts"


@require_POST
@account_view
def add(request: people.ViewerRequest) -> HttpResponse:
    """Add a number; to an address goes a link, and it is added when that is opened."""
    value = request.POST.get("value", "")
    kind = people.ContactKind.EMAIL if "@" in value else people.ContactKind.PHONE
    if (refused := limited(request, "manage_email")) is not None:
        return refused
    try:
        if kind == people.ContactKind.EMAIL:
            _send_link(request, people.claim_email(request.viewer, value))
        else:
            people.add_contact_point(request.viewer, request.user.pk, kind, value)
            messages.success(request, _("Added."))
    except Invalid as problem:
        return page(request, address_problem=str(problem), address_value=value[:320], status=422)
    return see_other(request, PLACE)


@require_POST
@account_view
def remove(request: people.ViewerRequest, point_id: int) -> HttpResponse:
    _own(request, point_id)
    try:
        people.remove_contact_point(request.viewer, point_id)
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Removed."))
    return see_other(request, PLACE)


@require_POST
@account_view
def primary(request: people.ViewerRequest, point_id: int) -> HttpResponse:
    _own(request, point_id)
    try:
        people.make_primary(request.viewer, point_id)
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Saved."))
    return see_other(request, PLACE)


@require_POST
@account_view
def send_confirmation(request: people.ViewerRequest, point_id: int) -> HttpResponse:
    if (refused := limited(request, "manage_email")) is not None:
        return refused
    _send_link(request, _own(request, point_id).value)
    return see_other(request, PLACE)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link: a button confirms, because mail scanners follow links too."""
    visitor = cast("people.ViewerRequest", request)
    try:
        user_id, address = signing.loads(token, salt=SALT, max_age=LINK_AGE)
    except signing.BadSignature:
        return render(request, "account/link_too_old.html", status=404)
    # Only who asked for the link: the owner of the address, pressing the button, would give it to whoever did.
    if visitor.viewer.user_id is None:
        return redirect_to_login(request.get_full_path())
    if visitor.viewer.user_id != user_id:
        messages.error(request, _("This link was asked for from another account. Sign in there and open it again."))
        return see_other(request, PLACE)
    if request.method == "POST":
        _confirm(visitor, address)
        return see_other(request, PLACE)
    return render(request, "account/confirm_address.html", {"address": address})


def _confirm(request: people.ViewerRequest, address: str) -> None:
    try:
        people.add_contact_point(request.viewer, request.user.pk, people.ContactKind.EMAIL, address, verified=True)
    except Invalid as problem:
        messages.error(request, str(problem))
        return
    people.confirm_email(request.viewer, request.user.pk, address)
    messages.success(request, _("%(address)s is confirmed.") % {"address": address})


def _own(request: people.ViewerRequest, point_id: int) -> people.ContactPoint:
    point = request.user.contact_points.filter(pk=point_id).first()
    if point is None:
        raise NotFound
    return point


def _send_link(request: people.ViewerRequest, address: str) -> None:
    token = signing.dumps([request.user.pk, address], salt=SALT)
    link = request.build_absolute_uri(reverse("account:confirm_address", args=[token]))
    people.mail_person(request.user, address, "account/mail/confirm_address.txt", {"link": link})
    messages.info(request, _("A link went to %(address)s. Open it to confirm the address.") % {"address": address})
