"""A word in its base form: what is indexed, and everything it may be asked by."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from deskbell.search import languages, stems
from deskbell.search.dictionaries import dictionary

_LONGEST = 40  # characters of a word that is looked up; longer ones are keys, hashes and links
_UNMARKED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ё": "е", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


_PARTICIPLES = ("ено", "ано", "ений", "аний", "енный", "анный")  # words of their own in the dictionary


@lru_cache(maxsize=4_000)
def lemma(word: str, language: str) -> str:
    """What a word of a text in `language` is indexed as; a foreign word as its own language has it."""
    own = languages.candidates(word)
    # What ends with a digit (numbers of devices, "person7") is in no dictionary, and no language inflects it.
    if not own or len(word) > _LONGEST or "0" <= word[-1] <= "9":
        return unmarked(word)
    order = (language, *(other for other in own if other != language)) if language in own else own
    for each in order:
        base = _looked_up(word, each)
        if base is not None and base.endswith(_PARTICIPLES):
            base = _guessed(base, each) or base
        if base is not None:
            return unmarked(stems.stem(each, base, known=True))
    for each in order:
        base = _guessed(word, each)
        if base is not None:
            return unmarked(stems.stem(each, base, known=True))
    return unmarked(stems.stem(order[0], word, known=False))


@lru_cache(maxsize=8_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Everything a word that is asked may be indexed as: we know neither its language nor that of the texts."""
    own = languages.candidates(word)
    return tuple(dict.fromkeys([unmarked(word), *(lemma(word, each) for each in own)]))


def unmarked(word: str) -> str:
    """Without accents, in which people and keyboards differ; й and ї stay letters of their own."""
    word = word.translate(_UNMARKED)
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word)
    return "".join(
        unicodedata.normalize("NFC", letter + mark) if letter > "\u02ff" else letter for letter, mark in _letters(plain)
    )


def _letters(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for sign in text:
        if found and unicodedata.combining(sign):
            found[-1] = (found[-1][0], found[-1][1] + sign)
        else:
            found.append((sign, ""))
    return found


def _looked_up(word: str, language: str) -> str | None:
    exception = stems.EXCEPTIONS[language].get(word)
    if exception:
        return exception
    words = dictionary(language)
    spelt = word.replace("’", "'") if "’" in word else word
    base = words.get(spelt) or (words.get(spelt.replace("'", "’")) if "'" in spelt else None)
    return (base or words.get(word.title()) or "").lower() or None


def _guessed(word: str, language: str) -> str | None:
    for guess in stems.guesses(language, word):
        if len(guess) > 2:  # noqa: PLR2004  (shorter ones are in the dictionary by accident)
            base = stems.EXCEPTIONS[language].get(guess) or dictionary(language).get(guess)
            if base is not None:
                return base.lower()
    return None
