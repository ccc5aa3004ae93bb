"""Playing a plan on a stage under a moved clock, window by window, so that several processes keep in step."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Protocol

from django.db import connection, transaction

from deskbell.demo.cast import Cast, make_cast
from deskbell.demo.events import Begun
from deskbell.demo.plan import Plan, make_plan
from deskbell.demo.shares import divide
from deskbell.demo.stage import Stage
from deskbell.kernel.api import CauseKind, as_history, caused_by, clock
from deskbell.tickets import api as tickets

WINDOW = 120  # steps of all processes together; within one, numbers may be out of order by some hours


@dataclass(frozen=True, slots=True)
class Production:
    """A plan, and which process plays which of its steps."""

    cast: Cast
    plan: Plan
    owners: list[int]

    @property
    def windows(self) -> int:
        return -(-len(self.plan.steps) // WINDOW)

    def play(self, stage: Stage, process: int, window: int) -> None:
        """The steps of this process in that window, in the order of time."""
        first = window * WINDOW
        with clock.moved_to(self.plan.steps[first].at) as moved:
            for index in range(first, min(first + WINDOW, len(self.plan.steps))):
                if self.owners[index] == process:
                    step = self.plan.steps[index]
                    moved.move_to(step.at)
                    step.play(stage)


def produce(begun: Begun, processes: int) -> Production:
    """The same values give the same production, in every process."""
    rng = Random(begun.seed)
    cast = make_cast(rng, share=begun.share)
    plan = make_plan(cast, rng, until=datetime.fromisoformat(begun.until), tickets=begun.tickets)
    return Production(cast, plan, divide(plan.steps, processes))


@contextmanager
def one_piece() -> Iterator[None]:
    """A transaction that is played wholly or not at all, with everything left out that serves going on after errors.

    Each action opens a savepoint of its own: a fifth of all statements, and of no use where an error ends it all.
    The collector of cycles walks the same long-lived objects again and again; reference counts suffice for minutes.
    """
    features: Any = connection.features
    collects = gc.isenabled()
    gc.disable()
    try:
        with transaction.atomic(), as_history(), caused_by(CauseKind.IMPORT, "demo"), tickets.documents_at_the_end():
            features.uses_savepoints = False
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
            yield
    finally:
        vars(features).pop("uses_savepoints", None)
        if collects:
            gc.enable()


Report = Callable[[float, str], None]


class KeepsStep(Protocol):
    """Another process that plays the rest (see `companion.py`)."""

    def begin(self, window: int) -> None: ...

    def wait(self, window: int) -> None: ...


def play_all(production: Production, stage: Stage, report: Report, companion: KeepsStep | None) -> None:
    """Play this process's share, keeping in step with the companion if there is one."""
    for window in range(production.windows):
        if companion is not None:
            companion.begin(window)
        production.play(stage, 0, window)
        if companion is not None:
            companion.wait(window)
        reached = production.plan.steps[window * WINDOW].at
        report((window + 1) / production.windows, f"Playing {reached:%d %B}")
