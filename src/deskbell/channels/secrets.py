"""Passwords of mailboxes at rest (see `kernel.secrets`)."""

from __future__ import annotations

from deskbell.kernel.api import SecretField as KernelSecretField


class SecretField(KernelSecretField):
    """A password, encrypted in the database with a key derived from SECRET_KEY."""

    purpose = "deskbell.channels.secrets"
