"""Builds the demonstration: plans it, then plays the plan through the real actions under a moved clock."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from deskbell.demo.cast import Person
from deskbell.demo.companion import Companion
from deskbell.demo.events import BEGUN, FINISHED, Begun
from deskbell.demo.introduction import SignIn, sign_ins
from deskbell.demo.mailboxes import open_mailboxes
from deskbell.demo.organisation import before_everything, enter_absences, invite_customer, set_up
from deskbell.demo.plan import DAYS
from deskbell.demo.play import Production, one_piece, play_all, produce
from deskbell.demo.set_stage import stage_from_database
from deskbell.demo.steps import Create
from deskbell.kernel.api import SYSTEM, CauseKind, NoData, as_history, caused_by, clock, events_of, record, store
from deskbell.people import api as people
from deskbell.tickets import api as tickets

Progress = Callable[[float, str], None]

SEED = 20_260_321
TICKETS = 800
SETTING_UP = 0.12  # share of the time
FIRST_NUMBER = 10_001
MOST_PROCESSES = 2


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
    """Whether the demonstration is there, complete."""
    return events_of(FINISHED.name).exists()


def build(
    progress: Progress = lambda _done, _what: None,
    *,
    seed: int = SEED,
    until: datetime | None = None,
    tickets_count: int = TICKETS,
    share: float = 1.0,
    processes: int | None = None,
) -> DemoSummary:
    """Build the demonstration in an empty database, up to `until` (aware; now by default).

    The same seed and `until` give the same desk. share: of the 300 people outside. processes: one for each core,
    at most two, by default. progress is told the share done and what is being made.
    A build that broke off before is finished; where tickets were kept of it, or the database is somebody else's,
    NotEmpty is raised and nothing is touched.
    """
    begun = _begun() or Begun(
        seed=seed, until=(until or clock.now()).isoformat(), tickets=tickets_count, share=share
    )  # fmt: skip
    if tickets.Ticket.objects.exists() or (_begun() is None and people.User.objects.exists()):
        raise NotEmpty("The demonstration needs an empty database; this one has people or tickets already.")
    processes = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
    progress(0.0, "Inventing people and their troubles")
    with ExitStack() as stack:
        companion = stack.enter_context(Companion(begun, processes)) if processes > 1 else None
        production = produce(begun, processes)
        progress(SETTING_UP / 4, "Setting up departments and people")
        if _begun() is None:
            _organise(production, begun)
        _play(production, companion, progress)
        _finish(production, datetime.fromisoformat(begun.until))
    progress(1.0, "Ready")
    return _summary()


def _begun() -> Begun | None:
    event = events_of(BEGUN.name).order_by("pk").first()
    return BEGUN.read(event) if event else None


def _organise(production: Production, begun: Begun) -> None:
    """Everything that stands before the first ticket, in one transaction."""
    cast, plan = production.cast, production.plan
    start = before_everything(datetime.fromisoformat(begun.until), DAYS)
    with one_piece(), clock.moved_to(start) as moved:
        record(SYSTEM, BEGUN, 1, begun)
        viewer = set_up(cast)
        papers = {paper.sha256: paper for step in plan.steps for paper in step.papers}.values()
        tickets.want_texts_of(store(sheet.content).pk for sheet in papers)  # or one process would wait for the other
        stage = stage_from_database(cast)
        open_mailboxes(viewer, stage, cast)
        enter_absences(viewer, stage, cast, plan.away, moved)


def _play(production: Production, companion: Companion | None, progress: Progress) -> None:
    def report(done: float, what: str) -> None:
        progress(SETTING_UP + (0.98 - SETTING_UP) * done, what)

    with one_piece():
        with connection.cursor() as cursor:
            # Numbers begin anew also after an attempt that broke off.
            cursor.execute("SELECT setval('tickets_ticket_id_seq', %s, false)", [FIRST_NUMBER])
        play_all(production, stage_from_database(production.cast), report, companion)
        if companion is not None:
            # The other half is kept first; ours follows within the same moment, or nothing was finished.
            companion.commit()


def _finish(production: Production, until: datetime) -> None:
    with transaction.atomic(), as_history(), caused_by(CauseKind.IMPORT, "demo"), clock.moved_to(until):
        stage = stage_from_database(production.cast)
        administrator = people.User.objects.filter(role_assignments__role__code="administrator").earliest("pk")
        invite_customer(people.viewer_for(administrator), stage, best_customer(production).key)
        record(SYSTEM, FINISHED, 1, NoData())
    with connection.cursor() as cursor:
        # The planner learns of the new rows at once instead of when the server gets round to it.
        cursor.execute("ANALYZE")


def best_customer(production: Production) -> Person:
    """The customer to sign in as: of those writing English, the one with most to see."""
    counts: dict[str, int] = {}
    for step in production.plan.steps:
        if isinstance(step, Create):
            counts[step.asker] = counts.get(step.asker, 0) + 1
    people_outside = production.cast.people
    english = [person for person in people_outside if person.language == "en" and person.firm.kind == "customer"]
    return max(english, key=lambda person: (counts.get(person.key, 0), person.key))


def _summary() -> DemoSummary:
    return DemoSummary(
        sign_ins=sign_ins(),
        people=people.User.objects.count(),
        organisations=people.Organisation.objects.count(),
        tickets=tickets.Ticket.objects.count(),
        messages=tickets.Message.objects.count(),
    )
