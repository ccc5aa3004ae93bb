"""Files: taken in for a message that is being written, and given back."""

from __future__ import annotations

import re

from django.contrib import messages as toasts
from django.http import FileResponse, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.message_body import SHOWN
from deskbell.agent.parsing import id_of
from deskbell.agent.views import parts
from deskbell.kernel.api import Invalid, NotFound, open_file
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for

_UNWANTED = re.compile(r"[\x00-\x1f\x7f/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 200


def safe_name(name: str) -> str:
    """A file name without folders, control signs and marks that turn its direction round."""
    return _UNWANTED.sub("", name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]).strip()[-LONGEST_NAME:] or _("file")


@desk_view
@require_POST
def upload(request: DeskRequest) -> HttpResponse:
    """Keep one file until its message is sent. Answers JSON: id, name, size, url."""
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid(fields={"file": _("No file arrived. Choose it again.")})
    kept = tickets.upload_attachment(
        request.viewer,
        safe_name(sent.name or ""),
        sent.content_type or "application/octet-stream",
        sent.chunks(),
        ticket_id=id_of(request.GET, "ticket"),
    )
    return JsonResponse(
        {
            "id": kept.pk,
            "name": kept.name,
            "size": kept.file.size,
            "url": url_for("agent:attachment", kept.pk),
            "remove": url_for("agent:remove-upload", kept.pk),
        },
        status=201,
    )


@desk_view
@require_POST
def remove(request: DeskRequest, attachment_id: int) -> HttpResponse:
    tickets.remove_upload(request.viewer, attachment_id)
    return JsonResponse({"removed": attachment_id})


@desk_view
@require_GET
def attachment(request: DeskRequest, attachment_id: int) -> FileResponse:
    """The file; pictures in the page, everything else as a download. `?download=1` always downloads."""
    found = tickets.attachment_for_viewer(request.viewer, attachment_id)
    shown = found.content_type in SHOWN and "download" not in request.GET
    response = FileResponse(
        open_file(found.file),
        as_attachment=not shown,
        filename=safe_name(found.name),
        content_type=found.content_type if shown else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@desk_view
@require_POST
def read_again(request: DeskRequest, attachment_id: int) -> HttpResponse:
    """Have the text inside a file read once more."""
    tickets.read_again(request.viewer, attachment_id)
    toasts.success(request, _("The file is being read again. What is in it can be found in a moment."))
    message = tickets.attachment_for_viewer(request.viewer, attachment_id).message
    if message is None:
        raise NotFound
    return parts.changed(request, message.ticket_id)
