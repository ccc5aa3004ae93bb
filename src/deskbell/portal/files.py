"""Files of a form: sent before it by our script, or along with it by the browser alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from deskbell.kernel.api import Invalid, NotFound
from deskbell.portal.guard import PortalRequest
from deskbell.tickets import api as tickets

MOST_FILES = 20


@dataclass(slots=True)
class Files:
    """Uploads that wait for their message, and what was wrong with others."""

    attachments: list[tickets.Attachment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [attachment.pk for attachment in self.attachments]


def take(request: PortalRequest, ticket_id: int | None = None) -> Files:
    """The files of the form, stored. One that is refused does not lose the others."""
    from django.utils.translation import gettext as _

    found = Files()
    for text in request.POST.getlist("files"):
        if text.isascii() and text.isdigit() and len(text) < 19:  # noqa: PLR2004  bigint
            try:
                attachment = tickets.attachment_for_viewer(request.customer, int(text))
            except NotFound:
                found.problems.append(_("An attachment is no longer there. Attach it again."))
                continue
            if attachment.message_id is None:
                found.attachments.append(attachment)
    for upload in request.FILES.getlist("files"):
        if len(found.attachments) >= MOST_FILES:
            found.problems.append(_("At most %(count)d files at once.") % {"count": MOST_FILES})
            break
        try:
            found.attachments.append(
                tickets.upload_attachment(
                    request.customer,
                    upload.name or "",
                    upload.content_type or "",
                    upload.chunks(),
                    ticket_id=ticket_id,
                )
            )
        except Invalid as problem:
            found.problems.append(str(problem))
    return found
