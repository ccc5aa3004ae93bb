"""Changing many tickets at once, each in its own transaction, with a reason for each that could not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import UNCHANGED, DeskbellError, Invalid, Unchanged, Viewer, require
from deskbell.tickets import access
from deskbell.tickets.actions.assignment import assign
from deskbell.tickets.actions.classification import classify, set_tags
from deskbell.tickets.actions.states import change_state
from deskbell.tickets.actions.transfer import transfer
from deskbell.tickets.locking import lock_ticket

MOST_TICKETS = 500  # in one go; more belong in a job


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What to change; only what is given is touched. note: needed to hand over. follow_up_at in UTC."""

    assignee_id: int | Unchanged | None = UNCHANGED
    team_id: int | Unchanged | None = UNCHANGED
    state: str = ""
    waiting_reason_id: int | None = None
    follow_up_at: datetime | None = None
    resolution: str = ""
    reason: str = ""
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()
    department_id: int | None = None
    note: str = ""
    priority_id: int | Unchanged | None = UNCHANGED
    priority_reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkResult:
    """done: ids in the order given. failed: id → why, in words."""

    done: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


def bulk(viewer: Viewer, ticket_ids: Iterable[int], change: BulkChange) -> BulkResult:
    """Change each ticket, wholly or not at all; what fails does not stop the others.

    Needs `ticket.bulk` and what each change needs itself. Raises Invalid when nothing is to be done or there
    are more than MOST_TICKETS.
    """
    ids = list(dict.fromkeys(ticket_ids))
    steps = _steps(viewer, change)
    if not ids or not steps:
        raise Invalid(_("Choose tickets and what to change."))
    if len(ids) > MOST_TICKETS:
        raise Invalid(_("At most %(count)d tickets at once.") % {"count": MOST_TICKETS})
    result = BulkResult()
    for ticket_id in ids:
        try:
            with transaction.atomic():
                require(viewer, access.BULK, lock_ticket(viewer, ticket_id))
                for step in steps:
                    step(ticket_id)
        except DeskbellError as error:
            result.failed[ticket_id] = str(error)
        else:
            result.done.append(ticket_id)
    return result


def _steps(viewer: Viewer, change: BulkChange) -> list[Callable[[int], object]]:
    """What is done to each ticket; handing over comes last, for afterwards it may be out of sight."""
    steps: list[Callable[[int], object]] = []
    if change.add_tags or change.remove_tags:
        steps.append(lambda pk: _retag(viewer, pk, change))
    if change.priority_id is not UNCHANGED:
        steps.append(
            lambda pk: classify(viewer, pk, priority_id=change.priority_id, priority_reason=change.priority_reason)
        )
    if change.department_id is None:
        steps += _assignment(viewer, change)
    if change.state:
        steps.append(
            lambda pk: change_state(
                viewer,
                pk,
                change.state,
                waiting_reason_id=change.waiting_reason_id,
                follow_up_at=change.follow_up_at,
                resolution=change.resolution,
                reason=change.reason,
            )
        )
    department_id = change.department_id
    if department_id is not None:
        steps.append(
            lambda pk: transfer(
                viewer,
                pk,
                department_id,
                note=change.note,
                assignee_id=None if isinstance(change.assignee_id, Unchanged) else change.assignee_id,
                team_id=None if isinstance(change.team_id, Unchanged) else change.team_id,
            )
        )
    return steps


def _assignment(viewer: Viewer, change: BulkChange) -> list[Callable[[int], object]]:
    if isinstance(change.assignee_id, Unchanged):
        if change.team_id is UNCHANGED:
            return []
        return [lambda pk: assign(viewer, pk, _assignee_of(viewer, pk), team_id=change.team_id, note=change.note)]
    assignee_id = change.assignee_id
    return [lambda pk: assign(viewer, pk, assignee_id, team_id=change.team_id, note=change.note)]


def _assignee_of(viewer: Viewer, ticket_id: int) -> int | None:
    return lock_ticket(viewer, ticket_id).assignee_id


def _retag(viewer: Viewer, ticket_id: int, change: BulkChange) -> None:
    removed = {tag.strip().lower() for tag in change.remove_tags}
    present = lock_ticket(viewer, ticket_id).tags
    set_tags(viewer, ticket_id, [tag for tag in present if tag not in removed] + list(change.add_tags))
