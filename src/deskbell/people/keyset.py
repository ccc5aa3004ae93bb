"""Pages of a list by key, not by number: the next page costs what the first did."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list. next: the cursor of the rows after them; None at the end."""

    rows: Sequence[T] = field(default_factory=tuple)
    next: str | None = None


def encode(*key: Any) -> str:
    """A cursor for an address: the key of the last row shown."""
    packed = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(cursor: str | None, *types: type) -> tuple[Any, ...] | None:
    """The key in a cursor; None for none, and for one that somebody made up (the list starts at its beginning)."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(key, list) or len(key) != len(types):
        return None
    return tuple(key) if all(_fits(part, wanted) for part, wanted in zip(key, types, strict=True)) else None


def _fits(part: object, wanted: type) -> bool:
    """Whether the database takes this part of a key."""
    if isinstance(part, bool) or not isinstance(part, wanted):
        return False
    if isinstance(part, str):
        return "\x00" not in part and part.isprintable()
    return not isinstance(part, int) or abs(part) < 2**63
