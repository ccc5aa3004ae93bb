"""The text inside attached files, so that it can be found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class TextState(models.TextChoices):
    """How far reading a file has come. UNSUPPORTED: a picture, an archive, an old Office file."""

    WAITING = "waiting", _("Waiting to be read")
    DONE = "done", _("Searchable")
    NOTHING = "nothing", _("No text in it")
    UNSUPPORTED = "unsupported", _("Not a kind of file that is read")
    TOO_LARGE = "too_large", _("Too large")
    FAILED = "failed", _("Could not be read")


class TextProblem(models.TextChoices):
    """Why a file could not be read."""

    LOCKED = "locked", _("it is locked with a password")
    DAMAGED = "damaged", _("it is damaged or not what it claims to be")
    UNPACKS = "unpacks", _("it unpacks to far more than it should")
    SLOW = "slow", _("reading it took too long")
    MEMORY = "memory", _("reading it took too much memory")
    MISSING = "missing", _("its bytes are not in the storage")


class AttachmentText(models.Model):
    """What can be read in a stored file; the same bytes are read once, however often they are attached.

    text: at most `tickets.text_characters`. is_partial: the file goes on where the text ends.
    Goes with its file: it is no reference to it.
    """

    file = models.OneToOneField("kernel.StoredFile", on_delete=models.CASCADE, primary_key=True, related_name="+")
    state = models.CharField(max_length=12, choices=TextState, default=TextState.WAITING)
    problem = models.CharField(max_length=12, choices=TextProblem, blank=True, default="")
    text = models.TextField(blank=True, default="")
    is_partial = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["state", "problem"],
                condition=models.Q(state__in=["waiting", "too_large", "failed"]),
                name="attachment_text_unread",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
