"""Writing to the event log, and telling subscribers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection

from deskbell.kernel import clock, reference
from deskbell.kernel.access import Viewer
from deskbell.kernel.events import subscribers
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
        cause_ref=storable(cause.ref),
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
        for statement in (*after, _insertion(events)):
            send(*statement)
    else:
        # Whoever is told of an event reads small tables: their version comes along.
        version: list[Statement] = [(reference.VERSION_SQL, ())] if reference.is_unknown() else []
        found = run([*after, _insertion(events), *version])[len(after) :]
        _identify(events, [event_id for (event_id,) in found[0]])
        if version:
            reference.learn(found[1][0][0])
    subscribers.notify(events)


def _identify(events: Sequence[Event], ids: Sequence[int]) -> None:
    for event, event_id in zip(events, ids, strict=True):
        event.pk = event_id
        event._state.adding, event._state.db = False, connection.alias  # noqa: SLF001  (documented: Model._state)


def _insertion(events: Sequence[Event]) -> Statement:
    """With the ids the events have, or as a statement that gives them."""
    is_drawn = events[0].pk is not None
    params: list[Any] = []
    for event in events:
        params += (
            event.at, event.kind, event.subject_type, event.subject_id, str(event.actor_kind), event.actor_id,
            str(event.cause_kind), event.cause_ref, json.dumps(event.changes), json.dumps(event.data), event.reason,
            event.historic, *([event.pk] * is_drawn),
        )  # fmt: skip
    columns = (*_COLUMNS, *(["id"] * is_drawn))
    one = f"({', '.join(['%s'] * len(columns))})"
    end = "" if is_drawn else " RETURNING id"
    # S608: columns of our own.
    return f"INSERT INTO kernel_event ({', '.join(columns)}) VALUES {', '.join([one] * len(events))}{end}", params  # noqa: S608


_COLUMNS = (
    "at", "kind", "subject_type", "subject_id", "actor_kind", "actor_id", "cause_kind", "cause_ref", "changes",
    "data", "reason", "historic",
)  # fmt: skip
