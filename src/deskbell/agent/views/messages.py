"""Single messages: their HTML in a sandboxed document, their source, how they arrived, sending again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages as toasts
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from deskbell.agent import message_body, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.views import parts
from deskbell.channels import api as channels
from deskbell.kernel.api import NotFound
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

# A mail keeps its own styles; they end at the frame, and nothing in it may run or call home unless asked.
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src {images}; font-src 'none'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


@desk_view
@require_GET
@xframe_options_sameorigin
def body(request: DeskRequest, message_id: int) -> HttpResponse:
    """The message as a document of its own. `?images=1`: with pictures from elsewhere. `?quoted=1`: the history."""
    message = tickets.message_for_viewer(request.viewer, message_id)
    with_images = request.GET.get("images") == "1"
    html = message_body.document(message, quoted=request.GET.get("quoted") == "1", remote_images=with_images)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _POLICY.format(
        images="'self' data: https: http:" if with_images else "'self' data:"
    )
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, max-age=3600"
    return response


@desk_view
@require_GET
def source(request: DeskRequest, message_id: int) -> HttpResponse:
    """The raw mail as it came in."""
    message = tickets.message_for_viewer(request.viewer, message_id)
    raw = channels.raw_source(request.viewer, message.pk)
    if raw is None:
        raise NotFound(_("The original of this message is not kept."))
    response = HttpResponse(raw, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="message-{message.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@desk_view
@require_GET
def trace(request: DeskRequest, message_id: int) -> HttpResponse:
    """How the mail found its way here, decision by decision."""
    message = tickets.message_for_viewer(request.viewer, message_id)
    found = channels.trace_for_message(request.viewer, message.pk)
    context = {
        **shell.shell(request, "tickets"),
        "message": message,
        "steps": [(step.get("text", ""), _at(step)) for step in found.entries] if found else [],
        "recipients": found.recipients if found else [],
        "ticket_id": message.ticket_id,
    }
    if request.headers.get("HX-Request") == "true":
        html = fragments.render_block(request, "agent/dialogs/trace.html", "dialog", context)
        return fragments.respond(request, html)
    return fragments.render(request, "agent/dialogs/trace.html", context)


def _at(step: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(step.get("at")))
    except ValueError:
        return None


@desk_view
@require_POST
def resend(request: DeskRequest, message_id: int) -> HttpResponse:
    """Send once more what did not go out."""
    message = tickets.message_for_viewer(request.viewer, message_id)
    channels.resend(request.viewer, message.pk)
    toasts.success(request, _("Sending again."))
    return parts.changed(request, message.ticket_id)
