"""The door of the portal: anybody signed in, seen as a person who asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from deskbell.kernel.api import Conflict, DeskbellError, Invalid, NotAllowed, NotFound, Viewer
from deskbell.people import api as people
from deskbell.ui import fragments

Parameters = ParamSpec("Parameters")
STATUS: dict[type[DeskbellError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}


class PortalRequest(people.ViewerRequest):
    """customer: the viewer without any role; the only one the portal reads and acts with."""

    customer: Viewer


View = Callable[Concatenate[PortalRequest, Parameters], HttpResponseBase]


def as_customer(viewer: Viewer) -> Viewer:
    """The same person without their roles: colleagues use the portal for their own matters."""
    return Viewer(
        user_id=viewer.user_id,
        name=viewer.name,
        organisation_ids=viewer.organisation_ids,
        language=viewer.language,
        time_zone=viewer.time_zone,
    )


def portal_view(view: View[Parameters]) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
    """Send strangers to sign-in and back, and turn refusals of the domain into pages with their status."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        asked = cast("PortalRequest", request)
        if asked.viewer.user_id is None:
            return _to_sign_in(request)
        asked.customer = as_customer(asked.viewer)
        try:
            response = view(asked, *args, **kwargs)
        except DeskbellError as error:
            response = refusal(asked, error)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return inner


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=401)
        response["HX-Redirect"] = redirect_to_login("/portal/").url
        return response
    return redirect_to_login(request.get_full_path())


def refusal(request: PortalRequest, error: DeskbellError) -> HttpResponse:
    """The page of a refusal; JSON for our own scripts."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": str(error)}, status=status)
    titles = {
        404: _("There is no such ticket among yours"),
        403: _("This is not open to you"),
        409: _("Something changed meanwhile"),
    }
    advice = _("It may belong to another address of yours, or the link is mistyped.") if status == 404 else str(error)  # noqa: PLR2004
    context = {"title": titles.get(status, _("This could not be done")), "advice": advice, "place": ""}
    return fragments.render(request, "portal/refusal.html", context, status=status)
