"""Mailboxes: where mail comes in, and by which server answers leave."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.channels.secrets import SecretField
from deskbell.kernel.api import clock


class Protocol(models.TextChoices):
    """How mail comes from the mailbox to the desk."""

    IMAP = "imap", _("Read by IMAP")
    POP3 = "pop3", _("Read by POP3")
    DIRECT = "direct", _("Delivered here by SMTP or LMTP")


class AfterReading(models.TextChoices):
    KEEP = "keep", _("Leave it there")
    DELETE = "delete", _("Delete it")
    MOVE = "move", _("Move it to another folder")


class SecurityChoice(models.TextChoices):
    NONE = "none", _("Not encrypted")
    STARTTLS = "starttls", _("STARTTLS")
    TLS = "tls", _("TLS from the beginning")


class Mailbox(models.Model):
    """An address of the desk. Tickets from it belong to its department.

    address, aliases: lower case, domain in ASCII. default_kind: null means "question".
    in_*: reading (Protocol.IMAP and POP3). out_*: sending; an empty out_host means the server of the settings.
    cursor: how far a folder whose mail is kept was read; its shape belongs to the reader.
    failing_since, last_error: null and empty while all is well. version: grows with every change of the settings,
    so that a running reader notices.
    """

    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=254)
    aliases = ArrayField(
        models.CharField(max_length=254), verbose_name=_("further addresses"), default=list, blank=True
    )
    department = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+")
    default_kind = models.ForeignKey("tickets.Kind", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sender_name = models.CharField(_("sender's name"), max_length=200, blank=True, default="")
    plus_addressing = models.BooleanField(_("answers go to an address of their own ticket (desk+…@)"), default=True)
    acknowledges = models.BooleanField(_("acknowledge new tickets"), default=True)
    is_active = models.BooleanField(_("active"), default=True)

    protocol = models.CharField(_("incoming mail"), max_length=12, choices=Protocol, default=Protocol.DIRECT)
    in_host = models.CharField(_("server"), max_length=253, blank=True, default="")
    in_port = models.PositiveIntegerField(_("port"), default=993)
    in_security = models.CharField(_("encryption"), max_length=12, choices=SecurityChoice, default=SecurityChoice.TLS)
    in_verify = models.BooleanField(_("check the certificate"), default=True)
    in_user = models.CharField(_("user name"), max_length=254, blank=True, default="")
    in_password = SecretField(_("password"), blank=True, default="")
    folder = models.CharField(_("folder"), max_length=254, blank=True, default="INBOX")
    after_reading = models.CharField(_("after reading"), max_length=12, choices=AfterReading, default=AfterReading.KEEP)
    move_to = models.CharField(_("move to"), max_length=254, blank=True, default="")
    poll_seconds = models.PositiveIntegerField(_("look every (seconds)"), default=60)

    out_host = models.CharField(_("server"), max_length=253, blank=True, default="")
    out_port = models.PositiveIntegerField(_("port"), default=587)
    out_security = models.CharField(
        _("encryption"), max_length=12, choices=SecurityChoice, default=SecurityChoice.STARTTLS
    )
    out_verify = models.BooleanField(_("check the certificate"), default=True)
    out_user = models.CharField(_("user name"), max_length=254, blank=True, default="")
    out_password = SecretField(_("password"), blank=True, default="")

    cursor = models.JSONField(default=dict, blank=True, editable=False)
    last_checked_at = models.DateTimeField(null=True, editable=False)
    last_ok_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("mailbox")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("address"), name="mailbox_address_unique"),
        ]

    @override
    def __str__(self) -> str:
        return self.name or self.address

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.address, *self.aliases)

    @property
    def is_read(self) -> bool:
        """Whether the intake connects to it, rather than being delivered to."""
        return self.protocol in {Protocol.IMAP, Protocol.POP3}


class MailboxTest(models.Model):
    """A round trip: a message sent from a mailbox to itself, waited for.

    steps: list of {"step": str, "ok": bool, "text": str} in the order they were done.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="tests")
    token = models.CharField(max_length=64, unique=True)
    steps = models.JSONField(default=list)
    started_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)

    @override
    def __str__(self) -> str:
        return f"{self.mailbox_id} {self.started_at:%Y-%m-%d %H:%M}"
