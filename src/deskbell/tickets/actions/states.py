"""Changing the state of a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, Viewer, action, apply, clock, may, record
from deskbell.tickets import events
from deskbell.tickets.access import takes_part_as_customer
from deskbell.tickets.actions.reading import forget_readers, has_read
from deskbell.tickets.guards import Step, guards
from deskbell.tickets.locking import lock_ticket, save
from deskbell.tickets.models import Kind, State, StateCategory, Ticket
from deskbell.tickets.queries.vocabulary import vocabulary


def default_state(category: StateCategory) -> State:
    """The state entered when only the category is known."""
    return next(state for state in vocabulary().states if state.category == category and state.is_default)


def active_kind(code: str) -> Kind | None:
    return next((kind for kind in vocabulary().kinds if kind.code == code and kind.is_active), None)


@action()
def change_state(
    viewer: Viewer,
    ticket_id: int,
    state_code: str,
    *,
    waiting_reason_id: int | None = None,
    follow_up_at: datetime | None = None,
    resolution: str = "",
    reason: str = "",
    seen_version: int | None = None,
) -> Ticket:
    """Take a ticket to another state, if a transition allows it and its guards hold.

    follow_up_at: in UTC. Raises NotFound, NotAllowed, Conflict, or Invalid naming the field a guard asks for.
    """
    ticket = lock_ticket(viewer, ticket_id, seen_version=seen_version)
    target = next((state for state in vocabulary().states if state.code == state_code and state.is_active), None)
    if target is None:
        raise Invalid(fields={"state": _("There is no such state.")})
    if target.pk == ticket.state_id:
        return ticket
    step = Step(
        viewer=viewer,
        ticket=ticket,
        waiting_reason=next((each for each in vocabulary().waiting_reasons if each.pk == waiting_reason_id), None),
        follow_up_at=follow_up_at,
        resolution=resolution,
        reason=reason,
    )
    _check(viewer, ticket, target, step)
    enter_state(viewer, ticket, target, step=step)
    return ticket


def _check(viewer: Viewer, ticket: Ticket, target: State, step: Step) -> None:
    steps = vocabulary().transitions
    transition = next(
        (step for step in steps if (step.source_id, step.target_id) == (ticket.state_id, target.pk)), None
    )
    if transition is None:
        raise Invalid(
            fields={
                "state": _("A ticket cannot go from “%(source)s” to “%(target)s”.")
                % {"source": ticket.state, "target": target}
            }
        )
    if not may(viewer, transition.permission, ticket):
        if not (transition.by_requester and takes_part_as_customer(viewer, ticket)):
            raise NotAllowed
        return  # the person who asked closes and reopens without filling in our fields
    problems = {
        guard.field or "state": guard.problem
        for guard in (guards.get(name) for name in transition.guards)
        if not guard.holds(step)
    }
    if problems:
        raise Invalid(fields=problems)


def enter_state(
    viewer: Viewer, ticket: Ticket, target: State, *, step: Step | None = None, message_id: int | None = None
) -> None:
    """Enter a state without asking transitions or guards; the ticket is locked and authorised by the caller."""
    now = clock.now()
    category = StateCategory(target.category)
    before = StateCategory(ticket.state_category)
    reopened = before in StateCategory.ended() and category in StateCategory.open()
    values: dict[str, Any] = {"state_id": target.pk, "state_category": category.value}
    waits = category is StateCategory.WAITING
    values["waiting_reason_id"] = step.waiting_reason.pk if waits and step and step.waiting_reason else None
    values["follow_up_at"] = step.follow_up_at if waits and step else None
    if category in StateCategory.ended() and before in StateCategory.open():
        values["resolved_at"] = ticket.resolved_at or now
        values["customer_waiting_since"] = None
        values["last_message_preview"] = ""
    if category in StateCategory.final():
        values["closed_at"] = now
    if reopened:
        values |= {"resolved_at": None, "closed_at": None, "reopen_count": ticket.reopen_count + 1}
    if step and step.resolution.strip():
        values["resolution"] = step.resolution.strip()
    names = {"state_id": (str(ticket.state.code), target.code)}
    changes = apply(ticket, **values)
    ticket.state = target
    save(ticket, [name.removesuffix("_id") for name in values])
    if ticket.is_final:
        forget_readers(ticket)
    elif before in StateCategory.final() and viewer.is_agent and viewer.user_id is not None:
        has_read(viewer.user_id, ticket, now)
    record(
        viewer,
        events.STATE_CHANGED,
        ticket.pk,
        events.StateChanged(
            category_before=before.value, category_after=category.value, reopened=reopened, message_id=message_id
        ),
        changes={"state": names["state_id"]}
        | {name: pair for name, pair in changes.items() if name in {"waiting_reason_id", "follow_up_at", "resolution"}},
        reason=step.reason if step else "",
    )
