"""The story of one ticket: what happens, when and by whom. Plain values, no database; the same from the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from deskbell.bench.sizes import Sizes
from deskbell.bench.words import Text, Vocabulary, stock_for, vocabulary

LANGUAGES = ("en", "uk", "ru", "fi", "pl", "zh-hant")
LANGUAGE_WEIGHTS = (30, 16, 10, 17, 16, 11)
KINDS = ("incident", "request", "question", "complaint", "suggestion")
KIND_WEIGHTS = (40, 28, 24, 5, 3)
LEVELS, LEVEL_WEIGHTS = (1, 2, 3), (2, 14, 84)  # of impact and of urgency
MESSAGES = (3, 4, 5, 6, 7, 8, 9, 10)
MESSAGE_WEIGHTS = (50, 22, 12, 6, 4, 3, 2, 1)
VERY_LONG, LONG_LEAST, LONG_MEAN, LONG_MOST = 0.05, 11, 8, 60  # messages of one ticket in twenty
NEWEST, OPEN_OF_NEWEST, OPEN_OF_OLD = 0.05, 0.8, 0.02  # about 6 % are open, nearly all of them young
STAYS_NEW, WAITS, ONLY_RESOLVED = 0.2, 0.3, 0.05
TAGGED, TAGS = 0.15, ("vip", "hardware", "follow-up", "vpn", "invoice", "on-site", "training", "renewal")
WITH_PARTICIPANT, WITH_FILE = 0.1, 0.1
NOTES, CUSTOMER = 0.16, 0.45  # shares of the later messages; the others are answers
FILE_NAMES = ("photo.jpg", "invoice-{}.pdf", "screenshot-{}.png", "contract.docx", "log-{}.txt", "list.xlsx")


NOTHING = Text("", (), "")


class Step(NamedTuple):
    """One thing that happens. what: in, out, note, assign, tag, wait, resolve or close. who: 0 is the requester.

    text: the message or the resolution. file: name of what is attached; empty for nothing.
    """

    at: datetime
    what: str
    who: int
    text: Text = NOTHING
    file: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its creation on. All people and departments are given by their place (from 0), not by their id.

    messages[0] of the steps creates it.
    """

    index: int
    language: str
    subject: str
    kind: str
    impact: int
    urgency: int
    category: int
    department: int
    requester: int
    participant: int  # -1: nobody
    tags: Sequence[str]
    steps: list[Step]


def language_of(customer: int, seed: int) -> str:
    """What a customer speaks."""
    return Random(f"{seed} language {customer}").choices(LANGUAGES, LANGUAGE_WEIGHTS)[0]


class Teller:
    """Tells the stories of a chunk of tickets."""

    def __init__(self, sizes: Sizes, crews: Sequence[Sequence[int]], languages: Sequence[str], categories: int) -> None:
        """crews: places of the agents of each department. languages: of each customer."""
        self._sizes, self._crews, self._languages, self._categories = sizes, crews, languages, categories
        self._weights = sizes.department_weights()
        self._stock = stock_for(sizes.tickets)

    def stories(self, first: int, count: int) -> list[Story]:
        rng = Random(f"{self._sizes.seed} tickets {first}")
        return [self._story(rng, index) for index in range(first, first + count)]

    def _story(self, rng: Random, index: int) -> Story:
        customers = self._sizes.customers
        # A few people write often, most hardly ever.
        requester = min(customers - 1, int(rng.expovariate(3.0 / customers)))
        words = vocabulary(self._languages[requester], self._stock)
        department = rng.choices(range(len(self._weights)), self._weights)[0]
        tagged = rng.random() < TAGGED
        participant = rng.randrange(customers) if rng.random() < WITH_PARTICIPANT else -1
        steps = self._steps(rng, words, index, self._crews[department], tagged=tagged)
        return Story(
            index=index,
            language=words.language,
            subject=words.subject(rng),
            kind=rng.choices(KINDS, KIND_WEIGHTS)[0],
            impact=rng.choices(LEVELS, LEVEL_WEIGHTS)[0],
            urgency=rng.choices(LEVELS, LEVEL_WEIGHTS)[0],
            category=rng.randrange(self._categories),
            department=department,
            requester=requester,
            participant=-1 if participant == requester else participant,
            tags=sorted({rng.choice(TAGS), rng.choice(TAGS)}) if tagged else (),
            steps=steps,
        )

    def _steps(self, rng: Random, words: Vocabulary, index: int, crew: Sequence[int], *, tagged: bool) -> list[Step]:
        sizes = self._sizes
        created = sizes.arrival(index, rng)
        newest = index >= sizes.tickets * (1 - NEWEST)
        is_open = rng.random() < (OPEN_OF_NEWEST if newest else OPEN_OF_OLD)
        what = self._course(rng, stays_new=is_open and rng.random() < STAYS_NEW, tagged=tagged)
        if is_open:
            what += ["wait"] if what[-1] == "out" and rng.random() < WAITS else []
        else:
            what += ["resolve"] if rng.random() < ONLY_RESOLVED else ["resolve", "close"]
        agent = rng.choice(crew)
        left = (sizes.until - created).total_seconds() * 0.95
        gaps = [rng.lognormvariate(9.2, 1.3) for _step in what]  # seconds; the median is 2 h 45 min
        scale = min(1.0, left / sum(gaps))
        steps = []
        at = created
        for place, (each, gap) in enumerate(zip(what, gaps, strict=True)):
            at = at + timedelta(seconds=gap * scale) if place else created
            steps.append(_step(rng, words, at, each, agent if rng.random() < 0.9 else rng.choice(crew)))
        return steps

    @staticmethod
    def _course(rng: Random, *, stays_new: bool, tagged: bool) -> list[str]:
        """What happens in which order; the first message is the creation."""
        count = rng.choices(MESSAGES, MESSAGE_WEIGHTS)[0]
        if rng.random() < VERY_LONG:
            count = min(LONG_MOST, LONG_LEAST + int(rng.expovariate(1 / LONG_MEAN)))
        if stays_new:
            return ["in", *("in" if rng.random() < CUSTOMER else "note" for _message in range(count - 1))]
        course = ["in", "assign", *(["tag"] if tagged else []), "out"]
        for _message in range(count - 2):
            drawn = rng.random()
            course.append("note" if drawn < NOTES else "in" if drawn < NOTES + CUSTOMER else "out")
        return course


def _step(rng: Random, words: Vocabulary, at: datetime, what: str, agent: int) -> Step:
    if what in {"in", "out", "note"}:
        file = rng.choice(FILE_NAMES).format(rng.randrange(10_000)) if rng.random() < WITH_FILE else ""
        return Step(at, what, 0 if what == "in" else agent, words.message(rng), file)
    if what == "resolve":
        resolution = words.subject(rng)
        return Step(at, what, agent, Text(resolution, (), resolution))
    return Step(at, what, agent)
