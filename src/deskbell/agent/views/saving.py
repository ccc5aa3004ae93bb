"""One way to save a change of a ticket from its page: done, refused in words, or overtaken by a colleague."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.utils.translation import gettext as _

from deskbell.agent.guard import DeskRequest
from deskbell.agent.views import parts
from deskbell.kernel.api import Conflict, Invalid


def saved(
    request: DeskRequest, ticket_id: int, change: Callable[[], object], *, said: str = "", close_dialog: bool = False
) -> HttpResponse:
    """Carry out `change` and answer with the page's parts as they are now.

    A conflict (409) or a wrong value (422) says so in a toast and shows the values in force; NotFound and
    NotAllowed are the caller's guard's business.
    """
    status = 200
    try:
        change()
    except Conflict:
        status = 409
        toasts.error(
            request,
            _("Not saved: somebody changed this ticket meanwhile. You see it as it is now; change it again if needed."),
        )
    except Invalid as error:
        status = 422
        toasts.error(request, _("Not saved: %(reason)s") % {"reason": error})
    else:
        if said:
            toasts.success(request, said)
    response = parts.changed(request, ticket_id, close_dialog=close_dialog and status == 200)  # noqa: PLR2004
    if response.status_code == 200:  # noqa: PLR2004
        response.status_code = status
    return response
