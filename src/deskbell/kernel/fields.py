"""Columns of large tables in as few bytes as their values need; code sees the same words and lists as ever."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from typing_extensions import override

if TYPE_CHECKING:
    _Word = models.CharField[str, str]
    _List = models.TextField[Sequence[Any], list[Any]]
else:
    _Word, _List = models.CharField, models.TextField

_LETTER = re.compile("[a-z]")


class LetterChoices(models.TextChoices):
    """Words of which a `LetterField` stores the letter: `PUBLIC = "public", "p", _("Message")`."""

    letter: str

    def __new__(cls, word: str, letter: str = "") -> Self:
        """Make a member that is its word and knows its letter; without one no field takes it."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.letter = letter
        return member


class LetterField(_Word):
    """One of a few words, stored as its letter in PostgreSQL's type "char": one byte.

    Models name the choices, migrations the letters: what a stored letter means must not change without one.
    SQL that goes past the ORM sees the letter, and writes it: of a longer text PostgreSQL silently takes the first.
    """

    def __init__(
        self, *, choices: type[LetterChoices] | None = None, letters: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(choices=choices, **options)
        self.letters = dict(letters or {each.value: each.letter for each in choices or ()})
        self._words = {letter: word for word, letter in self.letters.items()}
        if len(self._words) < len(self.letters) or not all(map(_LETTER.fullmatch, self._words)):
            raise ValueError(f"Each word needs a small letter of its own: {self.letters}.")

    @override
    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        options.pop("choices", None)
        return name, path, arguments, {**options, "letters": self.letters}

    @override
    def db_type(self, connection: Any) -> str:
        return '"char"'

    def from_db_value(self, value: str | None, _expression: object, _connection: object) -> str | None:
        return None if value is None else self._looked_up(self._words, value)

    @override
    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else self._looked_up(self.letters, value)

    def _looked_up(self, known: Mapping[str, str], value: str) -> str:
        try:
            return known[value]
        except KeyError:
            raise ValueError(f"{value!r} is none of {self}: {', '.join(known)}.") from None


class ListField(_List):
    """A list as JSON in a text; an empty one is an empty text: one byte, where jsonb takes five."""

    def from_db_value(self, value: str, _expression: object, _connection: object) -> Any:
        return self.to_python(value)

    @override
    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            return json.loads(value) if value else []
        return value

    @override
    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""

    @override
    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))
