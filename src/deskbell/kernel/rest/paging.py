"""Pages of lists: an opaque, signed cursor says where the next one begins."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.encoding import force_bytes

from deskbell.kernel.rest import problems
from deskbell.kernel.rest.problems import ProblemError

_SIGNED = 12  # bytes of the signature; a cursor opens nothing that its caller may not see anyway


def write_cursor(values: Sequence[Any], of: str) -> str:
    """A cursor for JSON values. of: the list and whatever its order depends on; the same is asked when it is read."""
    text = json.dumps(list(values), separators=(",", ":")).encode()
    return _base64(_signature(text, of) + text)


def read_cursor(cursor: str | None, of: str) -> list[Any] | None:
    """The values of a cursor; None without one. Raises ProblemError for a cursor of another list, or a made-up one."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
    except (ValueError, binascii.Error):
        raise ProblemError(problems.INVALID_CURSOR) from None
    signature, text = raw[:_SIGNED], raw[_SIGNED:]
    if not hmac.compare_digest(signature, _signature(text, of)):
        raise ProblemError(problems.INVALID_CURSOR)
    values: list[Any] = json.loads(text)
    return values


def _signature(text: bytes, of: str) -> bytes:
    key = hashlib.sha256(b"deskbell.rest.cursor" + force_bytes(settings.SECRET_KEY)).digest()
    return hmac.digest(key, of.encode() + b"\0" + text, "sha256")[:_SIGNED]


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
