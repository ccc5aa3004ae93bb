"""The shapes of copied events (see kernel's EventShape), asked of the database once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[[str, list[Any]], int]  # a statement of one number

_SHAPE = "SELECT kernel_event_shape(ROW(NULL, NULL, false, %s, %s, %s, 'request', %s, %s)::kernel_eventshape, true)"


class Shapes:
    """What people (or nobody) did, by kind and the templates of changes and data."""

    def __init__(self, ask: Ask, actor_kind: str = "person") -> None:
        self._ask = ask
        self._actor_kind = actor_kind
        self._known: dict[tuple[str, str, str], int] = {}

    def of(self, kind: str, changes: str, data: str) -> int:
        """The number of a shape, which is made where it is not there yet."""
        key = (kind, changes, data)
        found = self._known.get(key)
        if found is None:
            subject = kind.partition(".")[0]
            found = self._known[key] = self._ask(_SHAPE, [kind, subject, self._actor_kind, changes, data])
        return found
