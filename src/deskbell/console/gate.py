"""Who may open a page of the console, and how a refusal of the domain becomes an answer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from deskbell.console import pages
from deskbell.kernel.api import Conflict, DeskbellError, Invalid, NotAllowed, NotFound, Viewer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

READS = ("GET", "HEAD")
READS_AND_WRITES = ("GET", "HEAD", "POST")
WRITES = ("POST",)

_STATUS: dict[type[DeskbellError], int] = {NotFound: 404, NotAllowed: 403, Conflict: 409, Invalid: 422}


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer that the middleware put on the request."""
    return cast("Viewer", request.viewer)  # type: ignore[attr-defined]  # set by people.middleware


def may_open(viewer: Viewer, needs: Sequence[str], *, desk_wide: bool) -> bool:
    """Whether one of the permissions is held: on the desk as a whole, or in any department."""
    return any(viewer.may(name) if desk_wide else viewer.may_somewhere(name) for name in needs)


def console_page(
    *needs: str, desk_wide: bool = False, methods: tuple[str, ...] = READS_AND_WRITES
) -> Callable[[View[P]], View[P]]:
    """Open a view to whoever holds one of `needs`; desk_wide: held everywhere, not in one department only.

    Nobody signed in is asked to sign in; people without a role see the desk's 403; colleagues without the
    permission see the page's frame with what is missing. Refusals of the domain are drawn the same way.
    """

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = viewer_of(request)
            if not viewer.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not viewer.is_agent:
                raise PermissionDenied
            if not may_open(viewer, needs, desk_wide=desk_wide):
                return refused(request, NotAllowed())
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            try:
                return view(request, *args, **kwargs)
            except DeskbellError as error:
                return refused(request, error)

        functools.update_wrapper(guarded, view)
        return guarded

    return decorate


def refused(request: HttpRequest, error: DeskbellError) -> HttpResponse:
    """The page's frame with what was refused, why, and where to go on."""
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    titles = {
        403: _("This is not open to you"),
        404: _("There is nothing here"),
        409: _("Somebody was faster"),
    }
    context = {
        "status": status,
        "title": titles.get(status, _("This could not be done")),
        "text": str(error),
    }
    return pages.render(request, viewer_of(request), "console/refused.html", context, status=status)
