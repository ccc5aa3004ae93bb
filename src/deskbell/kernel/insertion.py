"""INSERTs of whole rows without the work Django's ORM does for each: the hot path of creating tickets.

No signals are sent (none of ours exist) and nothing is returned: the rows bring their primary keys, from `next_ids`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from types import NoneType
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, JSONField, Model, TextField
from django.db.models.expressions import DatabaseDefault

from deskbell.kernel.together import Statement


@cache
def _columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)  # noqa: SLF001  (documented: the Model _meta API)


@cache
def _plain(model: type[Model]) -> dict[str, frozenset[type]]:
    """Types of values that go to PostgreSQL as they are, by column, so that its field need not be asked each time.

    A field of a class of its own (a secret) may make something else of a text.
    """
    return {
        column.attname: _NOTHING if isinstance(column, JSONField) else _TEXT if type(column) in _TEXTS else _ANY
        for column in _columns(model)
    }


_NOTHING: frozenset[type] = frozenset({NoneType})
_ANY: frozenset[type] = frozenset({NoneType, int, bool, datetime})
_TEXT: frozenset[type] = _ANY | {str}
_TEXTS = (CharField, TextField)


@cache
def _head(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(column.column)) for column in _columns(model))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608, SLF001  (names of our own)


def insertion(rows: Sequence[Model]) -> Statement:
    """One statement that inserts rows of one model, each with its primary key set."""
    columns, plain = _columns(type(rows[0])), _plain(type(rows[0]))
    groups, params = [], []
    for row in rows:
        marks = []
        for column in columns:
            value = getattr(row, column.attname)
            if isinstance(value, DatabaseDefault):
                marks.append("DEFAULT")
            else:
                marks.append("%s")
                is_plain = type(value) in plain[column.attname]
                params.append(value if is_plain else column.get_db_prep_save(value, connection))
        groups.append(f"({', '.join(marks)})")
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  (documented: Model._state)
    return _head(type(rows[0])) + ", ".join(groups), params


def alteration(row: Model, names: Iterable[str]) -> Statement:
    """One statement that writes these fields ("state" or "state_id") of a row that is there, from its attributes."""
    quote, wanted = connection.ops.quote_name, set(names)
    changed = [column for column in _columns(type(row)) if not wanted.isdisjoint((column.name, column.attname))]
    sets = ", ".join(f"{quote(str(column.column))} = %s" for column in changed)
    params = [column.get_db_prep_save(getattr(row, column.attname), connection) for column in changed]
    table, key = quote(row._meta.db_table), quote(str(_columns(type(row))[0].column))  # noqa: SLF001  (documented)
    return f"UPDATE {table} SET {sets} WHERE {key} = %s", [*params, row.pk]  # noqa: S608  (names of our own)


def next_ids(*models: type[Model], rows: int = 1) -> Statement:
    """A statement of so many rows: a new primary key for each of these models, which may come several times."""
    drawn = ", ".join(f"nextval('{_sequence(model)}')" for model in models)
    if rows == 1:
        return f"SELECT {drawn}", ()
    return f"SELECT {drawn} FROM generate_series(1, %s)", (rows,)  # noqa: S608  (names of our own)


@cache
def _sequence(model: type[Model]) -> str:
    """As PostgreSQL calls the sequence of an identity column: asking it each time costs more than drawing."""
    return f"{model._meta.db_table}_{_columns(model)[0].column}_seq"  # noqa: SLF001  (documented)
