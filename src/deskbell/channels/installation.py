"""The name of this installation in the loop header: stable, and telling nothing."""

from __future__ import annotations

import hashlib

from django.conf import settings


def installation() -> str:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=10, person=b"deskbell.loop").hexdigest()
