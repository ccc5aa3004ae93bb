"""What people said on a ticket, and what they attached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import BLOCK, clock


class MessageKind(models.TextChoices):
    """Who may read it: everyone involved, or colleagues only."""

    PUBLIC = "public", _("Message")
    NOTE = "note", _("Internal note")


class Direction(models.TextChoices):
    IN = "in", _("From outside")
    OUT = "out", _("From the desk")
    INTERNAL = "internal", _("Between colleagues")


class Channel(models.TextChoices):
    """How a message came or goes. More come with their packages under `channels`."""

    EMAIL = "email", _("E-mail")
    PORTAL = "portal", _("Portal")
    AGENT = "agent", _("Desk")
    PHONE = "phone", _("Phone")
    API = "api", _("Program")


class DeliveryState(models.TextChoices):
    """What became of a message that leaves the desk; set by its channel."""

    NONE = "none", _("Nothing to send")
    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    BOUNCED = "bounced", _("Returned")


class Message(models.Model):
    """One message; its text never changes.

    text, html: what was newly written (html sanitised, or empty); quoted_text, quoted_html: the folded history.
    to, cc: lists of {"name": str, "address": str} as they stood on the message.
    author: null for the desk itself (automatic messages).
    """

    # "message_of_ticket" begins with it.
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=12, choices=MessageKind)
    direction = models.CharField(max_length=12, choices=Direction)
    channel = models.CharField(max_length=20)
    author = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    quoted_text = models.TextField(blank=True, default="")
    quoted_html = models.TextField(blank=True, default="")
    to = models.JSONField(default=list, blank=True)
    cc = models.JSONField(default=list, blank=True)
    is_automatic = models.BooleanField(default=False)
    has_remote_images = models.BooleanField(default=False)
    delivery_state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.NONE)
    delivery_error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Of alike keys: six bytes a message instead of 28. In order: `ORDER BY (id >> 16) DESC, id DESC`.
            models.Index(models.F("ticket"), BLOCK, name="message_of_ticket"),
            models.Index(
                fields=["delivery_state"],
                condition=models.Q(delivery_state__in=["queued", "sending", "failed", "bounced"]),
                name="message_undelivered",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.pk} {self.direction} {self.ticket_id}"

    @property
    def is_note(self) -> bool:
        return self.kind == MessageKind.NOTE


class Attachment(models.Model):
    """A file on a message, or one uploaded for a draft and not sent yet (message is null).

    content_id: without angle brackets, for inline images. is_inline: shown in the text, not in the list.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="attachments")
    draft = models.ForeignKey(
        "tickets.Draft", on_delete=models.SET_NULL, null=True, related_name="attachments", db_index=False
    )
    uploaded_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    file = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=200, default="application/octet-stream")
    content_id = models.CharField(max_length=255, blank=True, default="")
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # Nearly all are of messages that were sent.
            models.Index(fields=["draft"], condition=models.Q(draft__isnull=False), name="attachment_of_draft"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
