"""What goes into an action: a message to be written, and who receives it. Plain values, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, StoredFile, one_line, storable, storable_json
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


PREVIEW, PREVIEW_FROM = 200, 600  # characters of a preview, and of the text it is made of


@dataclass(frozen=True, slots=True)
class MessageContent:
    """A message to be written.

    html must already be sanitised (whoever takes in foreign HTML does that); text is always there.
    attachment_ids: uploads of this person waiting on a draft. mentioned: ids of colleagues named in it.
    What the database cannot store (NUL) is dropped here, for every channel alike.
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

    def __post_init__(self) -> None:
        for name in ("text", "html", "quoted_text", "quoted_html", "subject"):
            object.__setattr__(self, name, storable(getattr(self, name)))
        for name in ("to", "cc"):
            object.__setattr__(self, name, storable_json(list(getattr(self, name))))

    @property
    def preview(self) -> str:
        """The first words, on one line, for lists."""
        return preview_of(self.text)


def preview_of(text: str) -> str:
    """The first words of a text, on one line."""
    return " ".join(text[:PREVIEW_FROM].split())[:PREVIEW]


LONGEST_TAG = 60  # characters
MOST_TAGS = 50


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Tags as they are stored: lower case, one line, sorted, once each. Raises Invalid for too long or too many."""
    cleaned = sorted({one_line(tag, 1000).lower() for tag in tags} - {""})
    if any(len(tag) > LONGEST_TAG for tag in cleaned):
        raise Invalid(fields={"tags": _("A tag has at most %(count)d characters.") % {"count": LONGEST_TAG}})
    if len(cleaned) > MOST_TAGS:
        raise Invalid(fields={"tags": _("At most %(count)d tags.") % {"count": MOST_TAGS}})
    return cleaned
