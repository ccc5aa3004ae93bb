"""The plan: deterministic, varied, and within people's hours. No database."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from deskbell.demo import steps
from deskbell.demo.cast import Cast, make_cast
from deskbell.demo.library import LANGUAGES, phrases
from deskbell.demo.plan import DAYS, Plan, make_plan

UNTIL = datetime(2026, 3, 18, 13, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def played() -> tuple[Cast, Plan]:
    rng = Random(5)
    cast = make_cast(rng)
    return cast, make_plan(cast, rng, until=UNTIL, tickets=800)


def test_the_organisation_is_as_large_as_promised(played):
    cast, plan = played
    assert len(cast.people) == 300
    assert len(cast.firms) == 40
    assert len(cast.agents) == 12
    assert len({agent.time_zone for agent in cast.agents}) == 3
    assert len(cast.departments) == 4
    assert sum(isinstance(step, steps.Create | steps.SplitOff) for step in plan.steps) == pytest.approx(800, abs=10)


def test_the_same_seed_gives_the_same_plan(played):
    rng = Random(5)
    again = make_plan(make_cast(rng), rng, until=UNTIL, tickets=800)
    assert again == played[1]


def test_steps_stand_in_the_order_of_time_within_the_last_ninety_days(played):
    moments = [step.at for step in played[1].steps]
    assert moments == sorted(moments)
    assert moments[0] > UNTIL - timedelta(days=DAYS + 1)
    assert moments[-1] < UNTIL


def test_people_write_in_six_languages(played):
    cast, plan = played
    by_key = {person.key: person.language for person in cast.people}
    written = Counter(
        by_key[step.asker] for step in plan.steps if isinstance(step, steps.Create) and step.asker in by_key
    )
    assert set(written) == set(LANGUAGES)
    assert min(written.values()) > 30


def test_texts_do_not_repeat(played):
    texts = [step.words.text for step in played[1].steps if isinstance(step, steps.Create)]
    assert len(set(texts)) > 0.95 * len(texts)
    most_common = Counter(step.subject for step in played[1].steps if isinstance(step, steps.Create)).most_common(1)[0]
    assert most_common[1] < 20


def test_no_slot_is_left_open(played):
    for step in played[1].steps:
        for text in (getattr(step, "subject", ""), getattr(getattr(step, "words", None), "text", "")):
            assert "{" not in text
            assert "}" not in text


def test_answers_are_written_in_working_hours_mostly(played):
    cast, plan = played
    zones = {agent.key: agent.time_zone for agent in cast.agents}
    hours = [step.at.astimezone(ZoneInfo(zones[step.by])).hour for step in plan.steps if isinstance(step, steps.Reply)]
    assert sum(8 <= hour <= 18 for hour in hours) > 0.97 * len(hours)


def test_every_address_is_reserved_for_examples(played):
    for person in played[0].people:
        assert person.email.endswith(".example")
        assert person.email.isascii()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_matter_has_a_known_kind_and_department(language):
    kinds = {"incident", "request", "question", "complaint", "suggestion", "security_incident"}
    for matter in phrases(language).matter:
        assert matter.kind in kinds
        assert matter.department in {"it", "finance", "facilities", "care"}
        assert all(matter.subject)
        assert all(matter.text)
