"""A webhook: events of the desk, sent to a server of somebody else."""

from __future__ import annotations

import json
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import SecretField, clock


class PauseReason(models.TextChoices):
    """Why a webhook does not send. NONE while it does."""

    NONE = "", ""
    PERSON = "person", _("Paused by a person")
    GONE = "gone", _("The server answered that nobody listens any more")
    FAILING = "failing", _("Nothing arrived for days")
    OWNER = "owner", _("The owner may no longer see what it carries")
    SECRET = "secret", _("Its secret cannot be read any more")


class WebhookSecretField(SecretField):
    """A signing secret, or headers that may hold one."""

    purpose = "deskbell.webhooks"


class Webhook(models.Model):
    """What is sent where, on whose behalf.

    kinds: names of event kinds, or "ticket.*" for all of a group, also of kinds to come.
    department_ids: only tickets of these departments and of those below; empty: of all. Departments are never
    deleted, so that no foreign key is needed, and one row says all.
    own_headers: a JSON object, encrypted, for it may hold a password of the receiver.
    owner: it carries what this person may see, asked anew at every sending.
    previous_secret: still signs until previous_secret_until, so that the receiver can change over.
    failing_since, last_error: null and empty while all is well. failures: tries in a row that found the target down.
    rest_until: the target was down and is left alone until then. wakes_at: when a job looks again by itself.
    """

    name = models.CharField(_("name"), max_length=200)
    url = models.CharField(_("address"), max_length=2000)
    kinds = ArrayField(models.TextField(), verbose_name=_("events"), default=list)
    department_ids = ArrayField(models.BigIntegerField(), verbose_name=_("departments"), default=list, blank=True)
    own_headers = WebhookSecretField(_("own headers"), blank=True, default="")
    owner = models.ForeignKey(
        "people.User", verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    secret = WebhookSecretField(_("secret"), editable=False)
    previous_secret = WebhookSecretField(blank=True, default="", editable=False)
    previous_secret_until = models.DateTimeField(null=True, editable=False)

    is_active = models.BooleanField(_("active"), default=True)
    pause_reason = models.CharField(
        _("reason"), max_length=12, choices=PauseReason, blank=True, default=PauseReason.NONE
    )
    paused_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True, default="", editable=False)
    last_success_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    rest_until = models.DateTimeField(null=True, editable=False)
    wakes_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        ordering: ClassVar[list[str]] = ["name", "pk"]

    @override
    def __str__(self) -> str:
        return self.name or self.url

    @property
    def headers(self) -> dict[str, str]:
        """The headers of its own; none where the key of the installation has changed."""
        found: dict[str, str] = json.loads(self.own_headers) if self.own_headers else {}
        return found

    def secrets_in_force(self, at: datetime) -> list[str]:
        """The secret, and the one before it while both sign."""
        is_both = self.previous_secret_until is not None and at < self.previous_secret_until
        return [self.secret, self.previous_secret] if is_both and self.previous_secret else [self.secret]
