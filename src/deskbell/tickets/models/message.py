"""What people said on a ticket, and what they attached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import BLOCK, LetterChoices, LetterField, ListField, clock


class MessageKind(LetterChoices):
    """Who may read it: everyone involved, or colleagues only."""

    PUBLIC = "public", "p", _("Message")
    NOTE = "note", "n", _("Internal note")


class Direction(LetterChoices):
    IN = "in", "i", _("From outside")
    OUT = "out", "o", _("From the desk")
    INTERNAL = "internal", "n", _("Between colleagues")


class Channel(LetterChoices):
    """How a message came or goes. What comes with a package under `channels` gets its line here, with a free letter."""

    EMAIL = "email", "e", _("E-mail")
    PORTAL = "portal", "p", _("Portal")
    AGENT = "agent", "a", _("Desk")
    PHONE = "phone", "t", _("Phone")
    API = "api", "i", _("Program")


class DeliveryState(LetterChoices):
    """What became of a message that leaves the desk; set by its channel."""

    NONE = "none", "n", _("Nothing to send")
    QUEUED = "queued", "q", _("Waiting to be sent")
    SENDING = "sending", "g", _("Being sent")
    SENT = "sent", "s", _("Sent")
    FAILED = "failed", "f", _("Not sent")
    BOUNCED = "bounced", "b", _("Returned")


class Message(models.Model):
    """One message; its text never changes.

    text, html: what was newly written (html sanitised, or empty); quoted_text, quoted_html: the folded history.
    to, cc: lists of {"name": str, "address": str} as they stood on the message.
    author: null for the desk itself (automatic messages).
    In the table the columns stand in another order, which leaves no gap between them (migration 0009).
    """

    # "message_of_ticket" begins with it.
    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.PROTECT, related_name="messages", db_index=False)
    kind = LetterField(choices=MessageKind)
    direction = LetterField(choices=Direction)
    channel = LetterField(choices=Channel)
    author = models.ForeignKey("people.User", on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    quoted_text = models.TextField(blank=True, default="")
    quoted_html = models.TextField(blank=True, default="")
    to = ListField(default=list, blank=True)
    cc = ListField(default=list, blank=True)
    is_automatic = models.BooleanField(default=False)
    has_remote_images = models.BooleanField(default=False)
    delivery_state = LetterField(choices=DeliveryState, default=DeliveryState.NONE)
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
