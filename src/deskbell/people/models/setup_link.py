"""One-time links: first administrator, and invitations of colleagues."""

from __future__ import annotations

from django.db import models

from deskbell.kernel.api import clock


class SetupLink(models.Model):
    """A one-time link. Only the SHA-256 of its token is kept, so a copy of the database opens nothing.

    user: whom the link signs in to choose a password; null for the set-up of the first administrator.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, null=True, related_name="setup_links")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
