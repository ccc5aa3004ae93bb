"""Changing many tickets at once, each wholly or not at all, with a reason for each that could not be.

All of them are locked, changed and written together: five hundred ask no more of the database than one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    UNCHANGED,
    DeskbellError,
    Invalid,
    NotFound,
    Unchanged,
    Viewer,
    each_alone,
    require,
    together,
)
from deskbell.tickets import access
from deskbell.tickets.actions.assignment import assign
from deskbell.tickets.actions.classification import classify, set_tags
from deskbell.tickets.actions.messages import draw_message_ids
from deskbell.tickets.actions.states import change_state
from deskbell.tickets.actions.transfer import hand_over
from deskbell.tickets.answers import remembered
from deskbell.tickets.locking import holding, lock_visible
from deskbell.tickets.models import Ticket
from deskbell.tickets.workers import referred_to, referred_workers_of

MOST_TICKETS = 500  # in one go; more belong in a job
Steps = list[Callable[[Ticket], object]]


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
    with each_alone():
        locked = lock_visible(viewer, ids)
        with remembered(_known(change, locked)):
            for ticket_id in ids:
                _change(viewer, locked.get(ticket_id), ticket_id, steps, result)
    return result


def _change(viewer: Viewer, ticket: Ticket | None, ticket_id: int, steps: Steps, result: BulkResult) -> None:
    """One ticket, wholly or not at all: nothing is written before all is done, and a row that failed is let go."""
    try:
        if ticket is None:
            raise NotFound
        with together(), holding(ticket):
            require(viewer, access.BULK, ticket)
            for step in steps:
                step(ticket)
    except DeskbellError as error:
        result.failed[ticket_id] = str(error)
    else:
        result.done.append(ticket_id)


def _known(change: BulkChange, locked: dict[int, Ticket]) -> dict[Hashable, Any]:
    """What the steps would otherwise ask for each ticket, in a query for all of them."""
    if change.note.strip():
        draw_message_ids(len(locked))
    if isinstance(change.assignee_id, Unchanged) or change.assignee_id is None:
        return {}
    return {referred_to(pk): found for pk, found in referred_workers_of(locked).items()}


def _steps(viewer: Viewer, change: BulkChange) -> Steps:
    """What is done to each ticket; handing over comes last, for afterwards it may be out of sight."""
    steps: Steps = []
    if change.add_tags or change.remove_tags:
        steps.append(lambda ticket: _retag(viewer, ticket, change))
    if change.priority_id is not UNCHANGED:
        steps.append(
            lambda ticket: classify(
                viewer, ticket.pk, priority_id=change.priority_id, priority_reason=change.priority_reason
            )
        )
    if change.department_id is None:
        steps += _assignment(viewer, change)
    if change.state:
        steps.append(
            lambda ticket: change_state(
                viewer,
                ticket.pk,
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
            lambda ticket: hand_over(
                viewer,
                ticket,
                department_id,
                note=change.note,
                assignee_id=None if isinstance(change.assignee_id, Unchanged) else change.assignee_id,
                team_id=None if isinstance(change.team_id, Unchanged) else change.team_id,
            )
        )
    return steps


def _assignment(viewer: Viewer, change: BulkChange) -> Steps:
    if isinstance(change.assignee_id, Unchanged):
        if change.team_id is UNCHANGED:
            return []
        return [lambda ticket: assign(viewer, ticket.pk, ticket.assignee_id, team_id=change.team_id, note=change.note)]
    assignee_id = change.assignee_id
    return [lambda ticket: assign(viewer, ticket.pk, assignee_id, team_id=change.team_id, note=change.note)]


def _retag(viewer: Viewer, ticket: Ticket, change: BulkChange) -> None:
    removed = {tag.strip().lower() for tag in change.remove_tags}
    set_tags(viewer, ticket.pk, [tag for tag in ticket.tags if tag not in removed] + list(change.add_tags))
