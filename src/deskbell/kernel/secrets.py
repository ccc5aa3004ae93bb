"""Secrets at rest: encrypted with a key derived from SECRET_KEY and from what they are for.

A copy of the database alone tells none of them. With another SECRET_KEY they cannot be read and have to be entered
or made again; nothing else breaks.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models
from typing_extensions import override

_PREFIX = "fernet:"
_PURPOSE_BYTES = hashlib.blake2b.PERSON_SIZE


def _fernet(purpose: str) -> Fernet:
    person = purpose.encode()[:_PURPOSE_BYTES]
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=person).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(text: str, purpose: str) -> str:
    """purpose: what the secret is for; its first 16 bytes make another key."""
    return _PREFIX + _fernet(purpose).encrypt(text.encode()).decode("ascii")


def decrypt(stored: str, purpose: str) -> str:
    """The text, or nothing where the key has changed."""
    try:
        return _fernet(purpose).decrypt(stored.removeprefix(_PREFIX).encode()).decode()
    except (InvalidToken, ValueError):
        return ""


class SecretField(models.TextField):  # type: ignore[type-arg]  # a TextField of str
    """Text encrypted in the database; subclasses say what for."""

    purpose = ""

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str:
        return decrypt(value, self.purpose) if value else ""

    @override
    def get_prep_value(self, value: Any) -> str:
        return encrypt(str(value), self.purpose) if value else ""
