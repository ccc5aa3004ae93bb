"""Answers that hold for each of many tickets changed at once, so that they are asked for once and not for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("deskbell_known_answers", default=None)


@contextmanager
def remembered(known: Mapping[Hashable, Any]) -> Iterator[None]:
    """Keep what `once` asks in this block, in one transaction whose changes do not touch it.

    known: answers there are already, by their keys.
    """
    token = _known.set(dict(known))
    try:
        yield
    finally:
        _known.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` answers; within `remembered` the first answer for this key."""
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return cast("T", known[key])
