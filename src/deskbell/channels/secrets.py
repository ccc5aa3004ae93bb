"""Passwords of mailboxes at rest: encrypted with a key derived from SECRET_KEY.

A copy of the database alone tells no password. With another SECRET_KEY they cannot be read and have to be typed
in again; nothing else breaks.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_PURPOSE = b"deskbell.channels.secrets"
_PREFIX = "fernet:"


def _fernet() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=_PURPOSE[:16]).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(text: str) -> str:
    return _PREFIX + _fernet().encrypt(text.encode()).decode("ascii")


def decrypt(stored: str) -> str:
    """The text, or nothing where the key has changed."""
    try:
        return _fernet().decrypt(stored.removeprefix(_PREFIX).encode()).decode()
    except (InvalidToken, ValueError):
        return ""
