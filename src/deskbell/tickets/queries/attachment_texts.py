"""What became of reading the text inside files: at one attachment, and of the whole desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from deskbell.kernel.api import Viewer
from deskbell.tickets.access import CONFIGURE
from deskbell.tickets.models import Attachment, AttachmentText, TextProblem, TextState

UNREAD = (TextState.FAILED, TextState.TOO_LARGE)


def unread_words(attachment: Attachment) -> str:
    """Why the text of a file is not found, or not all of it; empty when there is nothing to say."""
    reading = _reading(attachment)
    state = reading.get("state")
    if state in UNREAD:
        return _("Text not searchable: %(reason)s") % {"reason": reason_words(state, str(reading["problem"]))}
    if state == TextState.DONE and reading["partial"]:
        return _("Only the beginning of its text is searchable")
    return ""


def can_be_read_again(viewer: Viewer, attachment: Attachment) -> bool:
    return _reading(attachment).get("state") in UNREAD and viewer.may(CONFIGURE)


def _reading(attachment: Attachment) -> dict[str, Any]:
    return getattr(attachment, "reading", None) or {}


def reason_words(state: str, problem: str) -> str:
    if state == TextState.TOO_LARGE:
        return _("it is larger than files that are read")
    return str(TextProblem(problem).label) if problem in TextProblem.values else _("it could not be read")


@dataclass(frozen=True, slots=True)
class UnreadFiles:
    """Files that could not be read for one reason."""

    state: str
    problem: str
    count: int

    @property
    def reason(self) -> str:
        return reason_words(self.state, self.problem)


def unread_files(viewer: Viewer) -> list[UnreadFiles]:
    """By reason, the most frequent first; neither names nor tickets. Needs `tickets.configure`. Raises NotAllowed."""
    viewer.require(CONFIGURE)
    rows = AttachmentText.objects.filter(state__in=UNREAD).values("state", "problem").annotate(count=Count("pk"))
    return [UnreadFiles(**row) for row in rows.order_by("-count", "state", "problem")]
