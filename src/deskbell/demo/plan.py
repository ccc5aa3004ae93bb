"""The whole plan: whose tickets, about what, when; then every step of all of them in the order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from deskbell.demo import steps
from deskbell.demo.cast import Cast
from deskbell.demo.hours import SATURDAY, Away, writing_moment
from deskbell.demo.library import Matter
from deskbell.demo.matters import askers_of, choose
from deskbell.demo.outages import outages
from deskbell.demo.present import present
from deskbell.demo.script import Plot, Script
from deskbell.demo.stories import STORIES, Story, complaint, restricted
from deskbell.tickets.api import LinkKind

DAYS = 90
WEEKEND = 0.14  # of an ordinary day's tickets
AWAY_NOW = 8  # which agent is away in the present
READ_SHARE = 0.7  # of what is open, each colleague has read
LINKED_SHARE = 0.06  # of the tickets of one person that follow on one another
PRESENT_SHARE = 0.08  # of all tickets are written for the present (see present.py)


@dataclass(frozen=True, slots=True)
class Plan:
    """steps: in the order of time, none later than the present. away: absences of agents."""

    steps: Sequence[steps.Step]
    away: Sequence[Away]
    tickets: int


def make_plan(cast: Cast, rng: Random, *, until: datetime, tickets: int) -> Plan:
    """Deterministic: the same cast, seed, present and number give the same plan."""
    away = _absences(cast, rng, until)
    by_agent: dict[str, list[Away]] = {}
    for absence in away:
        by_agent.setdefault(absence.agent, []).append(absence)
    plot = Plot(cast, rng, until, by_agent)
    askers = askers_of(cast)
    outages(plot, max(1, tickets // 250), askers)
    present(plot, max(8, round(tickets * PRESENT_SHARE)), askers)
    for moment in _openings(rng, until):
        if plot.tickets >= tickets:
            break
        asker, matter = choose(rng, askers)
        opened_at = min(writing_moment(rng, moment, asker.time_zone), until - timedelta(minutes=rng.randint(2, 300)))
        _story(rng, matter)(Script(plot, asker, matter, opened_at))
    _relations(plot)
    _readings(plot)
    happened = sorted((step for step in plot.steps if step.at < until), key=lambda step: step.at)
    return Plan(list(_playable(happened)), away, plot.tickets)


def _story(rng: Random, matter: Matter) -> Story:
    if matter.kind == "security_incident":
        return restricted
    if matter.kind == "complaint":
        return complaint
    stories, weights = zip(*STORIES, strict=True)
    chosen: Story = rng.choices(stories, weights)[0]
    return chosen


def _openings(rng: Random, until: datetime) -> Iterator[datetime]:
    """Days on which tickets are opened, without end: few at weekends, more on Mondays, bursts now and then."""
    days = [until - timedelta(days=back) for back in range(DAYS)]
    weights = []
    for day in days:
        weight = WEEKEND if day.weekday() >= SATURDAY else (1.25 if day.weekday() == 0 else 1.0)
        weights.append(weight * rng.uniform(0.75, 1.3) * (1.7 if rng.random() < 0.06 else 1.0))
    while True:
        yield rng.choices(days, weights)[0]


def _absences(cast: Cast, rng: Random, until: datetime) -> list[Away]:
    """Holidays of a week or two, days of illness; one agent is away right now."""
    found = []
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0)
    for index, agent in enumerate(cast.agents):
        start = midnight - timedelta(days=rng.randint(20, 80))
        found.append(Away(agent.key, start, start + timedelta(days=rng.choice((1, 2, 5, 7, 12)))))
        if index == AWAY_NOW:
            found.append(Away(agent.key, midnight - timedelta(days=2), midnight + timedelta(days=5)))
    return found


def _relations(plot: Plot) -> None:
    """Some people write again about what they wrote before, and an agent links the two."""
    rng = plot.rng
    moved = {step.ticket for step in plot.steps if isinstance(step, steps.Transfer)}
    created = sorted(
        (
            step
            for step in plot.steps
            if isinstance(step, steps.Create) and step.kind != "security_incident" and step.ticket not in moved
        ),
        key=lambda step: (step.asker, step.at),
    )
    for earlier, later in pairwise(created):
        together = earlier.asker == later.asker and earlier.department == later.department
        if not together or rng.random() >= LINKED_SHARE:
            continue
        agent = rng.choice(plot.cast.agents_of(later.department))
        moment = later.at + timedelta(minutes=rng.randint(5, 90))
        plot.steps.append(
            steps.Link(at=moment, ticket=later.ticket, by=agent.key, other=earlier.ticket, kind=LinkKind.RELATED_TO)
        )


def _readings(plot: Plot) -> None:
    """Colleagues have read most of what is open; what came in the last hours they have not."""
    rng = plot.rng
    moved = {step.ticket for step in plot.steps if isinstance(step, steps.Transfer | steps.SplitOff | steps.MergeInto)}
    ended = ("resolved", "closed", "cancelled")
    latest: dict[int, steps.Step] = {}
    departments: dict[int, str] = {}
    for step in sorted((each for each in plot.steps if each.at < plot.until), key=lambda each: each.at):
        latest[step.ticket] = step
        if isinstance(step, steps.Create) and step.kind != "security_incident" and step.ticket not in moved:
            departments[step.ticket] = step.department
    for ticket, department in departments.items():
        last = latest[ticket]
        if isinstance(last, steps.CloseByRequester) or (isinstance(last, steps.Change) and last.state in ended):
            continue
        for agent in plot.cast.agents_of(department):
            moment = last.at + timedelta(minutes=rng.randint(45, 300))
            if rng.random() < READ_SHARE and moment < plot.until:
                plot.steps.append(steps.Read(at=moment, ticket=ticket, by=agent.key))


def _playable(happened: Sequence[steps.Step]) -> Iterator[steps.Step]:
    """Without steps of tickets that never came to be: what was split off, or opened, after the present."""
    known: set[int] = set()
    for step in happened:
        if isinstance(step, steps.Create):
            known.add(step.ticket)
        elif step.ticket not in known:
            continue
        if isinstance(step, steps.SplitOff):
            known.add(step.new)
        if isinstance(step, steps.Link | steps.MergeInto) and step.other not in known:
            continue
        yield step
