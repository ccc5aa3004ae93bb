"""The small tables that describe tickets, read together in one query.

Each row comes as a JSON object of its columns, of which its model makes an instance as of any row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from deskbell.kernel.api import reference
from deskbell.kernel.statements import from_json
from deskbell.tickets.models import (
    Category,
    CustomField,
    Kind,
    Priority,
    PriorityCell,
    State,
    Transition,
    WaitingReason,
)

_MODELS: tuple[type[Model], ...] = (
    Kind, Category, State, Transition, Priority, PriorityCell, WaitingReason, CustomField,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every row of these tables, in their order, active or not."""

    kinds: list[Kind]
    categories: list[Category]
    states: list[State]
    transitions: list[Transition]
    priorities: list[Priority]
    cells: list[PriorityCell]
    waiting_reasons: list[WaitingReason]
    custom_fields: list[CustomField]


@reference.cached
def vocabulary() -> Vocabulary:
    """Read once in a process, until one of them changes. Transitions carry their states. Rows are shared."""
    with connection.cursor() as cursor:
        cursor.execute(_sql())
        row = cursor.fetchone()
    found: dict[type[Model], list[Any]] = {
        model: [from_json(model, values) for values in _loaded(part)]
        for model, part in zip(_MODELS, row or (), strict=True)
    }
    for rows in (found[Kind], found[State], found[WaitingReason], found[CustomField]):
        rows.sort(key=lambda each: (each.position, each.pk))
    found[Priority].sort(key=lambda each: each.rank)
    states = {state.pk: state for state in found[State]}
    for step in found[Transition]:
        step.source, step.target = states[step.source_id], states[step.target_id]
    found[Transition].sort(key=lambda each: (each.target.position, each.pk))
    return Vocabulary(*(found[model] for model in _MODELS))


@cache
def _sql() -> str:
    # S608: names of our own tables, known to the code.
    parts = (f"(SELECT json_agg(t) FROM {model._meta.db_table} AS t)" for model in _MODELS)  # noqa: S608, SLF001
    return f"SELECT {', '.join(parts)}"


def _loaded(part: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(part) if isinstance(part, str) else part or []
    return rows
