"""Conditions on transitions, named in data (`Transition.guards`) and written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import Option, Registry, Viewer, clock, declare
from deskbell.tickets.models import Ticket, WaitingReason

REOPEN_DAYS = declare(
    Option(
        name="tickets.reopen_days",
        type=int,
        default=14,
        label=_("Days in which a closed ticket can be reopened"),
        help=_("A later answer becomes a new ticket, linked to the closed one."),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """What the person gave along with a change of state. follow_up_at in UTC."""

    viewer: Viewer
    ticket: Ticket
    waiting_reason: WaitingReason | None = None
    follow_up_at: datetime | None = None
    resolution: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """field: the form field to ask for. holds: whether the step may be taken. problem: what to do otherwise."""

    name: str
    field: str
    label: str | Promise
    problem: str | Promise
    holds: Callable[[Step], bool]


guards: Registry[Guard] = Registry("guard")


def _guard(name: str, field: str, label: str | Promise, problem: str | Promise, holds: Callable[[Step], bool]) -> None:
    guards.register(name, Guard(name, field, label, problem, holds))


def _follow_up_ahead(step: Step) -> bool:
    return step.follow_up_at is not None and step.follow_up_at > clock.now()


def may_be_reopened(ticket: Ticket) -> bool:
    """Whether the ticket ended recently enough to go on (option `tickets.reopen_days`)."""
    ended = ticket.closed_at or ticket.resolved_at
    return ended is None or clock.now() - ended <= timedelta(days=REOPEN_DAYS.get())


_guard(
    "has_waiting_reason", "waiting_reason", _("A reason for waiting"),
    _("Say what the ticket waits for."), lambda step: step.waiting_reason is not None,
)  # fmt: skip
_guard(
    "has_follow_up", "follow_up_at", _("A follow-up date"),
    _("Choose a date in the future on which the ticket comes back."), _follow_up_ahead,
)  # fmt: skip
_guard(
    "has_resolution", "resolution", _("What solved it"),
    _("Write in a sentence what solved it."), lambda step: bool(step.resolution.strip() or step.ticket.resolution),
)  # fmt: skip
_guard("has_reason", "reason", _("A reason"), _("Say why."), lambda step: bool(step.reason.strip()))
_guard(
    "has_assignee", "assignee", _("An assignee"),
    _("Assign the ticket first."), lambda step: step.ticket.assignee_id is not None,
)  # fmt: skip
_guard(
    "has_category", "category", _("A category"),
    _("Choose a category first."), lambda step: step.ticket.category_id is not None,
)  # fmt: skip
_guard(
    "may_reopen", "", _("Closed not too long ago"),
    _("This was closed too long ago to go on. Create a new ticket."), lambda step: may_be_reopened(step.ticket),
)  # fmt: skip
