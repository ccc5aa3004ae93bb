"""Typed links between tickets, and merges that can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import clock


class LinkKind(models.TextChoices):
    """How the source relates to the target."""

    DUPLICATE_OF = "duplicate_of", _("is a duplicate of")
    CHILD_OF = "child_of", _("is part of")
    RELATED_TO = "related_to", _("is related to")
    CAUSED_BY = "caused_by", _("was caused by")

    @property
    def reverse_label(self) -> str | Promise:
        """The same relation seen from the target."""
        return {
            LinkKind.DUPLICATE_OF: _("is duplicated by"),
            LinkKind.CHILD_OF: _("consists of"),
            LinkKind.RELATED_TO: _("is related to"),
            LinkKind.CAUSED_BY: _("caused"),
        }[self]


class TicketLink(models.Model):
    source = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=16, choices=LinkKind)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="ticket_link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="ticket_link_not_to_itself"),
        ]


class Merge(models.Model):
    """One merge: which messages and people moved, so that it can be undone.

    before: the source's fields as they stood, and ids of the moved messages and added participants.
    """

    source = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="merges_out")
    target = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="merges_in")
    before = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=clock.now)
    merged_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
