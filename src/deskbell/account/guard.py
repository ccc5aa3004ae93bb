"""Pages about oneself: signed in, and with the domain's refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from deskbell.kernel.api import NotAllowed, NotFound
from deskbell.people import api as people

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[people.ViewerRequest, Parameters], HttpResponseBase]


def account_view(view: View[Parameters]) -> Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]:
    """Send strangers to sign-in and back; NotFound and NotAllowed become the 404 and 403 pages."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> HttpResponseBase:
        asked = cast("people.ViewerRequest", request)
        if asked.viewer.user_id is None:
            return redirect_to_login(request.get_full_path())
        try:
            return view(asked, *args, **kwargs)
        except NotFound as refused:
            raise Http404(str(refused)) from None
        except NotAllowed as refused:
            raise PermissionDenied(str(refused)) from None

    return inner
