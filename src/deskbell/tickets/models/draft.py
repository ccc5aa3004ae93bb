"""Drafts, kept on the server."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from deskbell.kernel.api import clock
from deskbell.tickets.models.message import MessageKind


class Draft(models.Model):
    """What a person has begun to write on a ticket (or, without one, in the new-ticket form).

    seen_message_id: the newest message when the draft was begun; sending over a newer one is stopped.
    fields: the rest of the form (subject, recipients, …) by name.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, null=True, related_name="drafts")
    kind = models.CharField(max_length=12, choices=MessageKind, default=MessageKind.PUBLIC)
    html = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    fields = models.JSONField(default=dict, blank=True)
    seen_message_id = models.BigIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "ticket", "kind"], name="draft_one_per_person_and_kind", nulls_distinct=False
            ),
        ]
