"""How a ticket goes, from the first message to the end (or to the present, whichever is earlier)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from deskbell.demo import steps
from deskbell.demo.library import desk_texts
from deskbell.demo.script import Script
from deskbell.demo.slots import local_day
from deskbell.tickets.api import Impact, Urgency

Story = Callable[[Script], None]
BUILDINGS = ("Tampere", "London", "Gdańsk", "Lviv", "Taipei")
CLOSED_BY_CLOCK_AFTER = timedelta(days=7)


# --- parts of stories
def pick_up(script: Script) -> None:
    """Somebody takes the ticket, or a lead gives it to them."""
    crew = script.plot.cast.agents_of(script.department)
    leads = [agent for agent in crew if agent.is_head or agent.role == "lead"]
    lead = script.rng.choice(leads)
    if lead.key != script.agent.key and script.chance(0.3):
        script.agent_moment(10, 200, lead)
        teams = script.plot.cast.departments[script.department]["teams"]
        note = script.rng.choice(desk_texts().assign.lines)
        script.add(steps.Assign, by=lead.key, to=script.agent.key, team=script.rng.choice(teams), note=note)
        script.agent_moment(5, 90)
    else:
        script.agent_moment(4, 260)
        script.add(steps.Take, by=script.agent.key)


def classify(script: Script) -> None:
    """Category, impact and urgency; then fields and tags, as far as people bother."""
    if script.chance(0.55):
        script.moments_later()
        values: dict[str, Any] = {}
        if script.chance(0.75):
            pressing = script.matter.kind in {"incident", "complaint"}
            impacts, urgencies = ((1, 4, 6), (2, 4, 4)) if pressing else ((0, 2, 8), (0, 4, 6))
            values["impact"] = script.rng.choices((Impact.EXTENSIVE, Impact.SIGNIFICANT, Impact.LIMITED), impacts)[0]
            values["urgency"] = script.rng.choices((Urgency.CRITICAL, Urgency.HIGH, Urgency.NORMAL), urgencies)[0]
        script.add(steps.Classify, by=script.agent.key, category=script.matter.category, values=values)
    if script.chance(0.22):
        script.moments_later()
        script.add(steps.SetFields, by=script.agent.key, values=_fields(script))
    if script.chance(0.2):
        script.moments_later()
        tags = desk_texts().tags[script.department]
        chosen = script.rng.sample(tags, k=script.rng.choice((1, 1, 2)))
        script.add(steps.SetTags, by=script.agent.key, tags=chosen)


def _fields(script: Script) -> dict[str, object]:
    slots = script.slots
    if script.department == "it":
        return {"device": slots["device"], "remote_session": script.chance(0.5)}
    if script.department == "finance":
        return {"invoice_number": slots["invoice"]}
    if script.department == "facilities":
        return {"building": script.rng.choice(BUILDINGS)}
    return {"order_number": slots["order"]}


def ask_and_tell(script: Script) -> None:
    """The agent asks, waits, and is told; now and then the person has to be patient and says so."""
    script.agent_moment(3, 60)
    script.reply(script.fill(script.matter.ask))
    if script.chance(0.4):
        script.moments_later(2, 30)
        script.change("waiting_for_requester")
    script.write(script.fill(script.matter.tell, past=True))


def solve(script: Script, *, again: bool = False) -> None:
    """The answer that solves it, and the state that says so."""
    wordings = script.phrases.again_fix if again else script.matter.fix
    script.reply(script.fill(wordings), papers=0.14)
    script.moments_later(3, 60)
    script.change("resolved", resolution=script.matter.resolution)


def end(script: Script) -> None:
    """Thanks, or silence; and the ticket is closed by somebody or by the clock."""
    luck = script.rng.random()
    if luck < 0.24:
        # An answer reopens a resolved ticket; the agent looks and ends it again.
        script.write(script.fill(script.phrases.thanks))
        script.agent_moment(3, 120)
        script.change("resolved", resolution=script.matter.resolution)
        script.at += timedelta(days=script.rng.uniform(2, 6))
        script.agent_moment(1, 60)
        script.change("closed")
    elif luck < 0.4 and not script.by_mail:
        script.at += timedelta(hours=script.rng.uniform(1, 60))
        text = script.fill(script.phrases.thanks) if script.chance(0.5) else ""
        script.add(steps.CloseByRequester, by=script.asker.key, text=text)
    elif luck < 0.82:
        script.at += CLOSED_BY_CLOCK_AFTER + timedelta(minutes=script.rng.randint(0, 600))
        script.add(steps.Change, by="", state="closed")


def gossip(script: Script, share: float = 0.22) -> None:
    """A note for colleagues, sometimes naming one of them."""
    if not script.chance(share):
        return
    script.agent_moment(2, 50)
    crew = [agent for agent in script.plot.cast.agents_of(script.department) if agent.key != script.agent.key]
    if crew and script.chance(0.3):
        named = script.rng.choice(crew)
        line = script.rng.choice(desk_texts().mentions.lines)
        script.note(line.format(who=f"@{named.name}"), mentions=[named])
    else:
        script.note()


# --- stories
def quick(script: Script) -> None:
    script.open()
    pick_up(script)
    classify(script)
    gossip(script, 0.15)
    script.agent_moment(6, 150)
    solve(script)
    end(script)


def usual(script: Script) -> None:
    """A question back, an answer, a solution."""
    script.open()
    pick_up(script)
    classify(script)
    gossip(script)
    ask_and_tell(script)
    gossip(script, 0.2)
    script.agent_moment(10, 240)
    solve(script)
    end(script)


def long_wait(script: Script) -> None:
    """Somebody else has to deliver first; the agent follows it up."""
    script.open()
    pick_up(script)
    classify(script)
    script.agent_moment(10, 120)
    wait(script)
    if script.chance(0.35):
        script.write(script.fill(script.phrases.chase))
        script.agent_moment(10, 180)
        script.reply(script.fill(script.phrases.acknowledge))
    gossip(script, 0.5)
    script.at += timedelta(days=script.rng.uniform(2, 7))
    script.agent_moment(5, 120)
    solve(script)
    end(script)


def wait(script: Script) -> None:
    """Waiting with a reason and a date on which it comes back."""
    follow_up = (script.at + timedelta(days=script.rng.randint(2, 9))).replace(
        hour=7, minute=0, second=0, microsecond=0
    )
    script.slots["date"] = local_day(follow_up, script.language, script.asker.time_zone)
    script.reply(script.rng.choice(script.phrases.waiting).format_map(script.slots))
    script.moments_later(5, 60)
    reason = script.rng.choice(("supplier", "supplier", "colleague", "approval", "date"))
    script.change("waiting", waiting=reason, follow_up_at=follow_up)


def acknowledged(script: Script) -> None:
    """A first word at once, the solution later."""
    script.open()
    pick_up(script)
    script.agent_moment(2, 30)
    script.reply(script.fill(script.phrases.acknowledge))
    classify(script)
    gossip(script, 0.5)
    if script.chance(0.25):
        script.write(script.fill(script.phrases.chase))
    script.agent_moment(120, 900)
    solve(script)
    end(script)


def comes_back(script: Script) -> None:
    """Solved, and then it was not."""
    script.open()
    pick_up(script)
    classify(script)
    script.agent_moment(10, 200)
    solve(script)
    script.at += timedelta(hours=script.rng.uniform(10, 60))
    script.write(script.fill(script.phrases.again, past=True))
    gossip(script, 0.6)
    script.agent_moment(15, 200)
    solve(script, again=True)
    end(script)


def misrouted(script: Script) -> None:
    """It comes to the wrong department, which hands it over."""
    others = [code for code in script.plot.cast.departments if code != script.department]
    wrong = script.rng.choice(others)
    first = script.plot.pick_agent(wrong, script.language, script.at)
    script.open(department=wrong)
    script.agent_moment(10, 300, first)
    script.add(
        steps.Transfer, by=first.key, department=script.department, keep_access=script.chance(0.2),
        note=script.rng.choice(desk_texts().handover.lines),
    )  # fmt: skip
    script.agent = script.plot.pick_agent(script.department, script.language, script.at)
    pick_up(script)
    classify(script)
    script.agent_moment(10, 240)
    solve(script)
    end(script)


def cancelled(script: Script) -> None:
    script.open()
    script.agent_moment(5, 200)
    script.change("cancelled", reason=script.rng.choice(desk_texts().cancel.lines))


def complaint(script: Script) -> None:
    """The head watches, the priority is raised, colleagues are asked, the person is called by name."""
    script.open(urgency=Urgency.HIGH)
    head = script.plot.cast.head(script.department)
    script.agent_moment(10, 120, head)
    script.add(steps.Watch, by=head.key)
    if script.agent.key != head.key:
        script.moments_later()
        script.add(steps.Assign, by=head.key, to=script.agent.key, note="")
    script.moments_later()
    if script.chance(0.6):
        line = script.rng.choice(desk_texts().priority.lines)
        script.add(steps.Classify, by=head.key, priority="critical", values={"priority_reason": line})
    script.agent_moment(4, 60)
    script.reply(script.fill(script.matter.ask))
    script.write(script.fill(script.matter.tell, past=True))
    gossip(script, 0.9)
    other = script.rng.choice([code for code in script.plot.cast.departments if code != script.department])
    if script.chance(0.3):
        script.moments_later()
        script.add(steps.Refer, by=script.agent.key, department=other, reason="Please look at the figures in it.")
    script.agent_moment(30, 400)
    solve(script)
    end(script)


def restricted(script: Script) -> None:
    """A security incident: it exists only for the head, who puts a colleague on its list."""
    head = script.plot.cast.head("it")
    others = [agent for agent in script.plot.cast.agents_of("it") if not agent.is_head]
    script.agent = head
    script.by_mail = False
    script.open()
    script.agent_moment(3, 60, head)
    script.add(steps.Take, by=head.key)
    script.moments_later()
    script.add(
        steps.Classify, by=head.key, category=script.matter.category,
        values={"impact": Impact.SIGNIFICANT, "urgency": Urgency.CRITICAL},
    )  # fmt: skip
    script.moments_later()
    helper = script.rng.choice(others)
    script.add(steps.Refer, by=head.key, to=helper.key, can_work=True, reason="Looks through the sign-in logs.")
    script.agent_moment(2, 20)
    script.reply(script.fill(script.matter.ask))
    script.write(script.fill(script.matter.tell, past=True))
    script.agent_moment(10, 90)
    script.note("Logs looked through with the network team. No access found outside the known addresses.")
    script.agent_moment(20, 200)
    solve(script)
    end(script)


def two_matters(script: Script) -> None:
    """The answer brings up something else, which becomes a ticket of its own."""
    script.open()
    pick_up(script)
    script.agent_moment(4, 60)
    script.reply(script.fill(script.matter.ask))
    other = script.rng.choice([matter for matter in script.phrases.matter if matter is not script.matter])
    script.slots["other"] = script.fill(other.text, past=True)
    tell = script.fill(script.matter.tell, past=True)
    script.write(f"{tell}\n\n{script.fill(script.phrases.second_matter)}")
    script.agent_moment(4, 60)
    new = script.plot.new_number()
    elsewhere = other.department if other.department != script.department else ""
    script.add(
        steps.SplitOff, by=script.agent.key, new=new, subject=script.fill(other.subject), department=elsewhere
    )  # fmt: skip
    script.agent_moment(5, 120)
    solve(script)
    end(script)


def sent_twice(script: Script) -> None:
    """The same person asks the same by another way; the two become one. Now and then that was wrong."""
    script.open()
    double = Script(script.plot, script.asker, script.matter, script.at + timedelta(minutes=script.rng.uniform(9, 90)))
    double.open(text=script.fill(script.phrases.chase))
    script.at = double.at
    pick_up(script)
    script.moments_later(30, 400)
    script.plot.steps.append(
        steps.MergeInto(at=script.at, ticket=double.number, by=script.agent.key, other=script.number)
    )
    if script.chance(0.2):
        script.moments_later(60, 1200)
        script.plot.steps.append(steps.UndoMerge(at=script.at, ticket=double.number, by=script.agent.key))
    ask_and_tell(script)
    script.agent_moment(10, 120)
    solve(script)
    end(script)


# How often each story is told.
STORIES: tuple[tuple[Story, float], ...] = (
    (quick, 40), (usual, 24), (long_wait, 8), (acknowledged, 10), (comes_back, 5), (misrouted, 6), (cancelled, 2.5),
    (two_matters, 1.5), (sent_twice, 2),
)  # fmt: skip
