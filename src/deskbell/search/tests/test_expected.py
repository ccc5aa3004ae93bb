"""How many hits are expected, and that what is expected changes the way to them, never what is found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskbell.kernel.api import clock
from deskbell.search import api as search
from deskbell.search import codes, ranking
from deskbell.search.models import CommonWords
from deskbell.search.question import expected
from deskbell.search.tests.finding import KIND, ask, write
from deskbell.search.vocabulary import take_in_new_words

pytestmark = pytest.mark.django_db
DOCUMENTS = 10_000


@pytest.fixture
def known() -> None:
    """A desk whose commonest words are "printer", then "cable"; "stapler" is none of the 202 common ones."""
    ordered = [
        "printer",
        "cable",
        *(f"{first}{second}zq" for first in "abcdefghijklmnopqrst" for second in "bcdfghjklm"),
    ]
    full = "".join(codes.of_lexeme(word)[0] for word in ordered)
    CommonWords.objects.create(documents=DOCUMENTS, codes=bytes.fromhex(full + "f" * (len(full) % 2)))


def _expected(text: str) -> float | None:
    return expected(search.read(text, typing=False).terms)


@pytest.mark.usefixtures("known")
def test_commoner_words_are_expected_in_more_documents() -> None:
    numbers = [_expected(text) for text in ("printer", "cable", "stapler")]
    assert None not in numbers
    assert sorted(numbers, key=lambda each: each or 0.0, reverse=True) == numbers
    assert numbers[-1] == DOCUMENTS * 0.0005


@pytest.mark.usefixtures("known")
def test_words_together_are_expected_no_more_often_than_the_rarer_one() -> None:
    together, rarer = _expected("printer stapler"), _expected("stapler")
    assert together is not None
    assert rarer is not None
    assert together <= rarer


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", ["2026", "windows 11"])
def test_words_with_figures_may_stand_everywhere(text: str) -> None:
    letters = " ".join(word for word in text.split() if word.isalpha())
    assert _expected(text) == (_expected(letters) if letters else DOCUMENTS)


@pytest.mark.usefixtures("known")
def test_words_that_always_meet_are_not_expected_too_rarely() -> None:
    together = _expected("printer cable printer's cables" + " 印表機無法列印" * 3)
    rarest = _expected("列印")
    assert together is not None
    assert rarest is not None
    assert together >= rarest / 8


@pytest.mark.usefixtures("known")
def test_the_commonest_of_words_learnt_later_is_common_too() -> None:
    later = "".join(codes.of_lexeme(word)[0] for word in ("wobbegong", "quokka"))
    before = _expected("wobbegong")
    CommonWords.objects.create(documents=2 * DOCUMENTS, codes=bytes.fromhex(later))
    after = _expected("wobbegong")
    assert before == DOCUMENTS * 0.0005
    assert after == 2 * DOCUMENTS * 0.0005 * 2  # of two words the first, so in twice as many as the second


def test_nothing_is_expected_where_no_word_is_known() -> None:
    assert _expected("printer") is None


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("word", ["printer", "stapler", "2026"])  # some, few and many are expected
@pytest.mark.parametrize("inside", [True, False])
def test_the_newest_are_ranked_whatever_is_expected(
    monkeypatch: pytest.MonkeyPatch, word: str, *, inside: bool
) -> None:
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    now = clock.now()
    for number, days in enumerate((900, 400, 90, 30, 3), start=1):
        write(number, {"C": f"the {word}"}, at=now - timedelta(days=days))
    asked = search.read(word, typing=False)
    assert ask(asked, search.Scope(inside=inside))[:2] == [5, 4]
    assert ask(asked, search.Scope(inside=inside, is_small=True))[:2] == [5, 4]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("records", "at_once"), [(3, True), (5, False)])
def test_of_one_person_as_many_hits_are_put_in_order_as_takes_no_time(
    monkeypatch: pytest.MonkeyPatch, records: int, *, at_once: bool
) -> None:
    monkeypatch.setattr(ranking, "_SOME", 4)
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    person = f"person:{records}"
    for number in range(1, records + 1):
        write(number, {"C": "the printer"}, at=clock.now() - timedelta(days=200 - 30 * number), scopes=[person])
    asked, scope = search.read("printer", typing=False), search.Scope([[person]], is_small=True)
    assert ask(asked, scope)[:2] == [records, records - 1]
    assert (len(list(ranking._Where(KIND, scope).branches(0, asked.terms))) == 1) is at_once


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("word", ["printer", "stapler", "2026"])
@pytest.mark.parametrize("share", [1.0, 0.1, 0.001])
def test_the_newest_are_ranked_whatever_part_of_the_records_a_department_has(
    monkeypatch: pytest.MonkeyPatch, word: str, share: float
) -> None:
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    for number, days in enumerate((900, 400, 90, 30, 3), start=1):
        write(number, {"C": f"the {word}"}, at=clock.now() - timedelta(days=days), scopes=["department:7"])
    scope = search.Scope([["department:7"]], inside=True, share=share)
    assert ask(search.read(word, typing=False), scope)[:2] == [5, 4]


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("is_list", [False, True])
@pytest.mark.parametrize(("days", "stretches"), [((900, 400, 90, 30), 1), ((900, 3, 2, 1), 2)])
def test_a_word_that_has_become_common_is_looked_for_in_the_last_weeks_first(
    monkeypatch: pytest.MonkeyPatch, days: tuple[int, ...], stretches: int, *, is_list: bool
) -> None:
    monkeypatch.setattr(ranking, "MOST_RANKED", 2)
    monkeypatch.setattr(ranking, "_surprising", {})
    for number, ago in enumerate(days, start=1):
        write(number, {"C": "the stapler"}, at=clock.now() - timedelta(days=ago))
    asked, scope = search.read("stapler", typing=False), search.Scope()

    def found() -> list[int]:
        return sorted(search.newest_ids(KIND, asked, scope, most=4)) if is_list else ask(asked, scope)[:2]

    def asked_for() -> int:
        return len(list(ranking._Where(KIND, scope).branches(1, asked.terms)))

    assert asked_for() == 1
    newest = [1, 2, 3, 4] if is_list else [4, 3]
    assert found() == newest
    assert asked_for() == stretches
    assert found() == newest


@pytest.mark.usefixtures("known")
def test_fewer_stretches_are_asked_where_a_smaller_part_of_the_records_is() -> None:
    terms = search.read("2026", typing=False).terms

    def asked(share: float) -> int:
        return len(list(ranking._Where(KIND, search.Scope([["department:7"]], share=share)).branches(0, terms)))

    assert asked(1.0) > asked(0.1)


@pytest.mark.usefixtures("known")
def test_what_stands_in_notes_is_expected_too() -> None:
    (code,) = codes.of_lexeme("stapler")
    CommonWords.objects.create(documents=DOCUMENTS, codes=bytes.fromhex(codes.inside(code) + "f"))
    terms = search.read("stapler", typing=False).terms
    outside, inside = expected(terms), expected(terms, inside=True)
    assert outside == DOCUMENTS * 0.0005
    assert inside is not None
    assert inside > outside


def test_what_the_last_word_may_become_is_found_behind_what_it_is() -> None:
    write(1, {"C": "a print of the red plan"})
    write(2, {"C": "red printers"})
    write(3, {"C": "printers"})
    take_in_new_words()
    assert ask(search.read("red print"), search.Scope()) == [1, 2]
