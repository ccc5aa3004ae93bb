"""What people write in the demo: hand-written matters in six languages, read from `texts/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "uk", "ru", "fi", "pl", "zh-hant")


class _Text(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Matter(_Text):
    """One thing people write about. Lists hold wordings to choose from; "" means: nothing.

    sender: "partner" when only partners write this; otherwise who writes follows from the department.
    ask, tell, fix: the agent's question, the answer to it, and what solves it. resolution: for colleagues.
    """

    department: str
    kind: str
    category: str
    subject: Sequence[str]
    text: Sequence[str]
    more: Sequence[str]
    ask: Sequence[str]
    tell: Sequence[str]
    fix: Sequence[str]
    resolution: str
    sender: str = Field(default="", alias="from")


class Phrases(_Text):
    """What is said in every conversation of one language, and its matters."""

    greetings: Sequence[str]
    closings: Sequence[str]
    agent_greetings: Sequence[str]
    agent_closings: Sequence[str]
    acknowledge: Sequence[str]
    chase: Sequence[str]
    thanks: Sequence[str]
    again: Sequence[str]
    again_fix: Sequence[str]
    waiting: Sequence[str]
    quoted: str
    second_matter: Sequence[str]
    phone_mark: str
    matter: Sequence[Matter]


class Outage(_Text):
    """Something that breaks for many at once. reports: language → (subject, text) of those who write."""

    department: str
    category: str
    subject: str
    text: str
    fix: str
    resolution: str
    reports: Mapping[str, Sequence[tuple[str, str]]]


class Lines(_Text):
    lines: Sequence[str]


class DeskTexts(_Text):
    """What colleagues write to one another."""

    notes: Mapping[str, Sequence[str]]
    mentions: Lines
    handover: Lines
    assign: Lines
    priority: Lines
    cancel: Lines
    tags: Mapping[str, Sequence[str]]
    outages: Sequence[Outage]


@cache
def phrases(language: str) -> Phrases:
    return Phrases.model_validate(_read(language))


@cache
def desk_texts() -> DeskTexts:
    return DeskTexts.model_validate(_read("desk"))


@cache
def people_texts() -> dict[str, Any]:
    """Names, organisations, departments and agents, as they stand in `people.toml`."""
    return _read("people")


def _read(name: str) -> dict[str, Any]:
    with (TEXTS / f"{name}.toml").open("rb") as stream:
        return tomllib.load(stream)
