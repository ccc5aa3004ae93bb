from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbell.kernel.api import clock
from deskbell.search import api as search
from deskbell.search import codes, ranking
from deskbell.search.documents import LONGEST_PART, MOST_NEW
from deskbell.search.lexemes import normal, words
from deskbell.search.models import NewWord, SearchDocument, Word
from deskbell.search.tests.finding import KIND, ask, found, write
from deskbell.search.vocabulary import take_in_new_words

pytestmark = pytest.mark.django_db


def test_all_words_must_be_there_and_the_last_may_be_a_beginning() -> None:
    write(1, {"A": "Printer on the second floor"})
    write(2, {"A": "Printer cable"})
    assert found("printer") == [1, 2]
    assert found("PRINTER flo") == [1]
    assert ask(search.read("print second"), search.Scope()) == []
    assert found("second print") == [1]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Не працює ПРИНТЕР у Львові", "принтер льв"),
        ("Zażółć GĘŚLĄ jaźń", "gęślą ja"),
        ("Tämä ÄÄNI katosi", "ääni"),
        ("Écran cassé", "e\u0301cran"),
        ("Rechnung von anna.kern@example.org", "anna.kern@example"),
        ("印表機無法列印", "表機無"),
        ("印表機無法列印", "列印"),
        ("iPad版がない", "pad"),
        ("Straße 12/b", "12 b"),
    ],
)
def test_words_of_every_language_are_found(text: str, asked: str) -> None:
    write(1, {"C": text})
    assert found(asked) == ([] if asked == "pad" else [1])


def test_pairs_of_another_order_are_not_found() -> None:
    write(1, {"C": "印表機"})
    assert found("機表") == []


def test_what_only_colleagues_may_find_is_not_found_from_outside() -> None:
    write(1, {"A": "subject", "D": "secret subject remark"})
    assert found("secret") == [1]
    assert found("secret", inside=False) == []
    assert found("subj", inside=False) == [1]


def test_no_figures_asked_from_outside_meet_those_that_only_colleagues_may_find() -> None:
    hidden = {codes.inside(code) for number in range(4_000) for code in codes.of_lexeme(f"{number}")}
    asked = {code for number in range(4_000) for code in codes.of_lexeme(f"{number}")}
    assert not hidden & asked


def test_appending_adds_and_writing_anew_replaces() -> None:
    write(1, {"A": "first"})
    write(1, {"C": "second"}, append=True)
    assert found("first second") == [1]
    write(1, {"A": "third"})
    assert found("first") == []
    write(9, {"A": "made by appending"}, append=True)
    assert found("appending") == [9]
    search.remove(KIND, 9)
    assert found("appending") == []


def test_a_document_has_a_limit_and_stays_findable() -> None:
    long = " ".join(f"я{number:x}" * 20 for number in range(20_000))
    assert len(long) > LONGEST_PART
    for _time in range(8):
        write(1, {"A": "needle", "C": long}, append=True)
    assert found("needle") == [1]


def test_the_same_words_said_again_and_again_never_fill_a_document() -> None:
    words = " ".join(f"word{number}" for number in range(MOST_NEW))
    write(1, {"A": "needle"})
    for _time in range(150):
        write(1, {"C": words}, append=True)
    assert found("needle") == [1]


def test_the_newest_come_first_and_those_with_the_word_in_their_subject() -> None:
    now = clock.now()
    for days in (400, 200, 20, 1):
        write(days, {"C": "about a stapler"}, at=now - timedelta(days=days))
    write(7, {"A": "stapler"}, at=now - timedelta(days=30))
    assert ask(search.read("stapler"), search.Scope()) == [7, 1, 20, 200, 400]


def test_only_the_newest_of_a_common_word_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "MOST_RANKED", 3)
    now = clock.now()
    for number in range(1, 12):
        write(number, {"C": "common"}, at=now - timedelta(days=number * 40))
    seen = search.allowed(SearchDocument.objects.filter(subject_type=KIND), "subject_id")
    hits = search.ranked(KIND, seen, search.read("common"), search.Scope(), limit=3)
    assert ([pk for pk, _score in hits.hits], hits.is_more) == ([1, 2, 3], True)
    assert search.newest_ids(KIND, search.read("common"), search.Scope(), most=2) == [1, 2]


def test_scopes_narrow_and_move_without_the_text() -> None:
    write(1, {"A": "printer", "D": "secret"}, scopes=["department:1", "person:5"])
    assert found("printer", groups=[["department:1"]]) == [1]
    assert found("printer", groups=[["department:2"]]) == []
    assert found("printer", groups=[["department:2", "person:5"], ["tag:vip"]]) == []
    search.place(KIND, 1, ["department:2"], clock.now())
    assert found("printer secret", groups=[["department:2"]]) == [1]
    assert found("printer", groups=[["department:1", "person:5"]]) == []
    write(1, {"C": "toner"}, append=True)
    assert found("printer toner", groups=[["department:2"]]) == [1]


def test_new_words_become_words_and_are_completed_before_and_after() -> None:
    write(1, {"C": "kaleidoscope"})
    assert found("kaleid") == [1]
    assert NewWord.objects.filter(word="kaleidoscope").exists()
    take_in_new_words()
    assert not NewWord.objects.exists()
    assert Word.objects.filter(word="kaleidoscope").exists()
    assert found("kaleid") == [1]
    assert found("kaliedoscope") == [1]


QUESTIONS = [
    "-", "--", '"', '""', '"unbalanced', "from:", "from:x", "-from:", ":", "::", "a:b:c", "& | ! <-> :*", "\\", "'", "''",
    "(", ")", "%", "_", "\x00", "state:\x00", "x" * 10_000, "я" * 10_000, "a " * 5_000, '"' * 10_000, "-a " * 3_000,
    "state:" + "x" * 9_000, "http://example.org/a?b=c", "😀", "\ud800", "\u202e", "1e999", "印", "🖨 printer",
]  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS, ids=range(len(QUESTIONS)))
def test_no_text_breaks_a_question(text: str) -> None:
    question = search.read(text, ("from", "state"))
    if question.has_words:
        ask(question, search.Scope(inside=True))
        search.newest_ids(KIND, question, search.Scope(), most=5)


def test_typing_errors_in_several_words_of_a_question_are_all_corrected() -> None:
    write(1, {"C": "The wobbegong bites the quokka."})
    write(2, {"C": "A wobbegong alone."})
    take_in_new_words()
    assert found("wobegong quoka") == [1]
    _question, changed = search.read("wobegong quoka").with_corrections()
    assert changed == (("wobegong", "wobbegong"), ("quoka", "quokka"))


def test_what_cannot_be_used_is_said_and_the_rest_is_looked_for() -> None:
    question = search.read("colour:red printer", ("from", "state"))
    assert [term.word for term in question.terms] == ["colour", "red", "printer"]
    (problem,) = question.problems
    assert "colour:" in problem
    assert "from:, state:" in problem
    assert search.read("state: printer", ("state",)).problems
    assert search.read("x " * 600).problems
    assert search.read("http://example.org", ("state",)).problems == ()


def test_words_phrases_exclusions_and_filters_are_told_apart() -> None:
    question = search.read('printer "second floor" -cable from:"Anna Kern" -tag:vip rare', ("from", "tag"))
    assert [term.word for term in question.terms] == ["printer", "second", "floor", "rare"]
    assert question.phrases == ("second floor",)
    assert [term.word for term in question.excluded] == ["cable"]
    assert question.filters == (search.Filter("from", "Anna Kern"), search.Filter("tag", "vip", excluded=True))


def test_words_that_stand_everywhere_are_not_needed_and_not_enough() -> None:
    write(1, {"C": "the printer is on fire"})
    assert found("is the printer on") == [1]
    assert search.read("the").problems
    assert not search.read("the").has_words


@pytest.mark.parametrize("asked", ["NAS", "pod", "Ole"])
def test_a_small_word_of_one_language_that_says_something_in_another_is_found(asked: str) -> None:
    write(1, {"A": "Ole asks: the NAS is full, its pod restarts"})
    assert found(asked) == [1]


def test_what_must_not_be_there_is_not_found() -> None:
    write(1, {"C": "printer cables"})
    write(2, {"C": "printer"})
    assert found("printer -cable") == [2]


anything_goes = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything_goes
@given(text=st.text(max_size=80), asked=st.text(max_size=40))
def test_any_text_is_indexed_and_asked_without_error(text: str, asked: str) -> None:
    write(1, {"A": text, "D": asked})
    write(1, {"C": asked}, append=True)
    found(asked)
    found(asked, inside=False)


@anything_goes
@given(text=st.text(min_size=1, max_size=80))
def test_what_is_indexed_is_found_by_itself(text: str) -> None:
    write(1, {"A": text})
    plain = "".join(" " if sign in '-":' else sign for sign in text)
    question = search.read(plain, typing=False)
    assert ask(question, search.Scope()) == ([1] if question.has_words else [])


@given(text=st.text(max_size=200))
def test_words_hold_letters_and_digits_only(text: str) -> None:
    for word in words(normal(text)):
        assert all(sign.isalnum() or sign == "’" or not sign.isascii() for sign in word)
        assert len(word.encode()) <= 48
