"""A server that answers as told, on loopback, and a standard verification that shares no code with the sender."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from werkzeug import Request


def verify(secret: str, request: Request, *, now: float, tolerance: int = 300) -> dict[str, Any]:
    """As a receiver would write it from the Standard Webhooks specification alone. Raises AssertionError."""
    body = request.get_data()
    message_id, timestamp = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    assert abs(now - int(timestamp)) <= tolerance, "too old, or from the future"
    key = base64.b64decode(secret.split("_", 1)[1])
    content = message_id.encode() + b"." + timestamp.encode() + b"." + body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    given = [each.split(",", 1) for each in request.headers["webhook-signature"].split(" ")]
    assert any(version == "v1" and hmac.compare_digest(signature, expected) for version, signature in given)
    found: dict[str, Any] = json.loads(body)
    return found
