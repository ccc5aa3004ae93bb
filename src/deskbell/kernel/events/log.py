"""Writing to the event log, and telling subscribers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from deskbell.kernel import clock, reference
from deskbell.kernel.access import Viewer
from deskbell.kernel.events import shapes, subscribers
from deskbell.kernel.events.kinds import DataT, EventKind
from deskbell.kernel.events.models import ActorKind, CauseKind, Event
from deskbell.kernel.text import storable, storable_json
from deskbell.kernel.together import Statement, current, run, send


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something happens: kind, and a reference in words or an id."""

    kind: CauseKind = CauseKind.REQUEST
    ref: str = ""


class OutsideTransaction(RuntimeError):
    """An event must be written in the same transaction as its change."""


REQUEST = Cause()
_cause: ContextVar[Cause] = ContextVar("deskbell_cause", default=REQUEST)
_historic: ContextVar[bool] = ContextVar("deskbell_historic", default=False)


@contextmanager
def caused_by(kind: CauseKind, ref: object = "") -> Iterator[None]:
    """Everything recorded inside the block is put down to this cause."""
    token = _cause.set(Cause(kind, str(ref)))
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def as_history() -> Iterator[None]:
    """Record the past: events count and replay, but after-commit subscribers are not told (nothing is sent)."""
    token = _historic.set(True)
    try:
        yield
    finally:
        _historic.reset(token)


def is_history() -> bool:
    """Whether the past is being recorded (see `as_history`)."""
    return _historic.get()


def record(
    viewer: Viewer,
    kind: EventKind[DataT],
    subject_id: int,
    data: DataT | None = None,
    *,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    reason: str = "",
) -> Event:
    """Write one event and run its subscribers; inside `together()`, when the block ends (its id is not known before).

    Subscribers in the transaction run then; those after commit get a job that is committed with the change.
    changes: field → (old, new), JSON values. Raises OutsideTransaction outside `transaction.atomic`.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{kind.name} recorded outside transaction.atomic().")
    cause = _cause.get()
    event = Event(
        at=clock.now(),
        kind=kind.name,
        subject_type=kind.subject,
        subject_id=subject_id,
        actor_kind=ActorKind.SYSTEM if viewer.user_id is None else ActorKind.PERSON,
        actor_id=viewer.user_id,
        cause_kind=cause.kind,
        cause_ref=storable(cause.ref).replace("\n", " "),
        changes=storable_json({name: list(pair) for name, pair in (changes or {}).items()}),
        data=storable_json(data.model_dump(mode="json")) if data is not None else {},
        reason=storable(reason),
        historic=_historic.get(),
    )
    unit = current()
    if unit is None:
        write([event])
    else:
        unit.events.append(event)
    return event


def write(events: Sequence[Event], *, after: Sequence[Statement] = ()) -> None:
    """Write events in one query, behind statements that come before them, and run their subscribers.

    Events whose ids were drawn beforehand (`drawn_for_events`) wait, with what comes before them, for the end.
    """
    unit = current()
    drawn = [] if unit is None else unit.take_event_ids(len(events))
    if drawn:
        _identify(events, drawn)
        for statement in (*after, *_insertion(events)):
            send(*statement)
    else:
        # Whoever is told of an event reads small tables: their version comes along.
        version: list[Statement] = [(reference.VERSION_SQL, ())] if reference.is_unknown() else []
        found = run([*after, *_insertion(events), *version])
        if version:
            reference.learn(found.pop()[0][0])
        _identify(events, [event_id for (event_id,) in found[-1]])
    subscribers.notify(events)


def _identify(events: Sequence[Event], ids: Sequence[int]) -> None:
    for event, event_id in zip(events, ids, strict=True):
        event.pk = event_id
        event._state.adding, event._state.db = False, connection.alias  # noqa: SLF001  (documented: Model._state)


def _insertion(events: Sequence[Event]) -> list[Statement]:
    """With the ids the events have, or ending with a statement that gives them.

    Events whose shapes this process knows are written as rows; one that it does not know sends all through the view.
    """
    cuts = [shapes.cut(event) for event in events]
    numbers = [shapes.number_of(each.shape) for each in cuts]
    if None not in numbers:
        return [_rows(events, [(number, each.given) for number, each in zip(numbers, cuts, strict=True)])]
    shapes.learn_after_commit([each.shape for each in cuts])
    return [_DURABLE, _through_view(events)]


_DURABLE: Statement = ("SET LOCAL synchronous_commit TO on", ())
"""A shape that is remembered must not be lost with the last moments of a database server."""


def _rows(events: Sequence[Event], cuts: Sequence[tuple[int | None, str]]) -> Statement:
    params: list[Any] = []
    for event, (number, given) in zip(events, cuts, strict=True):
        why = f"{event.cause_ref}\n{event.reason}" if event.cause_ref or event.reason else None
        at_once = (event.at - AT_ONCE, event.at + AT_ONCE)
        params += (event.at, event.subject_id, event.actor_id, *at_once, number, why, given)
        params += [event.pk] * (event.pk is not None)
    return _values("kernel_eventrow", _ROW, events, params)


def _through_view(events: Sequence[Event]) -> Statement:
    params: list[Any] = []
    for event in events:
        params += (
            event.at, event.kind, event.subject_type, event.subject_id, str(event.actor_kind), event.actor_id,
            str(event.cause_kind), event.cause_ref, json.dumps(event.changes), json.dumps(event.data), event.reason,
            event.historic, *([event.pk] * (event.pk is not None)),
        )  # fmt: skip
    return _values("kernel_event", _COLUMNS, events, params)


def _values(table: str, columns: Sequence[str], events: Sequence[Event], params: list[Any]) -> Statement:
    is_drawn = events[0].pk is not None
    columns = (*columns, *(["id"] * is_drawn))
    one = f"({', '.join(_RECORDED if name == 'recorded_at' else '%s' for name in columns)})"
    into = f"INSERT INTO {table} ({', '.join(columns)}){_OWN_IDS * is_drawn}"
    end = "" if is_drawn else " RETURNING id"
    return f"{into} VALUES {', '.join([one] * len(events))}{end}", params


_OWN_IDS = " OVERRIDING SYSTEM VALUE"  # of the same sequence: no index would refuse an id that is there already
AT_ONCE = timedelta(seconds=1)  # between `at` and the clock of the database: `recorded_at` stays null
_RECORDED = "CASE WHEN statement_timestamp() NOT BETWEEN %s AND %s THEN statement_timestamp() END"
_ROW = ("at", "subject_id", "actor_id", "recorded_at", "shape_id", "why", "given")
_COLUMNS = (
    "at", "kind", "subject_type", "subject_id", "actor_kind", "actor_id", "cause_kind", "cause_ref", "changes",
    "data", "reason", "historic",
)  # fmt: skip
