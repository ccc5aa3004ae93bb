from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbell.search import api as search
from deskbell.search.index import LONGEST_PART, MOST_NEW, as_vector

pytestmark = pytest.mark.django_db


def found(text: str, weights: str = search.ALL) -> list[int]:
    return sorted(search.matching_ids("probe", text, weights=weights).values_list("subject_id", flat=True))


def test_all_words_must_be_there_and_the_last_may_be_a_beginning() -> None:
    search.index("probe", 1, {"A": "Printer on the second floor"})
    search.index("probe", 2, {"A": "Printer cable"})
    assert found("printer") == [1, 2]
    assert found("PRINTER flo") == [1]
    assert found("print second") == []
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
        ("印表機無法列印", "印"),
        ("印表機無法列印", "列印"),
        ("iPad版がない", "pad"),
        ("Straße 12/b", "12 b"),
    ],
)
def test_words_of_every_language_are_found(text: str, asked: str) -> None:
    search.index("probe", 1, {"C": text})
    assert found(asked) == ([] if asked == "pad" else [1])


def test_pairs_of_another_order_are_not_found() -> None:
    search.index("probe", 1, {"C": "印表機"})
    assert found("機表") == []


def test_what_only_colleagues_may_find_is_not_found_from_outside() -> None:
    search.index("probe", 1, {"A": "subject", "D": "secret subject remark"})
    assert found("secret") == [1]
    assert found("secret", search.PUBLIC) == []
    assert found("subj", search.PUBLIC) == [1]


def test_appending_adds_and_writing_anew_replaces() -> None:
    search.index("probe", 1, {"A": "first"})
    search.index("probe", 1, {"C": "second"}, append=True)
    assert found("first second") == [1]
    search.index("probe", 1, {"A": "third"})
    assert found("first") == []
    search.index("probe", 9, {"A": "made by appending"}, append=True)
    assert found("appending") == [9]
    search.remove("probe", 9)
    assert found("appending") == []


def test_a_document_has_a_limit_and_stays_findable() -> None:
    long = " ".join(f"я{number:x}" * 20 for number in range(20_000))
    assert len(long) > LONGEST_PART
    for _time in range(8):
        search.index("probe", 1, {"A": "needle", "C": long}, append=True)
    assert found("needle") == [1]


def test_the_same_words_said_again_and_again_never_fill_a_document() -> None:
    words = " ".join(f"word{number}" for number in range(MOST_NEW))
    search.index("probe", 1, {"A": "needle"})
    for _time in range(150):
        search.index("probe", 1, {"C": words}, append=True)
    assert found("needle") == [1]


def test_few_ids_or_none_for_a_common_word() -> None:
    for number in range(5):
        search.index("probe", number, {"A": f"common word{number}"})
    assert search.few_matching_ids("probe", "common", most=4) is None
    assert sorted(search.few_matching_ids("probe", "common", most=5) or ()) == [0, 1, 2, 3, 4]
    assert search.few_matching_ids("probe", "word3", most=1) == [3]
    assert search.few_matching_ids("probe", "?!", most=1) == []


anything_goes = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything_goes
@given(text=st.text(max_size=80), asked=st.text(max_size=40))
def test_any_text_is_indexed_and_asked_without_error(text: str, asked: str) -> None:
    search.index("probe", 1, {"A": text, "D": asked})
    search.index("probe", 1, {"C": asked}, append=True)
    found(asked)
    found(asked, search.PUBLIC)


@anything_goes
@given(text=st.text(min_size=1, max_size=80))
def test_what_is_indexed_is_found_by_itself(text: str) -> None:
    search.index("probe", 1, {"A": text})
    assert found(text) == ([1] if search.question(text) else [])


@given(text=st.text(max_size=200))
def test_lexemes_need_no_quoting(text: str) -> None:
    for lexeme in search.words(text):
        assert lexeme.isalnum() or all(each.isalnum() or not each.isascii() for each in lexeme)
        assert len(lexeme.encode()) <= 48
    assert "\x00" not in as_vector({"A": text})
