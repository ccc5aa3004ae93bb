from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskbell.kernel.api import UNCHANGED, StoredFile, apply, one_line, storable, storable_json


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_text_becomes_storable_and_nothing_else_is_lost(text: str) -> None:
    kept = storable(text)
    kept.encode()
    assert "\x00" not in kept
    assert kept == "".join(each for each in text if each != "\x00" and not "\ud800" <= each <= "\udfff")


def test_marks_emoji_and_sql_stay_as_they_are() -> None:
    text = "\u202eabc\u200f 👩🏽‍🔧 '; DROP TABLE tickets; -- \x01"
    assert storable(text) == text


def test_one_line_has_single_spaces_and_a_length() -> None:
    assert one_line("  a\r\n\tb\x00  c ", 4) == "a b "
    assert one_line(" \n ", 10) == ""


def test_json_is_cleaned_at_every_depth() -> None:
    assert storable_json({"a\x00": ["\x00b", {"c": "\ud83d"}], "n": 1, "t": (None, True)}) == {
        "a": ["b", {"c": ""}], "n": 1, "t": [None, True],
    }  # fmt: skip


def test_apply_reports_only_what_changed_and_skips_what_was_not_given() -> None:
    row = StoredFile(sha256="a", size=1)
    assert apply(row, sha256="b\x00", size=UNCHANGED) == {"sha256": ("a", "b")}
    assert apply(row, sha256="b", size=1) == {}
