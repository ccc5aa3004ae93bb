"""Who else has to do with a ticket: participants, watchers, mentions, referred departments, readers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import clock


class ParticipantRole(models.TextChoices):
    TO = "to", _("To")
    CC = "cc", _("Cc")


class Participant(models.Model):
    """Somebody outside who takes part in the conversation and may read and answer its public messages."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="participants")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=4, choices=ParticipantRole, default=ParticipantRole.CC)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ticket", "user"], name="participant_once"),
        ]


class Watcher(models.Model):
    """A colleague who wants to hear of every change. Watching gives no right to see."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="watchers")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ticket", "user"], name="watcher_once"),
        ]


class Mention(models.Model):
    """A colleague named with @ in a message."""

    message = models.ForeignKey("tickets.Message", on_delete=models.CASCADE, related_name="mentions")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "user"], name="mention_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], condition=models.Q(seen_at__isnull=True), name="mention_unseen"),
        ]


class Referral(models.Model):
    """Continued or extra access to one ticket for a department or a person ("refer").

    On a restricted ticket this is its list: nobody else sees it. can_work: may do what their role allows there,
    otherwise read and add notes.
    """

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="referrals")
    department = models.ForeignKey("people.Department", on_delete=models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, null=True, related_name="+")
    can_work = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")
    granted_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(department__isnull=False) ^ models.Q(user__isnull=False),
                name="referral_department_or_person",
            ),
            models.UniqueConstraint(
                fields=["ticket", "department", "user"], name="referral_once", nulls_distinct=False
            ),
        ]


class TicketRead(models.Model):
    """Up to which message a colleague has read a ticket; a later message makes the row bold.

    Kept until the ticket is closed: a closed one is never bold. The key begins with the ticket, so that the ticket
    needs no index of its own; of a person they are asked only when two records of them are merged.
    """

    pk = models.CompositePrimaryKey("ticket_id", "user_id")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="reads", db_index=False)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    last_message_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(default=clock.now)
