"""Events in words: who changed what from what to what, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.console import records
from deskbell.kernel.api import CauseKind, Event, OptionValue, event_kinds, reference
from deskbell.people import api as people
from deskbell.tickets import api as tickets

# Reference data, of which a process knows all names.
SMALL = {
    people.Department, people.Team, people.Role, tickets.Category, tickets.Kind, tickets.State, tickets.Priority,
    tickets.WaitingReason, tickets.CustomField,
}  # fmt: skip
LONGEST_VALUE = 240  # characters of one side of a change; the rest is a click away at the record

CAUSES: dict[str, str | Promise] = {
    CauseKind.MESSAGE: gettext_lazy("because of a message"),
    CauseKind.EVENT: gettext_lazy("because of another change"),
    CauseKind.RULE: gettext_lazy("by a rule"),
    CauseKind.CLOCK: gettext_lazy("because it was due"),
    CauseKind.IMPORT: gettext_lazy("by an import"),
    CauseKind.COMMAND: gettext_lazy("on the command line"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stood there and what stands there now. old is None where nothing stood before."""

    field: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One event. record_href and actor_href are empty where there is nothing to open."""

    pk: int
    at: datetime
    what: str
    actor: str
    actor_href: str
    record: str
    record_href: str
    record_filter: str
    cause: str
    reason: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a record last. subject is what the audit log filters by: "user:7"."""

    at: datetime
    what: str
    actor: str
    subject: str


def last_change(subject_type: str, pk: int) -> LastChange | None:
    """The newest event of a record, with the name of who made it; two queries."""
    event = Event.objects.filter(subject_type=subject_type, subject_id=pk).order_by("-id").first()
    return None if event is None else _last(event, _names(people.User, {event.actor_id}))


def of_event(event: Event) -> LastChange:
    """An event as the last change of its record; one query for the name."""
    return _last(event, _names(people.User, {event.actor_id}))


def last_changes(subject_type: str, pks: Iterable[int]) -> dict[int, LastChange]:
    """The newest event of each record, by its id; two queries."""
    newest = list(
        Event.objects.filter(subject_type=subject_type, subject_id__in=list(pks))
        .order_by("subject_id", "-id")
        .distinct("subject_id")
    )
    names = _names(people.User, {event.actor_id for event in newest})
    return {event.subject_id: _last(event, names) for event in newest}


def _last(event: Event, names: dict[int, str]) -> LastChange:
    return LastChange(
        at=event.at,
        what=kind_label(event.kind),
        actor=_actor(event, names),
        subject=_filter(event),
    )


def describe(events: Sequence[Event]) -> list[Change]:
    """The events in words; one query for each sort of record named in them, however many events there are."""
    wanted = _references(events)
    names = {model: _names(model, ids) for model, ids in wanted.items()}
    # Changes of state are written by code; a person reads the name.
    states = {each.code: str(each) for each in tickets.vocabulary().states}
    return [_change(event, names, _small_table(OptionValue), states) for event in events]


def kind_label(kind: str) -> str:
    """What a kind of event is called; its own name for one that no longer exists."""
    return str(event_kinds.get(kind).label) if kind in event_kinds else kind


def _subject(event: Event) -> str:
    """The sort of record; events of ticket settings share one subject and name their table in the data."""
    return str(event.data.get("table", "")) or "config" if event.subject_type == "config" else event.subject_type


def _change(
    event: Event, names: dict[type[Model], dict[int, str]], options: dict[int, str], states: dict[str, str]
) -> Change:
    subject = _subject(event)
    model = records.model_of(subject)
    if subject == "option":
        record = records.option_label(options.get(event.subject_id, ""))
    else:
        named = names.get(model, {}).get(event.subject_id, "") if model else ""
        record = records.in_words(subject, event.subject_id, named or str(event.data.get("name", "")))
    lines = [
        Line(
            records.field_label(model, field),
            None if old in (None, "", []) else _value(field, _state(field, old, states), names, model),
            _value(field, _state(field, new, states), names, model),
        )
        for field, (old, new) in event.changes.items()
        if field != "path"
    ]
    lines += [
        Line(records.field_label(model, field), None, _value(field, value, names, model))
        for field, value in event.data.items()
        if value not in (None, "", [], {}, False) and field not in event.changes and field not in records.UNTOLD
    ]
    users = names.get(people.User, {})
    return Change(
        pk=event.pk,
        at=event.at,
        what=kind_label(event.kind),
        actor=_actor(event, users),
        actor_href=_href("user", event.actor_id) if event.actor_id in users else "",
        record=record,
        record_href=_href(subject, event.subject_id),
        record_filter=_filter(event),
        cause=str(CAUSES.get(event.cause_kind, "")),
        reason=event.reason,
        lines=tuple(lines),
    )


def _filter(event: Event) -> str:
    """The record as the audit log's filter takes it."""
    table = event.data.get("table") if event.subject_type == "config" else None
    return f"{event.subject_type}:{event.subject_id}" + (f":{table}" if table else "")


def _actor(event: Event, users: dict[int, str]) -> str:
    if event.actor_id is None:
        return _("Deskbell itself")
    return users.get(event.actor_id) or _("Somebody who is no longer here")


def _references(events: Sequence[Event]) -> dict[type[Model], set[int | None]]:
    wanted: defaultdict[type[Model], set[int | None]] = defaultdict(set)
    for event in events:
        subject = records.model_of(_subject(event))
        if subject is not None:
            wanted[subject].add(event.subject_id)
        wanted[people.User].add(event.actor_id)
        for field, pair in event.changes.items():
            _collect(wanted, field, pair, subject)
        for field, value in event.data.items():
            _collect(wanted, field, [value], subject)
    return wanted


def _collect(
    wanted: defaultdict[type[Model], set[int | None]], field: str, values: Iterable[Any], subject: type[Model] | None
) -> None:
    model = records.referenced(field, subject)
    if model is not None:
        wanted[model].update(pk for value in values for pk in _ids(value))


def _ids(value: Any) -> list[int]:
    if isinstance(value, list):
        return [pk for pk in value if isinstance(pk, int)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def _names(model: type[Model], ids: set[int | None]) -> dict[int, str]:
    known = {pk for pk in ids if pk is not None}
    if not known:
        return {}
    if model in SMALL:
        return _small_table(model)
    # SLF001: Django documents _default_manager as public.
    rows = model._default_manager.filter(pk__in=known).values_list("pk", records.naming_field(model))  # noqa: SLF001
    return {pk: str(name) for pk, name in rows}


@reference.cached
def _small_table(model: type[Model]) -> dict[int, str]:
    # SLF001: Django documents _default_manager as public.
    return {pk: str(name) for pk, name in model._default_manager.values_list("pk", records.naming_field(model))}  # noqa: SLF001


def _state(field: str, value: Any, states: dict[str, str]) -> Any:
    return states.get(value, value) if field == "state" and isinstance(value, str) else value


def _value(field: str, value: Any, names: dict[type[Model], dict[int, str]], subject: type[Model] | None) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    model = records.referenced(field, subject)
    if model is not None and _ids(value):
        return ", ".join(names.get(model, {}).get(pk) or f"#{pk}" for pk in _ids(value))
    label = records.choice_label(subject, field, value)
    if label:
        return label
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(part, str | int) for part in value):
        value = ", ".join(map(str, value))
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= LONGEST_VALUE else f"{written[:LONGEST_VALUE]}…"


def _href(subject_type: str, pk: int | None) -> str:
    view = records.view_of(subject_type)
    if view is None or pk is None:
        return ""
    try:
        return reverse(view, args=[pk])
    except NoReverseMatch:
        return ""
