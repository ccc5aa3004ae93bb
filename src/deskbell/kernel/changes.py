"""Small help for actions: set fields, learn what changed, save only that."""

from __future__ import annotations

import enum
from typing import Any, Final, Literal

from django.db.models import Model

from deskbell.kernel.text import storable


class Unchanged(enum.Enum):
    """The type of UNCHANGED: "this argument was not given", where None is a value of its own."""

    UNCHANGED = enum.auto()


UNCHANGED: Final[Literal[Unchanged.UNCHANGED]] = Unchanged.UNCHANGED


def apply(instance: Model, **values: object) -> dict[str, tuple[Any, Any]]:
    """Set attributes and return those that changed as field → (old, new) in JSON values; nothing is saved.

    A foreign key is passed and reported by its attribute: `assignee_id=7`. UNCHANGED is skipped.
    """
    changed: dict[str, tuple[Any, Any]] = {}
    for name, given in values.items():
        if given is UNCHANGED:
            continue
        value = storable(given) if isinstance(given, str) else given
        before = getattr(instance, name)
        if before != value:
            setattr(instance, name, value)
            changed[name] = (as_json(before), as_json(value))
    return changed


def as_json(value: object) -> Any:
    """The value as it stands in an event: moments as ISO 8601, sets as sorted lists, the rest unchanged."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value
