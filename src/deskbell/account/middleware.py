"""A second factor where the desk requires one, and when a session was last used."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.kernel.api import clock
from deskbell.kernel.rest import problems
from deskbell.people import api as people
from deskbell.ui.fragments import see_other

Handler = Callable[[HttpRequest], HttpResponseBase]
SEEN = "deskbell_seen"
SEEN_EVERY = 300  # seconds
HAS_FACTOR = "deskbell_second_factor"
ACCOUNT = "/account/"
API = "/api/v1/"
OPEN = (ACCOUNT, settings.STATIC_URL, "/healthz", "/readyz")


def session_activity(get_response: Handler) -> Handler:
    """Writes down where a session is used from, at most every five minutes and not with every request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "_auth_user_id" in request.session and request.user.is_authenticated:
            moment = int(clock.now().timestamp())
            if moment - request.session.get(SEEN, 0) >= SEEN_EVERY or moment < request.session.get(SEEN, 0):
                request.session[SEEN] = moment
                UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def require_second_factor(get_response: Handler) -> Handler:
    """Takes agents without a second factor to its set-up, when the desk requires one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "_auth_user_id" in request.session and not request.path.startswith(OPEN) and lacks_required_factor(request):
            if request.path.startswith(API):
                return problems.respond(problems.SECOND_FACTOR)
            messages.warning(request, _("Your desk asks for a second factor. Set one up to go on."))
            return see_other(request, reverse("mfa_index"))
        return get_response(request)

    return middleware


def lacks_required_factor(request: HttpRequest) -> bool:
    """Whether the desk asks this person for a second factor that they have not set up."""
    if request.session.get(HAS_FACTOR):
        return False
    viewer = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_agent or not people.REQUIRE_SECOND_FACTOR.get():
        return False
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    if Authenticator.objects.filter(user_id=viewer.user_id, type__in=types).exists():
        # Kept with the session, so that a page costs no further query; `receivers` takes it away with the factor.
        request.session[HAS_FACTOR] = True
        return False
    return True
