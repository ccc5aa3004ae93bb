"""Everything that was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import OrderBy, Q, QuerySet

from deskbell.kernel.api import (
    BLOCK,
    EVENTS_NEWEST_FIRST,
    Event,
    NotAllowed,
    Registry,
    Viewer,
    block_of,
    event_kinds,
    events_of,
)
from deskbell.people.access import SEE_AUDIT
from deskbell.people.keyset import Page, decode, encode
from deskbell.people.models import User


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which events. kind: a whole name ("user.created") or the part before the dot ("user"). Times in UTC.

    table: of the subject "config" only, whose ids belong to many tables ("state", "category").
    """

    actor_id: int | None = None
    kind: str = ""
    subject_type: str = ""
    subject_id: int | None = None
    table: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One event with words. actor: the person's name, or "" when the desk itself did it."""

    event: Event
    label: str
    actor: str


NO_FILTER = AuditFilter()

# Ids of the records that do not exist for a viewer, None when there are none for them.
HiddenSubjects: TypeAlias = Callable[[Viewer], QuerySet[Any, int] | None]

# Subject type → what of it is kept even from those who may see the audit: packages above register theirs.
hidden_subjects: Registry[HiddenSubjects] = Registry("hidden subjects")


def audit_log(
    viewer: Viewer, wanted: AuditFilter = NO_FILTER, *, after: str | None = None, size: int = 50
) -> Page[AuditRow]:
    """Events, newest first, a page at a time. Raises NotAllowed.

    Whoever may see the audit of the whole desk sees all but records that do not exist for them (restricted
    tickets); a head sees what happened to their departments.
    """
    events = _of_kind(wanted.kind)
    if wanted.actor_id is None:
        events = events.order_by(*EVENTS_NEWEST_FIRST)
    else:
        events = events.order_by(OrderBy(BLOCK, descending=True), "-pk")
    if not viewer.may(SEE_AUDIT):
        departments = viewer.departments_with(SEE_AUDIT)
        if not departments:
            raise NotAllowed
        events = events.filter(subject_type="department", subject_id__in=departments)
    registered = hidden_subjects.keys()
    for subject_type in registered:
        hidden = hidden_subjects.get(subject_type)(viewer)
        if hidden is not None:
            events = events.exclude(subject_type=subject_type, subject_id__in=hidden)
    events = events.filter(_conditions(wanted))
    key = decode(after, int)
    if key is not None:
        events = events.filter(pk__lt=key[0])
        if wanted.actor_id is not None:
            events = events.alias(block=BLOCK).filter(block__lte=block_of(key[0]))
    found = list(events[: size + 1])
    more = len(found) > size
    found = found[:size]
    names = dict(User.objects.filter(pk__in={event.actor_id for event in found}).values_list("pk", "name"))
    rows = [
        AuditRow(
            event,
            str(event_kinds.get(event.kind).label) if event.kind in event_kinds else event.kind,
            names.get(event.actor_id or 0, ""),
        )
        for event in found
    ]
    return Page(rows, encode(found[-1].pk) if more else None)


def _of_kind(kind: str) -> QuerySet[Event, Event]:
    if not kind:
        return Event.objects.all()
    return events_of(kind if "." in kind else f"{kind}.")


def _conditions(wanted: AuditFilter) -> Q:
    conditions = Q()
    if wanted.actor_id is not None:
        conditions &= Q(actor_id=wanted.actor_id)
    if wanted.subject_type:
        conditions &= Q(subject_type=wanted.subject_type)
    if wanted.subject_id is not None:
        conditions &= Q(subject_id=wanted.subject_id)
    if wanted.table:
        conditions &= Q(data__table=wanted.table)
    if wanted.since is not None:
        conditions &= Q(at__gte=wanted.since)
    if wanted.until is not None:
        conditions &= Q(at__lt=wanted.until)
    return conditions
