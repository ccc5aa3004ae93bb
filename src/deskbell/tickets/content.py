"""What goes into an action: a message to be written, and who receives it. Plain values, no rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from deskbell.kernel.api import StoredFile
from deskbell.tickets.models import Channel


class Recipient(TypedDict):
    """A name and address as they stand on a message."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A stored file under the name it goes by. content_id: without angle brackets."""

    file: StoredFile
    name: str
    content_type: str = "application/octet-stream"
    content_id: str = ""
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message to be written.

    html must already be sanitised (whoever takes in foreign HTML does that); text is always there.
    attachment_ids: uploads of this person waiting on a draft. mentioned: ids of colleagues named in it.
    """

    text: str
    html: str = ""
    quoted_text: str = ""
    quoted_html: str = ""
    subject: str = ""
    channel: str = Channel.AGENT
    to: Sequence[Recipient] = ()
    cc: Sequence[Recipient] = ()
    attachments: Sequence[NewAttachment] = ()
    attachment_ids: Sequence[int] = ()
    mentioned: Sequence[int] = ()
    is_automatic: bool = False
    has_remote_images: bool = False

    @property
    def preview(self) -> str:
        """The first words, on one line, for lists."""
        return " ".join(self.text[:600].split())[:200]
