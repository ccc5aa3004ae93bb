"""Tokens by which programs act for a person in the REST API."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.kernel.api import clock


class ApiToken(models.Model):
    """A token of one person. Only the SHA-256 of its secret is kept, so a copy of the database opens nothing.

    scopes: names in the kernel's registry; the token may do what both they and its person's roles allow.
    last_four: the end of the secret, to tell tokens apart. last_used_at: written at most once a minute.
    expires_at: null for never. Rows stay after revocation: who held which key is part of the history.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=100)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    last_four = models.CharField(max_length=4)
    scopes = ArrayField(models.CharField(max_length=60), verbose_name=_("scopes"), default=list)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("API token")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], name="api_token_user"),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    def works(self) -> bool:
        """Neither revoked nor expired; its person may still be deactivated."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > clock.now())
