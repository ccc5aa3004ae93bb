"""Texts, arrivals and stories of a made-up desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from deskbell.bench.organisation import crews, languages
from deskbell.bench.sizes import WEEKS, Sizes, last_monday
from deskbell.bench.stories import LANGUAGES, Teller
from deskbell.bench.words import vocabulary

SIZES = Sizes(2_000, datetime(2026, 3, 16, tzinfo=UTC))


@pytest.fixture(scope="module")
def told():
    return Teller(SIZES, crews(SIZES), languages(SIZES), 20).stories(0, SIZES.tickets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_the_same_from_the_same_seed(language):
    words = vocabulary(language, 500)
    assert words.message(Random(3)) == words.message(Random(3))
    assert words.message(Random(3)) != words.message(Random(4))


def test_cyrillic_words_hold_no_latin_letters_but_those_people_write():
    rare = vocabulary("uk", 500).words[3_000:]
    assert not [word for word in rare if any("a" <= letter <= "z" for letter in word)]


def test_tickets_come_in_order_within_two_years(told):
    arrivals = [story.steps[0].at for story in told]
    assert arrivals == sorted(arrivals)
    assert SIZES.until - timedelta(weeks=WEEKS) <= arrivals[0] < arrivals[-1] <= SIZES.until


def test_nothing_happens_after_the_end(told):
    assert max(step.at for story in told for step in story.steps) <= SIZES.until


def test_most_tickets_have_three_to_ten_messages_and_one_in_twenty_many_more(told):
    counts = [sum(step.what in {"in", "out", "note"} for step in story.steps) for story in told]
    assert min(counts) == 3
    assert 0.03 < sum(count > 10 for count in counts) / len(counts) < 0.07


def test_few_tickets_are_open_and_the_largest_queue_takes_a_third(told):
    still_open = [story for story in told if story.steps[-1].what not in {"resolve", "close"}]
    largest = sum(story.department == 0 for story in told)
    assert 0.04 < len(still_open) / len(told) < 0.08
    assert 0.28 < largest / len(told) < 0.38


def test_messages_have_some_35_words_in_the_median(told):
    lengths = sorted(
        len(step.text.whole.split())
        for story in told
        if story.language == "en"
        for step in story.steps
        if step.text.whole
    )
    assert 25 <= lengths[len(lengths) // 2] <= 45


def test_all_languages_are_written(told):
    assert {story.language for story in told} == set(LANGUAGES)


def test_a_desk_ends_on_a_monday():
    assert last_monday(datetime(2026, 3, 18, 13, 40, tzinfo=UTC)) == datetime(2026, 3, 16, tzinfo=UTC)
