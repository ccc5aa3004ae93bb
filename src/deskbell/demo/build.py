"""Builds the demonstration: plans it, then plays the plan through the real actions under a moved clock."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection, transaction

from deskbell.demo.cast import Cast, Person, make_cast
from deskbell.demo.introduction import SignIn, sign_ins
from deskbell.demo.mailboxes import open_mailboxes
from deskbell.demo.organisation import before_everything, enter_absences, invite_customer, set_up
from deskbell.demo.plan import DAYS, Plan, make_plan
from deskbell.demo.stage import Stage
from deskbell.demo.steps import Create
from deskbell.kernel.api import CauseKind, Viewer, as_history, caused_by, clock
from deskbell.people import api as people
from deskbell.tickets import api as tickets

Progress = Callable[[float, str], None]

SEED = 20_260_321
TICKETS = 800
PLANNING, SETTING_UP = 0.03, 0.08  # shares of the time
REPORT_EVERY = 40  # steps
FIRST_NUMBER = 10_001


class NotEmpty(RuntimeError):
    """The database holds tickets of somebody else; the demonstration is built in an empty one only."""


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was made, and who can sign in: an administrator, a head, an agent and a customer."""

    sign_ins: tuple[SignIn, ...]
    people: int
    organisations: int
    tickets: int
    messages: int


def is_built() -> bool:
    """Whether the demonstration is there. It is built in one transaction: wholly or not at all."""
    return people.has_administrator() and tickets.Ticket.objects.exists()


def build(
    progress: Progress = lambda _done, _what: None,
    *,
    seed: int = SEED,
    until: datetime | None = None,
    tickets_count: int = TICKETS,
    share: float = 1.0,
) -> DemoSummary:
    """Build the demonstration in an empty database, up to `until` (aware; now by default).

    The same seed and `until` give the same desk. share: of the 300 people outside. progress is told the share
    done and what is being made. Raises NotEmpty, leaving what is there untouched.
    """
    until = until or clock.now()
    rng = Random(seed)  # noqa: S311  made-up people, not secrets
    progress(0.0, "Inventing people and their troubles")
    cast = make_cast(rng, share=share)
    plan = make_plan(cast, rng, until=until, tickets=tickets_count)
    with _one_piece():
        _require_empty()
        _set_session()
        progress(PLANNING, "Setting up departments and people")
        stage, viewer = _organise(cast, plan, until)
        _play(plan, stage, progress)
        with clock.moved_to(until):
            invite_customer(viewer, stage, best_customer(cast, plan).key)
        summary = _summary()
        _analyse()
    progress(1.0, "Ready")
    return summary


def _require_empty() -> None:
    if tickets.Ticket.objects.exists() or people.User.objects.exists():
        raise NotEmpty("The demonstration needs an empty database; this one has people or tickets already.")


@contextmanager
def _one_piece() -> Iterator[None]:
    """A transaction that is played wholly or not at all, with everything left out that serves going on after errors.

    Each action opens a savepoint of its own: a fifth of all statements, and of no use where an error ends it all.
    The collector of cycles walks the same long-lived objects again and again; reference counts suffice for minutes.
    """
    features: Any = connection.features
    collects = gc.isenabled()
    gc.disable()
    try:
        with transaction.atomic(), as_history(), caused_by(CauseKind.IMPORT, "demo"):
            features.uses_savepoints = False
            yield
    finally:
        vars(features).pop("uses_savepoints", None)
        if collects:
            gc.enable()


def _set_session() -> None:
    """This transaction need not wait for the disk; numbers begin anew also after an attempt that broke off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SELECT setval('tickets_ticket_id_seq', %s, false)", [FIRST_NUMBER])


def _analyse() -> None:
    """The planner learns of the new rows at once instead of when the server gets round to it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _organise(cast: Cast, plan: Plan, until: datetime) -> tuple[Stage, Viewer]:
    with clock.moved_to(before_everything(until, DAYS)) as moved:
        stage, viewer = set_up(cast)
        open_mailboxes(viewer, stage, cast)
        enter_absences(viewer, stage, cast, plan.away, moved)
    return stage, viewer


def _play(plan: Plan, stage: Stage, progress: Progress) -> None:
    total = len(plan.steps)
    with clock.moved_to(plan.steps[0].at) as moved:
        for index, step in enumerate(plan.steps):
            moved.move_to(step.at)
            step.play(stage)
            if index % REPORT_EVERY == 0:
                share = SETTING_UP + (1 - SETTING_UP) * index / total
                progress(share, f"Playing {step.at:%d %B}, {len(stage.ticket_ids)} tickets")


def best_customer(cast: Cast, plan: Plan) -> Person:
    """The customer to sign in as: of those writing English, the one with most to see."""
    counts: dict[str, int] = {}
    for step in plan.steps:
        if isinstance(step, Create):
            counts[step.asker] = counts.get(step.asker, 0) + 1
    english = [person for person in cast.people if person.language == "en" and person.firm.kind == "customer"]
    return max(english, key=lambda person: (counts.get(person.key, 0), person.key))


def _summary() -> DemoSummary:
    return DemoSummary(
        sign_ins=sign_ins(),
        people=people.User.objects.count(),
        organisations=people.Organisation.objects.count(),
        tickets=tickets.Ticket.objects.count(),
        messages=tickets.Message.objects.count(),
    )
