"""Cutting events in the process, where their shapes are known (docs/adr/0019).

The view `kernel_event` cuts an event in the database and makes its shape; that takes six times as long as writing a
row. So a process remembers the numbers of shapes once they are committed, cuts events of those itself, exactly as the
view does, and leaves all others to the view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from hashlib import md5
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from deskbell.kernel.events.models import Event

MOST_KNOWN = 2000  # shapes; a desk has some hundred
_WORD = re.compile(r"[a-z_]{0,24}")
_as_json = json.encoder.encode_basestring


class Shape(NamedTuple):
    """See EventShape. Its fields stand in the order in which the digest takes them."""

    historic: bool
    kind: str
    subject_type: str
    actor_kind: str
    cause_kind: str
    changes: str
    data: str

    def key(self) -> UUID:
        """The digest by which the view finds it."""
        text = "\n".join(("t" if self.historic else "f", *self[1:]))
        return UUID(md5(text.encode(), usedforsecurity=False).hexdigest())


class Cut(NamedTuple):
    """A shape, and the numbers and texts an event gives to it, one a line."""

    shape: Shape
    given: str


def cut(event: Event) -> Cut:
    """Raises TypeError or ValueError for what is no JSON (NaN, say)."""
    given: list[str] = []
    changes, data = _template(event.changes, given), _template(event.data, given)
    shape = Shape(
        event.historic, event.kind, event.subject_type, str(event.actor_kind), str(event.cause_kind), changes, data
    )
    return Cut(shape, "\n".join(given))


def _template(document: Mapping[str, Any], given: list[str]) -> str:
    if not document:
        return "{}"
    parts: list[str] = []
    _take(document, parts, given)
    return "".join(parts)


def _take(value: object, parts: list[str], given: list[str]) -> None:
    """As PostgreSQL writes jsonb; numbers and texts that are no words of small letters are given by the row."""
    if isinstance(value, str):
        if _WORD.fullmatch(value):
            parts.append(f'"{value}"')
        else:
            given.append(_as_json(value))
            parts.append(f"%{len(given)}$s")
    elif value is None or isinstance(value, bool):
        parts.append(_CONSTANTS[value])
    elif isinstance(value, dict):
        before = "{"
        for name, text in _in_order(tuple(value)):
            parts += (before, text)
            _take(value[name], parts, given)
            before = ", "
        parts.append("}" if value else "{}")
    elif isinstance(value, list | tuple):
        before = "["
        for each in value:
            parts.append(before)
            _take(each, parts, given)
            before = ", "
        parts.append("]" if value else "[]")
    else:
        given.append(json.dumps(value, allow_nan=False))
        parts.append(f"%{len(given)}$s")


_CONSTANTS = {None: "null", True: "true", False: "false"}


@lru_cache(maxsize=2000)
def _in_order(names: tuple[str, ...]) -> Sequence[tuple[str, str]]:
    """Names with what stands before their values, as jsonb keeps them: short ones first, then byte by byte."""
    ordered = sorted(names, key=lambda name: (len(encoded := name.encode()), encoded))
    return [(name, _as_json(name).replace("%", "%%") + ": ") for name in ordered]


_known: dict[tuple[str, Shape], int] = {}
_full: set[tuple[str, str]] = set()
"""By the name of the database, as tests use several: shapes, and kinds that have as many as they may."""


def number_of(shape: Shape) -> int | None:
    """The number of a shape that is committed; None where this process does not know."""
    return _known.get((_database(), shape))


def learn_after_commit(shapes: Sequence[Shape]) -> None:
    """Remember these, which the view was just given, once they cannot be rolled back any more."""
    database = _database()
    wanted = [shape for shape in shapes if (database, shape.kind) not in _full]
    if wanted:
        transaction.on_commit(partial(_learn, database, wanted), robust=True)


def _learn(database: str, shapes: Sequence[Shape]) -> None:
    if connection.in_atomic_block:  # a test says "committed", and will take it back
        return
    keys = {shape.key(): shape for shape in shapes}
    with connection.cursor() as cursor:
        # Two processes may have made the same one: both numbers are right.
        cursor.execute("SELECT key, min(id) FROM kernel_eventshape WHERE key = ANY(%s) GROUP BY key", [list(keys)])
        found = dict(cursor.fetchall())
    for key, shape in keys.items():
        if key not in found:
            _full.add((database, shape.kind))
            continue
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
        _known[database, shape] = found[key]


def _database() -> str:
    return str(connection.settings_dict["NAME"])
