"""Who may enter the desk, and what a refusal looks like: a page, or for htmx a toast that leaves the page alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from deskbell.kernel.api import Conflict, DeskbellError, Invalid, NotAllowed, NotFound, Viewer
from deskbell.ui import fragments

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate["DeskRequest", Parameters], HttpResponseBase]

STATUS: dict[type[DeskbellError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}


class DeskRequest(HttpRequest):
    """A request of somebody who works on this side of the desk (`people.middleware` sets the viewer)."""

    viewer: Viewer


def desk_view(view: View[Parameters]) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
    """Let only agents in, and answer the domain's refusals.

    Nobody signed in: to the sign-in page and back. A customer: to the portal. NotFound, NotAllowed, Conflict and
    Invalid become 404, 403, 409 and 422 with words that say what to do.
    """

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        desk_request = cast("DeskRequest", request)
        viewer = desk_request.viewer
        if not viewer.is_authenticated:
            return _to_sign_in(request)
        if not viewer.is_agent:
            return _elsewhere(request, resolve_url("portal:tickets") if _has("portal:tickets") else "/portal/")
        try:
            response = view(desk_request, *args, **kwargs)
        except DeskbellError as error:
            response = refusal(desk_request, error)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return inner


def refusal(request: HttpRequest, error: DeskbellError) -> HttpResponse:
    """The answer to a refusal. htmx gets a toast, so that nothing typed on the page is lost."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
    if wants_json(request):
        return JsonResponse({"error": str(error), "fields": _words(error)}, status=status)
    if request.headers.get("HX-Request") == "true":
        return as_toast(request, str(error), status=status)
    from deskbell.agent.shell import shell  # shell needs our request type

    return fragments.render(
        request,
        "agent/refusal.html",
        {
            **shell(cast("DeskRequest", request), ""),
            "status": status,
            "title": _title(error),
            "advice": str(error),
            "fields": _words(error),
        },
        status=status,
    )


def as_toast(request: HttpRequest, text: str, *, status: int, level: str = "error") -> HttpResponse:
    """An answer that only adds a toast, whatever the page asked for."""
    html = fragments.render_block(request, "agent/toast.html", "toast", {"text": text, "level": level})
    response = HttpResponse(html, status=status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    response["HX-Push-Url"] = "false"
    response["HX-Replace-Url"] = "false"
    return response


def wants_json(request: HttpRequest) -> bool:
    """Our scripts that keep drafts and uploads ask for JSON."""
    return request.headers.get("Accept", "").startswith("application/json")


def _words(error: DeskbellError) -> dict[str, str]:
    return {name: str(text) for name, text in error.fields.items()} if isinstance(error, Invalid) else {}


def _title(error: DeskbellError) -> str:
    if isinstance(error, NotFound):
        return _("There is nothing here for you")
    if isinstance(error, NotAllowed):
        return _("Your role does not allow this")
    if isinstance(error, Conflict):
        return _("Somebody was faster")
    return _("That could not be done")


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true" or wants_json(request):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = redirect_to_login(_page_of(request), settings.LOGIN_URL).url
        return response
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)


def _page_of(request: HttpRequest) -> str:
    """The address of the page that asked, so that signing in leads back to it and not to its fragment."""
    current = request.headers.get("HX-Current-URL", "")
    origin = request.build_absolute_uri("/")
    return "/" + current.removeprefix(origin) if current.startswith(origin) else "/desk/"


def _elsewhere(request: HttpRequest, url: str) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=403)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)


def _has(name: str) -> bool:
    from django.urls import NoReverseMatch, reverse

    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
