"""Who writes about what: the weights of departments, languages and kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from deskbell.demo.cast import Cast, Person
from deskbell.demo.library import LANGUAGES, Matter, phrases

DEPARTMENT_WEIGHTS = {"it": 36, "finance": 19, "facilities": 12, "care": 33}
LANGUAGE_WEIGHTS = {"en": 30, "uk": 16, "ru": 10, "fi": 17, "pl": 16, "zh-hant": 11}
KIND_WEIGHTS = {"security_incident": 0.35, "suggestion": 0.5, "complaint": 0.8}

Askers = Mapping[tuple[str, str], Sequence[Person]]  # (kind of organisation, language) → people


def askers_of(cast: Cast) -> Askers:
    found: dict[tuple[str, str], list[Person]] = {}
    for person in cast.people:
        found.setdefault((person.firm.kind, person.language), []).append(person)
    return found


def choose(rng: Random, askers: Askers) -> tuple[Person, Matter]:
    """A matter, and somebody who would write about it: staff about IT and buildings, customers about the rest."""
    while True:
        language = rng.choices(LANGUAGES, [LANGUAGE_WEIGHTS[code] for code in LANGUAGES])[0]
        department = rng.choices(list(DEPARTMENT_WEIGHTS), list(DEPARTMENT_WEIGHTS.values()))[0]
        matters = [matter for matter in phrases(language).matter if matter.department == department]
        if not matters:
            continue
        matter = rng.choices(matters, [KIND_WEIGHTS.get(matter.kind, 1.0) for matter in matters])[0]
        kind = matter.sender or ("own" if department in {"it", "facilities"} else "customer")
        people = askers.get((kind, language))
        if people:
            return one_of(rng, people), matter


def one_of(rng: Random, people: Sequence[Person]) -> Person:
    """A few people write often, most hardly ever."""
    return people[min(len(people) - 1, int(rng.expovariate(2.2 / len(people))))]
