"""Pictures put into the text of the editor: uploads of ours, which travel with the message as inline parts."""

from __future__ import annotations

import re

from deskbell.kernel.api import NotFound, Viewer
from deskbell.tickets import api as tickets

_UPLOAD = re.compile(r'(<img[^>]*?\ssrc=")/desk/attachments/(\d{1,18})/(")')


def taken(viewer: Viewer, html: str) -> tuple[str, list[tickets.NewAttachment]]:
    """Cleaned HTML with `cid:` addresses, and the pictures they name.

    Pictures that the viewer may not see, or that are gone, lose their address.
    """
    found: dict[int, tickets.NewAttachment] = {}

    def place(match: re.Match[str]) -> str:
        pk = int(match[2])
        if pk not in found:
            try:
                upload = tickets.attachment_for_viewer(viewer, pk)
            except NotFound:
                return f"{match[1]}{match[3]}"
            found[pk] = tickets.NewAttachment(
                upload.file, upload.name, upload.content_type, content_id=f"picture-{pk}", is_inline=True
            )
        return f"{match[1]}cid:picture-{pk}{match[3]}"

    return _UPLOAD.sub(place, html), list(found.values())
