"""Words as letters and lists as texts. What they do in a table: tickets/tests/test_stored_messages."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import LetterChoices, LetterField, ListField


class Size(LetterChoices):
    SMALL = "small", "s", "Small one"
    LARGE = "large", "l", "Large one"


def test_a_word_is_its_choice_and_knows_its_letter() -> None:
    assert Size("large") is Size.LARGE
    assert (str(Size.LARGE), Size.LARGE.label, Size.LARGE.letter) == ("large", "Large one", "l")
    assert Size.choices == [("small", "Small one"), ("large", "Large one")]


def test_a_word_becomes_its_letter_and_back() -> None:
    field = LetterField(choices=Size)
    assert [field.get_prep_value(word) for word in (Size.SMALL, "large", None)] == ["s", "l", None]
    assert [field.from_db_value(letter, None, None) for letter in ("s", "l", None)] == ["small", "large", None]


def test_what_is_not_known_is_named() -> None:
    field = LetterField(choices=Size)
    with pytest.raises(ValueError, match=r"'huge' is none of .*: small, large"):
        field.get_prep_value("huge")
    with pytest.raises(ValueError, match=r"'h' is none of .*: s, l"):
        field.from_db_value("h", None, None)


def test_migrations_name_the_letters() -> None:
    field = LetterField(choices=Size, default=Size.SMALL)
    _name, path, arguments, options = field.deconstruct()
    assert path == "deskbell.kernel.fields.LetterField"
    assert (arguments, options) == ([], {"default": "small", "letters": {"small": "s", "large": "l"}})
    assert field.clone().get_prep_value("large") == "l"


@pytest.mark.parametrize("letters", [{"a": "x", "b": "x"}, {"a": "xy"}, {"a": ""}, {"a": "X"}, {"a": "ä"}])
def test_each_word_has_a_small_letter_of_its_own(letters: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="small letter of its own"):
        LetterField(letters=letters)


@pytest.mark.parametrize("value", [[], [{"name": 'Ä "b" \\', "address": "ä@example.org"}], [1, None, []]])
def test_a_list_is_a_text_and_an_empty_one_an_empty_text(value: list[object]) -> None:
    field = ListField()
    text = field.get_prep_value(value)
    assert isinstance(text, str)
    assert (text == "") is (value == [])
    assert field.from_db_value(text, None, None) == value
