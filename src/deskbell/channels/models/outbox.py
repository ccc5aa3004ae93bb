"""The demonstration's outbox: what the desk would have sent into the world."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from typing_extensions import override

from deskbell.kernel.api import clock


class OutboxMail(models.Model):
    """A message the demonstration's own SMTP server took, delivering nothing."""

    raw = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=clock.now)
    envelope_from = models.CharField(max_length=320, blank=True, default="")
    envelope_to = ArrayField(models.CharField(max_length=320), default=list)
    sender = models.CharField(max_length=320, blank=True, default="")
    subject = models.CharField(max_length=500, blank=True, default="")
    mail_id = models.CharField(max_length=1000, blank=True, default="")

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.subject[:60]}"
