"""Attachments: upload, look at, download."""

from __future__ import annotations

from typing import Annotated

from django.http import FileResponse
from ninja import File, UploadedFile
from pydantic import Field

from deskbell.kernel.api import open_file
from deskbell.kernel.rest import api as rest
from deskbell.tickets.actions.drafts import file_name, remove_upload, upload_attachment
from deskbell.tickets.queries.page import attachment_for_viewer
from deskbell.tickets.rest.fields import READ, WRITE
from deskbell.tickets.rest.shapes import AttachmentAnswer, attachment_answer

attachments = rest.publish(
    rest.Endpoints("Attachments", "Files: uploaded first, then sent with a message.", changes_reference=False)
)


@attachments.post(
    "/attachments", scope=WRITE, answer=AttachmentAnswer, status=201, body_type=rest.MULTIPART, summary="Upload a file"
)  # fmt: skip
def attachments_upload(
    request: rest.ApiRequest, file: Annotated[UploadedFile, Field(description="The file."), File(...)]
) -> rest.Answered:
    """It waits for a message that names it in `attachment_ids`, and is deleted after two days without one."""
    kept = upload_attachment(
        request.viewer, file.name or "", file.content_type or "application/octet-stream", file.chunks()
    )
    return rest.Answered(attachment_answer(kept), headers={"Location": f"/api/v1/attachments/{kept.pk}"})


@attachments.get("/attachments/{attachment_id}", scope=READ, answer=AttachmentAnswer, summary="Get an attachment")
def attachments_get(request: rest.ApiRequest, attachment_id: rest.PathId) -> AttachmentAnswer:
    """Name, size and type; of messages the caller may read, and of their own uploads."""
    return attachment_answer(attachment_for_viewer(request.viewer, attachment_id))


@attachments.get(
    "/attachments/{attachment_id}/content", scope=READ, answer=None, binary=True, summary="Download an attachment"
)
def attachments_download(request: rest.ApiRequest, attachment_id: rest.PathId) -> FileResponse:
    """All its bytes, always as a download: a file from outside is never shown in the desk's own name."""
    found = attachment_for_viewer(request.viewer, attachment_id)
    response = FileResponse(
        open_file(found.file),
        as_attachment=True,
        filename=file_name(found.name),
        content_type="application/octet-stream",
    )
    response.headers["Content-Length"] = str(found.file.size)
    response.headers["Accept-Ranges"] = "none"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@attachments.delete("/attachments/{attachment_id}", scope=WRITE, summary="Remove an upload")
def attachments_delete(request: rest.ApiRequest, attachment_id: rest.PathId) -> None:
    """Only one of the caller's own that was not sent yet."""
    remove_upload(request.viewer, attachment_id)
