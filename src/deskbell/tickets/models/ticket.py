"""The ticket."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock
from deskbell.tickets.models.classification import Impact, Urgency
from deskbell.tickets.models.state import StateCategory

OPEN = models.Q(state_category__in=[category.value for category in StateCategory.open()])
# What decides whether somebody sees a ticket of their department: in an index, so that counting reads no ticket.
SEEN_BY = ("is_restricted", "assignee", "owner")


TOKEN_LENGTH, OLD_TOKEN_LENGTH = 12, 20
# A ticket is found by an older token alone, and by its number otherwise.
OLD_TOKEN = models.Q(Exact(Length("reply_token"), OLD_TOKEN_LENGTH))


def new_reply_token() -> str:
    """Unguessable and safe in the local part of an address: 60 bits in lower case, of use for one ticket alone."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 of them: five bits of a byte each
    return "".join(alphabet[byte & 31] for byte in secrets.token_bytes(TOKEN_LENGTH))


class Ticket(models.Model):
    """A matter somebody brought to the desk, owned by the desk until the person is content.

    The primary key is the number people see (#10042). Columns below "neutral" are kept by actions so that
    lists sort and filter without joins; upper packages (promises, channels) set theirs through actions.

    version: grows with every change and message; optimistic locking compares it.
    owner: stays with the desk whoever works on it; assignee: who works on it now (ITIL).
    reply_token: the secret in the plus-address by which replies find the ticket (`reply_key`).
    custom: values of CustomField by code.
    Foreign keys have no index of their own where one below begins with them, or where one value stands on a
    tenth of all tickets (state, kind, …): such an index costs every change and helps no list.
    last_message_preview: kept while the ticket is open, for the lists most asked; else it is read from the message.
    customer_waiting_since: the earliest message from outside nobody has answered yet; null when it is their turn.
    """

    id = models.AutoField(primary_key=True)
    subject = models.CharField(_("subject"), max_length=500)
    kind = models.ForeignKey("tickets.Kind", on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        "tickets.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    impact = models.PositiveSmallIntegerField(choices=Impact, default=Impact.LIMITED)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    priority = models.ForeignKey("tickets.Priority", on_delete=models.PROTECT, related_name="+", db_index=False)
    priority_reason = models.CharField(max_length=300, blank=True, default="")

    state = models.ForeignKey("tickets.State", on_delete=models.PROTECT, related_name="+", db_index=False)
    state_category = models.CharField(max_length=12, choices=StateCategory, default=StateCategory.NEW)
    waiting_reason = models.ForeignKey(
        "tickets.WaitingReason", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    follow_up_at = models.DateTimeField(null=True, blank=True)
    resolution = models.TextField(blank=True, default="")

    department = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(
        "people.Team", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    requester = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    affected = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    is_restricted = models.BooleanField(default=False)
    tags = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    custom = models.JSONField(default=dict, blank=True)
    reply_token = models.CharField(max_length=40, default=new_reply_token)
    language = models.CharField(max_length=12, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    # Neutral columns.
    channel = models.CharField(max_length=20, default="web")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    last_message_at = models.DateTimeField(default=clock.now)
    last_message_id = models.BigIntegerField(null=True)
    last_message_preview = models.CharField(max_length=200, blank=True, default="")
    last_message_by_customer = models.BooleanField(default=True)
    message_count = models.PositiveIntegerField(default=0)
    customer_waiting_since = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    reassign_count = models.PositiveSmallIntegerField(default=0)
    next_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["reply_token"], condition=OLD_TOKEN, name="ticket_old_reply_token"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-last_message_at", "-id"], condition=OPEN, name="ticket_open_recent"),
            models.Index(
                fields=["department", "-last_message_at", "-id"],
                condition=OPEN,
                include=SEEN_BY,
                name="ticket_open_department",
            ),
            models.Index(
                fields=["department", "-last_message_at", "-id"],
                condition=OPEN & models.Q(assignee__isnull=True),
                include=SEEN_BY,
                name="ticket_unassigned",
            ),
            models.Index(
                fields=["assignee", "-last_message_at", "-id"],
                condition=OPEN,
                include=["department", "is_restricted", "owner"],
                name="ticket_open_assignee",
            ),
            models.Index(fields=["-last_message_at", "-id"], name="ticket_recent"),
            models.Index(fields=["department", "-last_message_at", "-id"], name="ticket_department_recent"),
            models.Index(fields=["requester", "-last_message_at", "-id"], name="ticket_requester"),
            models.Index(fields=["affected"], condition=models.Q(affected__isnull=False), name="ticket_affected"),
            models.Index(
                fields=["organisation", "-last_message_at", "-id"],
                condition=models.Q(organisation__isnull=False),
                name="ticket_organisation",
            ),
            # Sorted otherwise than by the latest message: only over open tickets.
            models.Index(fields=["created_at", "id"], condition=OPEN, name="ticket_open_created"),
            models.Index(fields=["department", "created_at", "id"], condition=OPEN, name="ticket_open_dept_created"),
            models.Index(fields=["priority", "-last_message_at", "-id"], condition=OPEN, name="ticket_open_priority"),
            models.Index(
                fields=["customer_waiting_since", "id"],
                condition=models.Q(customer_waiting_since__isnull=False),
                name="ticket_waiting",
            ),
            models.Index(
                fields=["follow_up_at", "id"],
                condition=models.Q(follow_up_at__isnull=False),
                name="ticket_follow_up",
            ),
            models.Index(fields=["next_due_at"], condition=models.Q(next_due_at__isnull=False), name="ticket_next_due"),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="ticket_merged_into",
            ),
            GinIndex(fields=["tags"], name="ticket_tags"),
            GinIndex(fields=["custom"], name="ticket_custom", opclasses=["jsonb_path_ops"]),
        ]

    @override
    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def number(self) -> str:
        return f"#{self.pk}"

    @property
    def reply_key(self) -> str:
        """What stands in reply addresses and our Message-IDs: number and token, or an old token alone."""
        is_old = len(self.reply_token) == OLD_TOKEN_LENGTH
        return self.reply_token if is_old else f"{self.pk}.{self.reply_token}"

    @property
    def is_open(self) -> bool:
        return self.state_category in StateCategory.open()

    @property
    def is_final(self) -> bool:
        return self.state_category in StateCategory.final()
