"""What came in: every message, stored raw before anything else, with the trace of what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class Source(models.TextChoices):
    """By which way a message came."""

    IMAP = "imap", _("IMAP")
    POP3 = "pop3", _("POP3")
    SMTP = "smtp", _("SMTP")
    LMTP = "lmtp", _("LMTP")
    FILE = "file", _("File")


class InboundState(models.TextChoices):
    RECEIVED = "received", _("Received")
    PROCESSED = "processed", _("Taken in")
    PARKED = "parked", _("Parked")
    DUPLICATE = "duplicate", _("Came twice")
    DISMISSED = "dismissed", _("Set aside")


class InboundMessage(models.Model):
    """One message as it came.

    raw: the bytes, unchanged. mail_id: its Message-ID without angle brackets. identity: equal for copies of one
    message (Message-ID and content; see `intake.identity`). remote_id: what the mailbox calls it (UIDVALIDITY:UID,
    UIDL). envelope_from: null where the way it came does not tell; "" is the null sender.
    trace: list of {"stage", "at", "text", "data"} in order. sign: a stable name for the reason it was parked for, for
    filters; reason: the same in words.
    """

    raw = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=Source)
    mailbox = models.ForeignKey("channels.Mailbox", on_delete=models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField(default=clock.now)
    remote_id = models.CharField(max_length=300, blank=True, default="")
    envelope_from = models.CharField(max_length=320, null=True)  # noqa: DJ001  "" is the null sender
    envelope_to = ArrayField(models.CharField(max_length=320), default=list)

    mail_id = models.CharField(max_length=1000, blank=True, default="")
    identity = models.CharField(max_length=64, blank=True, default="")
    author = models.CharField(max_length=320, blank=True, default="")
    author_name = models.CharField(max_length=320, blank=True, default="")
    subject = models.CharField(max_length=500, blank=True, default="")
    mail_class = models.CharField(max_length=12, blank=True, default="")

    state = models.CharField(max_length=12, choices=InboundState, default=InboundState.RECEIVED)
    sign = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    trace = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    processed_at = models.DateTimeField(null=True)
    person = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.ForeignKey("tickets.Message", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["mail_id"], condition=~models.Q(mail_id=""), name="inbound_mail_id"),
            models.Index(fields=["identity"], condition=~models.Q(identity=""), name="inbound_identity"),
            models.Index(fields=["mailbox", "remote_id"], condition=~models.Q(remote_id=""), name="inbound_remote"),
            models.Index(fields=["-id"], condition=models.Q(state="parked"), name="inbound_parked"),
            models.Index(fields=["id"], condition=models.Q(state="received"), name="inbound_waiting"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.state} {self.subject[:60]}"
