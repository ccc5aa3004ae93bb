"""The story of one ticket as it is written: a moment that moves forward, and a step for everything that happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from deskbell.demo import steps
from deskbell.demo.cast import Agent, Cast, Person
from deskbell.demo.hours import Away, answering_moment, at_work, working_moment
from deskbell.demo.library import Matter, Phrases, desk_texts, phrases
from deskbell.demo.papers import Paper, paper
from deskbell.demo.slots import Slots, local_day, local_time
from deskbell.tickets.api import Channel

ChosenT = TypeVar("ChosenT")

QUOTED_LINES = 12  # of the message answered, below an answer by mail
COMPANY = "Lumikko Lighting"


@dataclass(slots=True)
class Plot:
    """What all stories share. until: the present of the demo; nothing happens later."""

    cast: Cast
    rng: Random
    until: datetime
    away: Mapping[str, Sequence[Away]]
    steps: list[steps.Step] = field(default_factory=list)
    tickets: int = 0

    def new_number(self) -> int:
        self.tickets += 1
        return self.tickets

    def pick_agent(self, department: str, language: str, moment: datetime) -> Agent:
        """Somebody of the department, present around that moment, if possible speaking the language."""
        crew = self.cast.agents_of(department)
        present = [agent for agent in crew if not any(away.covers(moment) for away in self.away.get(agent.key, ()))]
        speaking = [agent for agent in present or crew if language in agent.speaks]
        on_duty = [agent for agent in speaking if at_work(moment, agent.time_zone)]
        candidates = on_duty or speaking or present or crew
        # A head works on fewer tickets than the others.
        return self.rng.choices(candidates, [0.35 if agent.is_head else 1.0 for agent in candidates])[0]


class Script:
    """Writes the steps of one ticket. Every method lets time pass and adds what happens then."""

    def __init__(self, plot: Plot, asker: Person, matter: Matter, opened_at: datetime, *, language: str = "") -> None:
        self.plot, self.rng, self.asker, self.matter = plot, plot.rng, asker, matter
        self.number = plot.new_number()
        self.language = language or asker.language
        self.phrases: Phrases = phrases(self.language)
        self.at = opened_at
        self.department = matter.department
        self.agent: Agent = plot.pick_agent(self.department, self.language, opened_at)
        self.slots = Slots(self.rng, self.language, asker.time_zone, opened_at)
        self.slots["first"] = asker.first
        self.subject = self.fill(matter.subject)
        self.by_mail = True
        self.last_reply = ""
        self.last_reply_at = opened_at

    # --- time
    def add(self, step: type[steps.Step], **values: Any) -> None:
        self.plot.steps.append(step(at=self.at, ticket=self.number, **values))

    def agent_moment(self, low: float, high: float, agent: Agent | None = None) -> None:
        """Time passes until the agent gets to it: between low and high minutes of their working time."""
        agent = agent or self.agent
        delay = timedelta(minutes=self.rng.uniform(low, high))
        self.at = working_moment(self.rng, self.at, delay, agent.time_zone, self.plot.away.get(agent.key, ()))

    def moments_later(self, low: int = 20, high: int = 240) -> None:
        self.at += timedelta(seconds=self.rng.randint(low, high))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    # --- words
    def fill(self, wordings: Sequence[str], *, past: bool = False) -> str:
        return self.slots.fill(self.rng.choice(wordings), past=past, moment=self.at)

    def letter(self, body: str, *, signed: bool = True) -> str:
        """What the person writes, with greeting and signature where people use them."""
        if not self.by_mail:
            return _sentence(body)
        greeting = self.rng.choice(self.phrases.greetings)
        if self.language == "en" or not greeting or greeting.endswith("!"):
            body = _sentence(body)
        parts = [part for part in (greeting, body) if part]
        if signed:
            parts.append(self.signature())
        return "\n\n".join(parts)

    def signature(self) -> str:
        if self.chance(0.12):
            return f"{self.asker.first}\n\n{self.phrases.phone_mark}"
        lines = [self.rng.choice(self.phrases.closings), self.asker.name]
        if self.chance(0.7):
            lines += [self.asker.title, self.asker.firm.name, self.asker.phone]
        return "\n".join(line for line in lines if line)

    def agent_letter(self, body: str) -> str:
        greeting = self.rng.choice(self.phrases.agent_greetings).format(first=self.asker.first)
        closing = self.rng.choice(self.phrases.agent_closings)
        return f"{greeting}\n\n{_sentence(body)}\n\n{closing}\n{self.agent.name}\n{self.agent.title}, {COMPANY}"

    def quoted(self) -> str:
        """The agent's last message as a mail program quotes it below the answer."""
        if not self.last_reply or not self.by_mail:
            return ""
        zone = self.asker.time_zone
        day = local_day(self.last_reply_at, self.language, zone)
        when = f"{day} {local_time(self.last_reply_at, self.language, zone)}"
        head = self.phrases.quoted.format(when=when, who=self.agent.name)
        lines = self.last_reply.splitlines()[:QUOTED_LINES]
        return "\n".join([head, *(f"> {line}".rstrip() for line in lines)])

    def papers(self, share: float, *, by_agent: bool = False) -> tuple[Paper, ...]:
        if not self.chance(share):
            return ()
        count = 2 if self.chance(0.2) else 1
        made = {
            sheet.name: sheet for sheet in (paper(self.rng, self.department, by_agent=by_agent) for _ in range(count))
        }
        return tuple(made.values())

    # --- what the person does
    def open(self, *, text: str = "", department: str = "", copies: Sequence[str] = (), **values: Any) -> None:
        """The ticket is created: by mail, in the portal, or by an agent on the phone."""
        self.by_mail = self.chance(0.7)
        department = department or self.department
        body = text or self._body()
        by_phone = not text and self.asker.phone != "" and self.chance(0.16)
        common: dict[str, Any] = {
            "asker": self.asker.key,
            "department": department,
            "kind": self.matter.kind,
            "subject": self.subject,
            "copies": copies,
        } | values
        if by_phone:
            self.agent = self.plot.pick_agent(department, self.language, self.at)
            self.agent_moment(0, 20)
            words = steps.Words(text=f"{self.asker.name} called. {_sentence(body)}")
            self.add(
                steps.Create,
                by=self.agent.key,
                channel=Channel.PHONE,
                words=words,
                category=self.matter.category,
                **common,
            )
            return
        channel = Channel.EMAIL if self.by_mail else Channel.PORTAL
        words = steps.Words(
            text=self.letter(body), subject=self.subject if self.by_mail else "", papers=self.papers(0.2),
            to=self._desk_address(department),
            is_html=self.by_mail and self.chance(0.4),
        )  # fmt: skip
        category = self.matter.category if not self.by_mail else ""
        self.add(steps.Create, by=self.asker.key, channel=channel, words=words, category=category, **common)

    def _desk_address(self, department: str) -> list[tuple[str, str]]:
        row = self.plot.cast.departments[department]
        return [(f"{COMPANY} {row['name']}", row["address"])] if self.by_mail else []

    def _body(self) -> str:
        body = self.fill(self.matter.text, past=True)
        more = self.fill(self.matter.more, past=True)
        return f"{body}\n\n{more}" if more else body

    def write(self, body: str, *, quote: bool = True) -> None:
        """The person writes again."""
        self.at = answering_moment(self.rng, self.at, self.asker.time_zone)
        channel = Channel.EMAIL if self.by_mail else Channel.PORTAL
        words = steps.Words(
            text=self.letter(body, signed=self.chance(0.5)),
            subject=f"Re: {self.subject}" if self.by_mail else "",
            quoted=self.quoted() if quote else "",
            to=self._desk_address(self.department),
            papers=self.papers(0.12),
        )
        self.add(steps.Incoming, by=self.asker.key, channel=channel, words=words)

    # --- what the agent does
    def reply(self, body: str, *, papers: float = 0.0) -> None:
        text = self.agent_letter(body)
        words = steps.Words(
            text=text, papers=self.papers(papers, by_agent=True), to=[(self.asker.name, self.asker.email)], is_html=True
        )
        self.add(steps.Reply, by=self.agent.key, words=words)
        self.last_reply, self.last_reply_at = text, self.at

    def note(self, text: str = "", *, mentions: Sequence[Agent] = ()) -> None:
        lines = desk_texts().notes[self.department]
        english = Slots(self.rng, "en", self.agent.time_zone, self.at)
        english |= {
            name: value for name, value in self.slots.items() if name in {"device", "serial", "version", "room"}
        }
        words = text or english.fill(self.rng.choice(lines))
        keys = [agent.key for agent in mentions]
        self.add(steps.Note, by=self.agent.key, words=steps.Words(text=words, mentions=keys))

    def change(self, state: str, **values: Any) -> None:
        self.add(steps.Change, by=self.agent.key, state=state, **values)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
