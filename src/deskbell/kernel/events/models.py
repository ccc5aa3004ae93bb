"""The append-only event log."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import lookups
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Now
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


# Of ids that follow one another. Within what one person did, or what was said on one ticket, blocks from the newest on,
# then ids within a block: the index gives the first order, and only one block has to be sorted for the second.
BLOCK_BITS = 16
BLOCK = CombinedExpression(models.F("id"), ">>", models.Value(BLOCK_BITS), output_field=models.BigIntegerField())


def block_of(an_id: int) -> int:
    """The block an id is in."""
    return an_id >> BLOCK_BITS


# Of events, blocks so small that one is read as fast as one event.
EVENT_BLOCK_BITS = 6
EVENT_BLOCK = CombinedExpression(
    models.F("id"), ">>", models.Value(EVENT_BLOCK_BITS), output_field=models.BigIntegerField()
)
EVENTS_IN_ORDER = (EVENT_BLOCK.asc(), "pk")
EVENTS_NEWEST_FIRST = (EVENT_BLOCK.desc(), "-pk")
"""For `order_by` of events that nothing but their ids narrows: there is no index of single ids (docs/adr/0019)."""


class Event(models.Model):
    """One change of one record. Never updated, never deleted: a database trigger refuses both.

    A view of EventRow and EventShape, to be read and added to as if it were a table.

    at: when it happened, in UTC, by `kernel.clock` (imports and the demo move it).
    recorded_at: when the row was written, by the database; `at` where less than a second lies between them.
    subject_type, subject_id: the record, as in ("ticket", 42); no foreign key, for the log outlives records.
    changes: field → [old, new], JSON values.
    data: what else the kind carries; its shape is `EventKind.data`.
    historic: written by an import or the demo: reported and replayed, but nothing was sent because of it.
    shape_id: of EventShape, given by the database; for finding rare kinds (`events_of`).
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
    shape_id = models.IntegerField(null=True)

    class Meta:
        managed = False  # a view, made by migrations: see EventRow

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.subject_type}:{self.subject_id}"

    def old(self, field: str) -> Any:
        """The value before the change; None when the field did not change."""
        return self.changes.get(field, [None, None])[0]

    def new(self, field: str) -> Any:
        """The value after the change; None when the field did not change."""
        return self.changes.get(field, [None, None])[1]


class _WithBlock(lookups.BuiltinLookup):
    """Compares the block before the id, as the index needs it: `(id >> 6, id) > (811 >> 6, 811)`.

    As one comparison of rows: the planner would take two for independent, and far fewer events for found.
    """

    operator: ClassVar[str]

    @override
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        sql = f"({left} >> {EVENT_BLOCK_BITS}, {left}) {self.operator} ({right} >> {EVENT_BLOCK_BITS}, {right})"
        return sql, (*left_params, *left_params, *right_params, *right_params)


_event_id = Event._meta.get_field("id")  # noqa: SLF001  (documented)


@_event_id.register_lookup
class _Is(_WithBlock, lookups.IntegerFieldExact):
    operator = "="


@_event_id.register_lookup
class _After(_WithBlock, lookups.IntegerGreaterThan):
    operator = ">"


@_event_id.register_lookup
class _Before(_WithBlock, lookups.IntegerLessThan):
    operator = "<"


class EventShape(models.Model):
    """What thousands of events share, once. Written by the view `kernel_event`, never changed.

    key: digest of all the rest, by which the shape of a new event is found.
    changes, data: JSON as PostgreSQL's `format` takes it: `%2$s` is the second line of what the row gives.
    """

    id = models.AutoField(primary_key=True)
    key = models.UUIDField()
    historic = models.BooleanField()
    kind = models.TextField()
    subject_type = models.TextField()
    actor_kind = models.TextField()
    cause_kind = models.TextField()
    changes = models.TextField()
    data = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key"], name="eventshape_key"),
            models.Index(fields=["kind"], name="eventshape_kind"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.kind}"


class EventRow(models.Model):
    """What is left of an event without its shape. For whoever needs no more than ids; others read Event.

    given: the numbers and texts of its changes and data, as JSON, one a line.
    recorded_at: null where it is less than a second from `at`. why: null, or cause_ref, a new line and reason.
    No ninth column: nulls cost nothing in rows of up to eight. Eight bytes wide before four bytes wide: no gaps.
    Indexes hold no id behind their key: alike keys then take six bytes each. Blocks of ids keep
    what a person did in order, and the whole log.
    id: the key for Django; the database numbers it always, and has no unique index of it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(null=True)
    subject_id = models.IntegerField()
    actor_id = models.IntegerField(null=True)
    shape_id = models.IntegerField()
    why = models.TextField(null=True)  # noqa: DJ001  (see above)
    given = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(EVENT_BLOCK, name="event_block"),
            # As wide as the view shows them, for it is the view that is asked.
            models.Index(Cast("subject_id", models.BigIntegerField()), name="event_subject"),
            models.Index(fields=["shape_id"], name="event_shape"),
            models.Index(
                Cast("actor_id", models.BigIntegerField()),
                BLOCK,
                name="event_actor",
                condition=models.Q(actor_id__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.id} {self.shape_id} {self.subject_id}"
