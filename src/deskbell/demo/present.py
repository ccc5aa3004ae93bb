"""What lies on the desk right now: unread and unassigned tickets, answers just in, follow-ups due today, drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from deskbell.demo import steps
from deskbell.demo.library import desk_texts
from deskbell.demo.matters import Askers, choose
from deskbell.demo.script import Plot, Script
from deskbell.demo.stories import classify

RESTLESS = {"security_incident", "complaint"}


def present(plot: Plot, count: int, askers: Askers) -> None:
    """Write `count` tickets that end in the present."""
    for index in range(count):
        scene = SCENES[index % len(SCENES)]
        while True:
            asker, matter = choose(plot.rng, askers)
            if matter.kind not in RESTLESS:
                break
        scene(Script(plot, asker, matter, plot.until))


def _back(script: Script, low: float, high: float) -> None:
    """Stand the story between low and high hours before the present."""
    script.at = script.plot.until - timedelta(hours=script.rng.uniform(low, high))


def just_in(script: Script) -> None:
    """Nobody has looked at it yet."""
    _back(script, 0.05, 9)
    script.open()


def waits_for_somebody(script: Script) -> None:
    """Read, but nobody has taken it."""
    _back(script, 6, 40)
    script.open()
    script.moments_later(600, 5000)
    script.add(steps.Read, by=script.agent.key)


def answered(script: Script) -> None:
    """The person has answered; the agent has not seen it."""
    _back(script, 26, 70)
    script.open()
    _taken(script)
    script.reply(script.fill(script.matter.ask))
    script.moments_later(60, 300)
    script.change("waiting_for_requester")
    _back(script, 0.1, 6)
    channel = "email" if script.by_mail else "portal"
    words = steps.Words(text=script.letter(script.fill(script.matter.tell, past=True)), quoted=script.quoted())
    script.add(steps.Incoming, by=script.asker.key, channel=channel, words=words)


def comes_back_today(script: Script) -> None:
    """Waits for somebody else; its follow-up date is today."""
    _back(script, 60, 200)
    script.open()
    _taken(script)
    day = script.plot.until.replace(minute=0, second=0, microsecond=0)
    # Some are due already, some later today.
    follow_up = day + timedelta(hours=script.rng.choice((-3, -1, 1, 2, 4)))
    script.reply(script.fill(script.phrases.waiting))
    script.moments_later(60, 300)
    reason = script.rng.choice(("supplier", "colleague", "approval"))
    script.change("waiting", waiting=reason, follow_up_at=follow_up)


def half_written(script: Script) -> None:
    """The agent has begun an answer."""
    _back(script, 3, 20)
    script.open()
    _taken(script)
    _back(script, 0.05, 1.5)
    kind = "public" if script.chance(0.75) else "note"
    text = script.agent_letter(script.fill(script.matter.fix)) if kind == "public" else "Ask the supplier first whether"
    script.add(steps.SaveDraft, by=script.agent.key, kind=kind, text=text)


def colleague_asked(script: Script) -> None:
    """A colleague is named in a note and has not seen it."""
    _back(script, 8, 50)
    script.open()
    _taken(script)
    crew = [agent for agent in script.plot.cast.agents_of(script.department) if agent.key != script.agent.key]
    named = script.rng.choice(crew)
    _back(script, 0.2, 6)
    line = script.rng.choice(desk_texts().mentions.lines)
    script.note(line.format(who=f"@{named.name}"), mentions=[named])


def in_work(script: Script) -> None:
    _back(script, 10, 60)
    script.open()
    _taken(script)
    script.reply(script.fill(script.phrases.acknowledge))
    script.moments_later(120, 3000)
    script.note()


def _taken(script: Script) -> None:
    script.moments_later(600, 4000)
    script.add(steps.Take, by=script.agent.key)
    classify(script)
    script.moments_later(120, 1500)


SCENES: tuple[Callable[[Script], None], ...] = (
    just_in, answered, comes_back_today, just_in, half_written, in_work, colleague_asked, just_in, waits_for_somebody,
    answered,
)  # fmt: skip
