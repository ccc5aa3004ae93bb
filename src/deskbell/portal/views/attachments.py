"""Message frames and files, for those who may read their message."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from deskbell.kernel.api import open_file
from deskbell.portal.guard import PortalRequest, portal_view
from deskbell.portal.show import SHOWN_INLINE, as_document
from deskbell.tickets import api as tickets

# A mail keeps its own styles; they end at the frame, and nothing in it may run or call home.
FRAME_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:{pictures}; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


@require_safe
@portal_view
def body(request: PortalRequest, message_id: int) -> HttpResponse:
    """The HTML of a mail as a document of its own. ?pictures=1 lets it load pictures from elsewhere."""
    message = tickets.message_for_viewer(request.customer, message_id)
    pictures = request.GET.get("pictures") == "1"
    response = HttpResponse(as_document(message, static("ui/mail.css"), remote_images=pictures))
    response["Content-Security-Policy"] = FRAME_POLICY.format(pictures=" https: http:" if pictures else "")
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@require_safe
@portal_view
def attachment(request: PortalRequest, attachment_id: int) -> HttpResponseBase:
    """A file. Pictures are shown; everything else is a download, whatever it says it is."""
    found = tickets.attachment_for_viewer(request.customer, attachment_id)
    shown = found.content_type in SHOWN_INLINE
    response = FileResponse(
        open_file(found.file),
        as_attachment=not shown,
        filename=found.name,
        content_type=found.content_type if shown else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Length"] = str(found.file.size)
    return response
