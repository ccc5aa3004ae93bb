"""Statements of the pages asked most, written or compiled once and prepared by the server.

Building a query from Django's objects and planning it costs more than running it. `Statement` keeps the text that
Django made of a queryset (with `Slot`s where a value differs from call to call), and `fetch` binds its values on the
server, so that a connection plans a text once (psycopg prepares it after `prepare_threshold` uses).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Self

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import DateTimeField, Model, QuerySet
from django.db.models.base import ModelState

_CURSOR: Any = ServerBindingCursor
_KEPT, _MOST_CURSORS = "deskbell_cursors", 40  # of one connection; a cursor anew takes a third of a statement's Python
_WORD = re.compile(r"[a-z_]{1,40}")
# `= ANY(%s)` for a list that is usually short: seeing how short it is, the planner takes each statement for a cheaper
# one and plans it anew, which takes longer than to run it.
ANY_OF_FEW: Final = "ANY((SELECT %s::bigint[])::bigint[])"


class Slot(int):
    """A number that stands in a queryset for a value given later; each has a value nothing else has.

    Below zero, where no key is, and in the range of the smallest keys: beyond it Django knows that nothing is found.
    """

    _next = -(2**31)

    def __new__(cls) -> Self:
        """Make a slot unlike any other."""
        Slot._next += 1
        return super().__new__(cls, Slot._next)


@dataclass(frozen=True, slots=True)
class Statement:
    """A text with `%s` places, and what stands in them: values, or slots."""

    sql: str
    params: tuple[Any, ...] = ()

    @classmethod
    def of(cls, rows: QuerySet[Any, Any]) -> Statement | None:
        """What Django compiles of a queryset; None where it knows that nothing can be found.

        `.values_list(…)` says in which order the columns come.
        """
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            return None
        return cls._with_constants(sql, params)

    @classmethod
    def _with_constants(cls, sql: str, params: Sequence[Any]) -> Statement:
        """Words like "new" stand in the text: only then a partial index on them fits a plan made once for all."""
        parts, kept = sql.split("%s"), []
        text = [parts[0]]
        for part, value in zip(parts[1:], params, strict=True):
            if isinstance(value, str) and _WORD.fullmatch(value):
                text.append(f"'{value}'")
            else:
                text.append("%s")
                kept.append(value)
            text.append(part)
        return cls("".join(text), tuple(kept))

    def filled(self, values: Mapping[int, Any]) -> list[Any]:
        """The values in their places. values: slot → value."""
        return [values.get(each, each) if isinstance(each, int) else each for each in self.params]

    def fetch(self, values: Mapping[int, Any] | None = None) -> list[tuple[Any, ...]]:
        return fetch(self.sql, self.filled(values or {}))


def fetch(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows. Values are bound by the server: a list goes into `= ANY(%s)`, a date needs no cast."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    database.validate_no_broken_transaction()
    if database.execute_wrappers or database.queries_logged:
        return _watched(database, sql, params)
    # Django's own way to a cursor costs twice what psycopg takes for the whole statement.
    with database.wrap_database_errors:
        text, cursor = _cursor_for(database.connection, sql)
        found: list[tuple[Any, ...]] = cursor.execute(text, params).fetchall()
    return found


def _cursor_for(raw: Any, sql: str) -> tuple[str, Any]:
    """The cursor of a connection for this text: asked for the very same one, psycopg knows how to read its columns.

    raw: psycopg's connection, which one thread uses at a time. What a cursor read last stays in memory with it.
    """
    kept: dict[str, tuple[str, Any]] | None = getattr(raw, _KEPT, None)
    if kept is None:
        kept = {}
        setattr(raw, _KEPT, kept)
    found = kept.get(sql)
    if found is None:
        while len(kept) >= _MOST_CURSORS:
            del kept[next(iter(kept))]
        found = kept[sql] = (sql, _CURSOR(raw))
    return found


def _watched(database: Any, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The same where somebody counts statements or looks at them."""
    with database.wrap_database_errors:
        raw = _CURSOR(database.connection)
        cursor = database.make_debug_cursor(raw) if database.queries_logged else database.make_cursor(raw)
    with cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def exist(*several: QuerySet[Any, Any]) -> tuple[bool, ...]:
    """Whether each of these finds anything, in one query."""
    return tuple(count > 0 for count in counted(1, *several))


def counted(most: int, *several: QuerySet[Any, Any]) -> tuple[int, ...]:
    """How many rows each of these finds, at most so many, in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for rows in several:
        statement = Statement.of(rows.order_by().values("pk")[:most])
        # S608: built by Django's own compiler, values apart.
        parts.append(f"(SELECT count(*) FROM ({statement.sql}) AS found)" if statement else "0")  # noqa: S608
        params += statement.params if statement else ()
    return fetch(f"SELECT {', '.join(parts)}", params)[0]


def columns(model: type[Model], alias: str) -> str:
    """The columns of a model as they stand in a SELECT, in the order `instance` takes them."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)  # noqa: SLF001


def instance(model: type[Model], values: Sequence[Any]) -> Any:
    """A row of `columns` as Django would have read it."""
    names, converted = _shape(model)
    if converted:
        values = list(values)
        for place, convert in converted:
            values[place] = convert(values[place], None, connection)
    return made(model, zip(names, values, strict=True))


def made(model: type[Model], values: Iterable[tuple[str, Any]]) -> Any:
    """A stored row of these attributes and their values; what is left out Django reads when it is asked for.

    Without `Model.__init__`, which takes longer than the database for the row: its signals, defaults and keyword
    arguments are for rows that are being made, and none of our models adds to it.
    """
    row = model.__new__(model)
    row.__dict__.update(values)
    row._state = state = ModelState()  # noqa: SLF001  (as `Model.from_db` does)
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return row


@cache
def _shape(model: type[Model]) -> tuple[list[str], list[tuple[int, Callable[..., Any]]]]:
    """Names of the columns' attributes, and what has to be made of a value by its field (JSON above all)."""
    fields = model._meta.concrete_fields  # noqa: SLF001  (documented)
    converted = [
        (place, convert) for place, field in enumerate(fields) for convert in field.get_db_converters(connection)
    ]
    return [field.attname for field in fields], converted


def from_json(model: type[Model], values: Mapping[str, Any]) -> Any:
    """A row that came as a JSON object of its columns, as `json_agg` of a table makes them."""
    names, moments = _json_shape(model)
    found = [
        datetime.fromisoformat(values[name]) if name in moments and values[name] is not None else values[name]
        for name in names
    ]
    return made(model, zip(names, found, strict=True))


@cache
def _json_shape(model: type[Model]) -> tuple[list[str], frozenset[str]]:
    fields = model._meta.concrete_fields  # noqa: SLF001  (documented)
    moments = frozenset(field.attname for field in fields if isinstance(field, DateTimeField))
    return [field.attname for field in fields], moments
