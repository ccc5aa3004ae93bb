"""The append-only event log."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from typing_extensions import override


class ActorKind(models.TextChoices):
    """Who made a change."""

    PERSON = "person"
    SYSTEM = "system"


class CauseKind(models.TextChoices):
    """What led to a change: the second half of "who and why"."""

    REQUEST = "request"  # somebody pressed a button or called the API
    MESSAGE = "message"  # an inbound message; cause_ref is its id
    EVENT = "event"  # a reaction to another event; cause_ref is its id
    RULE = "rule"
    CLOCK = "clock"
    IMPORT = "import"
    COMMAND = "command"  # the command line


class Event(models.Model):
    """One change of one record. Never updated, never deleted: a database trigger refuses both.

    at: when it happened, in UTC, by `kernel.clock` (imports and the demo move it).
    recorded_at: when the row was written, by the database.
    subject_type, subject_id: the record, as in ("ticket", 42); no foreign key, for the log outlives records.
    changes: field → [old, new], JSON values.
    data: what else the kind carries; its shape is `EventKind.data`.
    historic: written by an import or the demo: reported and replayed, but nothing was sent because of it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    kind = models.TextField()
    subject_type = models.TextField()
    subject_id = models.BigIntegerField()
    actor_kind = models.TextField(choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    cause_kind = models.TextField(choices=CauseKind, default=CauseKind.REQUEST)
    cause_ref = models.TextField(default="")
    changes = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    reason = models.TextField(default="")
    historic = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["actor_id", "-id"], name="event_actor", condition=models.Q(actor_id__isnull=False)),
            models.Index(fields=["kind", "-id"], name="event_kind"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.subject_type}:{self.subject_id}"

    def old(self, field: str) -> Any:
        """The value before the change; None when the field did not change."""
        return self.changes.get(field, [None, None])[0]

    def new(self, field: str) -> Any:
        """The value after the change; None when the field did not change."""
        return self.changes.get(field, [None, None])[1]
