"""The secret of an API token: made, recognised, and kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets
import string

PREFIX = "deskbell_"  # by which people, and scanners for leaked secrets, recognise it
LENGTH = 43  # characters of 62: 256 bits
ALPHABET = string.ascii_letters + string.digits  # no punctuation: a double click selects all of it


def new_secret() -> str:
    return PREFIX + "".join(secrets.choice(ALPHABET) for _number in range(LENGTH))


def digest(secret: str) -> str:
    """SHA-256 in hex. A slow hash would protect nothing: the secret is random and cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
