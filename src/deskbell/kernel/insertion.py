"""INSERTs of whole rows without the work Django's ORM does for each: the hot path of creating tickets.

No signals are sent (none of ours exist) and nothing is returned: the rows bring their primary keys, from `next_ids`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

from deskbell.kernel.together import Statement


@cache
def _columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(model._meta.concrete_fields)  # noqa: SLF001  (documented: the Model _meta API)


@cache
def _head(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(column.column)) for column in _columns(model))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608, SLF001  (names of our own)


def insertion(rows: Sequence[Model]) -> Statement:
    """One statement that inserts rows of one model, each with its primary key set."""
    columns = _columns(type(rows[0]))
    groups, params = [], []
    for row in rows:
        marks = []
        for column in columns:
            value = getattr(row, column.attname)
            if isinstance(value, DatabaseDefault):
                marks.append("DEFAULT")
            else:
                marks.append("%s")
                params.append(column.get_db_prep_save(value, connection))
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


def next_ids(model: type[Model], count: int = 1) -> Statement:
    """A statement that gives `count` new primary keys, one row each."""
    table, column = model._meta.db_table, _columns(model)[0].column  # noqa: SLF001
    return (
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        (f'"{table}"', column, count),
    )
