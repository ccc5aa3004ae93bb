"""Something breaks for many at once: one ticket of the desk's own, and all that is written about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from deskbell.demo import steps
from deskbell.demo.cast import Agent, Person
from deskbell.demo.hours import SATURDAY
from deskbell.demo.library import Matter, Outage, desk_texts
from deskbell.demo.matters import Askers, one_of
from deskbell.demo.script import Plot, Script
from deskbell.demo.slots import Slots
from deskbell.tickets.api import Channel, Impact, LinkKind, Urgency

REPORTS = 9  # people who write about one outage


def outages(plot: Plot, count: int, askers: Askers) -> None:
    for index, outage in enumerate(desk_texts().outages[:count]):
        day = plot.until - timedelta(days=17 + 24 * index)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        _outage(plot, outage, day.replace(hour=7, minute=plot.rng.randint(5, 55)), askers)


def _outage(plot: Plot, outage: Outage, began: datetime, askers: Askers) -> None:
    rng = plot.rng
    agent = plot.pick_agent(outage.department, "en", began)
    parent = plot.new_number()
    slots = Slots(rng, "en", agent.time_zone, began)
    text, fixed_at = slots.fill(outage.text), began + timedelta(hours=rng.uniform(3, 5))
    noticed = began + timedelta(minutes=25)
    common: dict[str, Any] = {"ticket": parent, "by": agent.key}
    plot.steps += [
        steps.Create(
            at=noticed, asker=agent.key, department=outage.department, kind="incident", subject=outage.subject,
            words=steps.Words(text=text), channel=Channel.AGENT, category=outage.category,
            impact=Impact.EXTENSIVE, urgency=Urgency.CRITICAL, **common,
        ),
        steps.Take(at=noticed + timedelta(seconds=40), **common),
        steps.Change(at=noticed + timedelta(seconds=70), state="in_progress", **common),
        steps.Note(at=fixed_at, words=steps.Words(text=outage.fix), **common),
        steps.Change(at=fixed_at + timedelta(minutes=1), state="resolved", resolution=outage.resolution, **common),
        steps.Change(at=fixed_at + timedelta(days=5), state="closed", **common),
    ]  # fmt: skip
    kind = "customer" if outage.department == "care" else "own"
    languages = [language for language in outage.reports if askers.get((kind, language))]
    for _each in range(REPORTS if languages else 0):
        language = rng.choice(languages)
        asker = one_of(rng, askers[kind, language])
        script = _report(plot, outage, asker, began)
        _answered_together(
            script, agent, parent=parent, after=max(script.at, noticed), fixed_at=fixed_at, resolution=outage.resolution
        )


def _report(plot: Plot, outage: Outage, asker: Person, began: datetime) -> Script:
    """Somebody writes that it does not work."""
    subject, words = plot.rng.choice(outage.reports[asker.language])
    matter = Matter(
        department=outage.department, kind="incident", category=outage.category, subject=[subject], text=[words],
        more=[""], ask=[""], tell=[""], fix=[""], resolution=outage.resolution,
    )  # fmt: skip
    script = Script(plot, asker, matter, began + timedelta(minutes=plot.rng.uniform(3, 150)))
    script.open()
    return script


def _answered_together(
    script: Script, agent: Agent, *, parent: int, after: datetime, fixed_at: datetime, resolution: str
) -> None:
    """It becomes part of the desk's own ticket, is answered, and ends with it."""
    rng = script.rng
    script.agent = agent
    script.at = after + timedelta(minutes=rng.uniform(4, 40))
    script.add(steps.Take, by=agent.key)
    script.moments_later(5, 40)
    script.add(steps.Link, by=agent.key, other=parent, kind=LinkKind.CHILD_OF)
    script.moments_later(30, 200)
    script.reply(script.fill(script.phrases.acknowledge))
    script.at = max(script.at, fixed_at) + timedelta(minutes=rng.uniform(3, 25))
    script.change("resolved", resolution=resolution)
    script.at += timedelta(days=5)
    script.change("closed")
