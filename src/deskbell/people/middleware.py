"""Who looks: `request.viewer`, and the language and time zone everything is shown in."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from deskbell.kernel.api import Viewer, newest_events, reference
from deskbell.people.access import viewer_for
from deskbell.people.models import User
from deskbell.people.sessions import SessionStore

Handler = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD")


class ViewerRequest(HttpRequest):
    """A request behind `viewer_middleware`, for the annotations of views.

    user: loaded for somebody signed in; an AnonymousUser otherwise, so ask `viewer.is_authenticated` first.
    """

    viewer: Viewer
    user: User


def signed_in(get_response: Handler) -> Handler:
    """Sets `request.user` as Django's own middleware does, of what the session's query brought along."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]
        return get_response(request)

    return middleware


def _user(request: HttpRequest) -> object:
    # Asked for before the session's own answer: nothing is read of a session until somebody looks into it.
    if SESSION_KEY not in request.session:
        return AnonymousUser()
    person = request.session.person() if isinstance(request.session, SessionStore) else None
    return person or get_user(request)


def viewer_middleware(get_response: Handler) -> Handler:
    """Sets `request.viewer` (built when first asked for) and activates the person's language and time zone.

    For anybody not signed in, the language stays what LocaleMiddleware took from Accept-Language, times are UTC.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.viewer = SimpleLazyObject(lambda: viewer_for(request.user))  # type: ignore[attr-defined]
        user = _user(request)
        if isinstance(user, User):
            request.user = user
            _activate(request, user)
        else:
            timezone.deactivate()
        if request.method not in READING:
            return get_response(request)
        # A page that reads takes the small tables and the end of the log as they stood when its session was read.
        session = request.session
        with (
            reference.held(getattr(session, "reference", None)),
            newest_events.held(getattr(session, "newest_events", None)),
        ):
            if isinstance(user, User):
                # No lazy object: what is kept by a viewer is found by comparing viewers.
                request.viewer = viewer_for(user)  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


def _activate(request: HttpRequest, user: User) -> None:
    translation.activate(user.language)
    request.LANGUAGE_CODE = translation.get_language() or user.language
    try:
        timezone.activate(zoneinfo.ZoneInfo(user.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        # The zone was renamed in a later tz database: times in UTC are right, if unfamiliar.
        timezone.deactivate()
