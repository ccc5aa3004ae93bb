"""Lines for COPY: one template for each table, with the defaults of the model baked in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model
from django.db.models.fields import NOT_PROVIDED


class Table:
    """How rows of one model are written.

    variable: attributes that differ from row to row, in the order of the values given to `line`. same: values all
    rows have. Everything else has the default of the field; keys that the database numbers are left to it.
    """

    def __init__(self, model: type[Model], variable: Sequence[str], same: Mapping[str, str] | None = None) -> None:
        meta = model._meta  # noqa: SLF001  (documented)
        self.name = meta.db_table
        columns, cells = [], []
        given = same or {}
        unknown = {*variable, *given} - {field.attname for field in meta.concrete_fields}
        if unknown:
            raise ValueError(f"{self.name} has no column {', '.join(sorted(unknown))}.")
        places: list[str] = []
        for field in meta.concrete_fields:
            name = field.attname
            if name in variable:
                cells.append("%s")
                places.append(name)
            elif name in given:
                cells.append(given[name].replace("%", "%%"))
            elif field.primary_key or field.has_db_default() or getattr(field, "generated", False):
                continue
            else:
                cells.append(_default(field).replace("%", "%%"))
            columns.append(field.column)
        self.columns = columns
        # The template wants values in the order of the columns; callers give them in the order they named.
        self._template = "\t".join(cells) + "\n"
        self._order = tuple(variable.index(name) for name in places)

    def line(self, *values: object) -> str:
        """One line. Text values are escaped by `escaped`, or hold nothing that needs it."""
        return self._template % tuple([values[place] for place in self._order])

    @property
    def statement(self) -> str:
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f"COPY {self.name} ({names}) FROM STDIN"


NULL = r"\N"


def escaped(text: str) -> str:
    """As a cell of COPY's text format."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def or_null(value: object) -> object:
    return NULL if value is None else value


def _default(field: Field[Any, Any]) -> str:
    value = None if field.default is NOT_PROVIDED else field.get_prep_value(field.get_default())
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (list, dict, tuple)):
        if value:
            raise ValueError(f"{field.name}: give its value.")
        return "{}" if isinstance(field, ArrayField) or isinstance(value, dict) else "[]"
    return escaped(str(value))
