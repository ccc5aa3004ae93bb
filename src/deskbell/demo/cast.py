"""Who takes part: agents, staff, customers and partners. Made up from `texts/people.toml` by a seed, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from deskbell.demo.library import people_texts

CUSTOMERS, PARTNERS = 190, 30  # people outside, of 300 contacts; the rest are our own staff
LEAST_PER_FIRM = 2
WEEK = {str(day): [["09:00", "12:00"], ["12:30", "17:00"]] for day in range(1, 6)}


@dataclass(frozen=True, slots=True)
class Firm:
    """An organisation. kind: "own", "customer" or "partner"."""

    name: str
    domain: str
    kind: str
    language: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to the desk. language: the one they write in."""

    key: str
    name: str
    email: str
    language: str
    time_zone: str
    firm: Firm
    title: str = ""
    phone: str = ""
    sees_organisation: bool = False

    @property
    def first(self) -> str:
        """How an agent addresses them; in Chinese the whole name."""
        return self.name if self.language == "zh-hant" else self.name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Agent:
    """A colleague on this side of the desk. role: code of a role; is_head: of their department."""

    key: str
    name: str
    email: str
    department: str
    role: str
    title: str
    language: str
    speaks: Sequence[str]
    time_zone: str
    is_head: bool = False

    @property
    def first(self) -> str:
        return self.name if self.language == "zh-hant" else self.name.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody. departments: as in the texts, by code."""

    firms: Sequence[Firm]
    people: Sequence[Person]
    agents: Sequence[Agent]
    departments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def agents_of(self, department: str) -> list[Agent]:
        return [agent for agent in self.agents if agent.department == department]

    def head(self, department: str) -> Agent:
        return next(agent for agent in self.agents if agent.department == department and agent.is_head)


def make_cast(rng: Random, *, share: float = 1.0) -> Cast:
    """Agents and departments always; of staff, customers and partners the given share."""
    texts = people_texts()
    own = Firm(texts["own"]["name"], texts["own"]["domain"], "own", "en", "Europe/Helsinki")
    firms = [own]
    for group in texts["firms"]:
        for name, domain, zone in group["members"]:
            firms.append(Firm(name, domain, group["kind"], group["language"], zone))
    taken: set[str] = {agent["email"] for agent in texts["agents"]}
    people: list[Person] = []
    for language, zone, count in texts["own"]["sites"]:
        people += [_person(rng, own, language, zone, taken) for _each in range(max(1, round(count * share)))]
    for kind, count in (("customer", CUSTOMERS), ("partner", PARTNERS)):
        people += _outside(rng, [firm for firm in firms if firm.kind == kind], round(count * share), taken)
    return Cast(firms, people, _agents(texts), {row["code"]: row for row in texts["departments"]})


def _outside(rng: Random, firms: Sequence[Firm], count: int, taken: set[str]) -> list[Person]:
    """People of these firms: some in every firm, large ones with more."""
    sizes = [min(LEAST_PER_FIRM, max(1, count // len(firms)))] * len(firms)
    weights = [rng.paretovariate(1.5) for _firm in firms]
    for index in rng.choices(range(len(firms)), weights, k=max(0, count - sum(sizes))):
        sizes[index] += 1
    made = []
    for firm, size in zip(firms, sizes, strict=True):
        members = [_person(rng, firm, firm.language, firm.time_zone, taken) for _each in range(size)]
        made += [_leading(members[0]), *members[1:]]
    return made


def _leading(person: Person) -> Person:
    """The first of a firm follows all its tickets in the portal."""
    values = {name: getattr(person, name) for name in Person.__dataclass_fields__}
    return Person(**values | {"sees_organisation": True})


def _person(rng: Random, firm: Firm, language: str, zone: str, taken: set[str]) -> Person:
    names = people_texts()["languages"][language]
    while True:
        given, latin_given, gender = rng.choice(names["given"])
        family = rng.choice(names["family"])
        local = f"{latin_given}.{family[2]}"
        if f"{local}@{firm.domain}" not in taken:
            break
        # A firm larger than the stock of names: the second of a name gets a number, as in real mail systems.
        local = f"{local}{rng.randint(2, 9)}"
        if f"{local}@{firm.domain}" not in taken:
            break
    email = f"{local}@{firm.domain}"
    taken.add(email)
    shown = family[0 if gender == "m" else 1]
    # Numbers kept for fiction by the British regulator; the other countries have none.
    phone = f"+44 20 7946 {rng.randint(100, 999):04d}" if language == "en" and rng.random() < 0.5 else ""
    return Person(
        key=email,
        name=f"{shown}{given}" if language == "zh-hant" else f"{given} {shown}",
        email=email,
        language=language,
        time_zone=zone,
        firm=firm,
        title=rng.choice(names["titles"]),
        phone=phone if phone and _free(phone, taken) else "",
    )


def _free(phone: str, taken: set[str]) -> bool:
    is_free = phone not in taken
    taken.add(phone)
    return is_free


def _agents(texts: Mapping[str, Any]) -> list[Agent]:
    return [
        Agent(
            key=row["email"],
            name=row["name"],
            email=row["email"],
            department=row["department"],
            role="agent" if row["role"] == "head" else row["role"],
            title=row["title"],
            language=row["language"],
            speaks=tuple(row["speaks"]),
            time_zone=row["time_zone"],
            is_head=row["role"] == "head",
        )
        for row in texts["agents"]
    ]
