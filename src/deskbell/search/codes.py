"""Lexemes as codes, hexadecimal digits: what the index holds in place of words.

A word takes a dozen bytes in a `tsvector` (twice that in Cyrillic) and stands in every document that has it; its
code takes three and a half, a common word's one or one and a half, and PostgreSQL unfolds them into a tsvector only
to index them (`search_lexemes`). Two words that share a code are found for each other: with 300 000 words in the
index, one question in some 800 meets another word.

Seven digits, which anybody can compute:

    0000000 … dffffff   words: plain; the same in what only colleagues may find
    e000000 … effffff   scopes: who may find it, and selective filters
    f100000 … f2fffff   time of the last change: its eight days, its sixty-four days (made of the document's
                        time when it is indexed, never stored)

Four digits:

    0000 … 9fff         the commonest words of this desk (`common.py`)
    a000 … bfff         words with figures in them, of which most stand in one record only: two codes each, of 4096
                        that others share, take a fifth of what a code of its own takes in the index
    c000 … cfff         words in a subject, beside the code of the word: one of 4096 that others share, for it only
                        moves a record up that has the word in any case
    d000 … dfff         both codes of a word with figures that only colleagues may find: nobody else asks for any of
                        these, for a word that shares two of 4096 codes with another one is soon made up
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from deskbell.search.lemmas import lemma
from deskbell.search.lexemes import is_cjk

LENGTH, SHORT = 7, 4
MOST_COMMON: Final = 0xA000  # codes of four digits for common words
_WORDS = 0xE000000
_SCOPES, _SCOPE_BITS = 0xE000000, 0xFFFFFF
_TIMES, _BITS = 0xF000000, (3, 6)  # units of 8 and 64 days
_FIGURES, _BUCKETS = (0xA000, 0xB000), 0xFFF
_TITLES, _INSIDE, _OTHER_BITS = 0xC000, 0xD000, 0x5A5
_DAY = 86_400
# Codes of four digits that begin alike stand together in a document, without their beginning: of the commonest words
# one byte each, of the others and of figures one and a half.
_BEGINNINGS: Final = (*(f"0{digit:x}" for digit in range(16)), *"123456789abc")
_MOST_ALIKE = 255  # codes with one beginning; of more than a byte can count, each stands in full

Codes = tuple[str, ...]  # of one lexeme: a record that has it has all of these


def of_lexeme(lexeme: str) -> Codes:
    """The codes of a lexeme, in full."""
    number = int.from_bytes(blake2b(lexeme.encode(), digest_size=8).digest(), "big")
    if _has_figures(lexeme):
        return tuple(f"{first + (number >> 12 * place & _BUCKETS):04x}" for place, first in enumerate(_FIGURES))
    return (f"{number % _WORDS:07x}",)


def _has_figures(lexeme: str) -> bool:
    return not lexeme.isalpha() and not is_cjk(lexeme) and any(sign.isdigit() for sign in lexeme)


_remembered: dict[str, dict[str, Codes]] = {}  # language → word → codes
_most_remembered = 30_000  # words of each language


def remember(most: int) -> None:
    """Keep the codes of so many words of each language in memory; more for work in bulk."""
    global _most_remembered  # noqa: PLW0603
    _most_remembered = most


def of_word(word: str, language: str) -> Codes:
    """The codes of a word as it stands in a text of a language."""
    words = _remembered.setdefault(language, {})
    codes = words.get(word)
    if codes is None:
        if len(words) >= _most_remembered:
            words.clear()
        codes = words[word] = of_lexeme(lemma(word, language))
    return codes


@lru_cache(maxsize=8_000)
def in_title(code: str) -> str:
    """What is there beside the code when its lexeme stands in a subject; figures tell enough wherever they stand."""
    return code if len(code) == SHORT else f"{_TITLES + (int(code, 16) * 0x2C1B3C6D >> 12 & _BUCKETS):04x}"


@lru_cache(maxsize=8_000)
def inside(code: str) -> str:
    """The code of the same lexeme in what only colleagues may find."""
    if len(code) == SHORT:
        number = int(code, 16)
        return f"{_INSIDE + (number & _BUCKETS ^ (0 if number < _FIGURES[1] else _OTHER_BITS)):04x}"
    return f"{(int(code, 16) * 0x1B873593 + 0x165667B1) % _WORDS:07x}"


def is_of_word(code: str) -> bool:
    """Whether it may have a short form: a word in full, no scope, no time and no figures."""
    return len(code) == LENGTH and code < "e"


@lru_cache(maxsize=4_000)
def of_scope(scope: str) -> str:
    """scope: "department:5"."""
    return f"{_SCOPES + (int.from_bytes(blake2b(scope.encode(), digest_size=8).digest(), 'big') & _SCOPE_BITS):07x}"


def _of_unit(level: int, number: int) -> str:
    return f"{_TIMES + (level << 20) + number:07x}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Of some time the codes any of which its records have. first, end: its days, from the first up to before `end`.

    is_cut: the codes stand for some days behind it as well.
    """

    units: list[str]
    first: int
    end: int
    is_cut: bool = False


def stretches(
    today: int, *, weeks: int = 2, finer: bool = False, months: bool = True, year: bool = True
) -> Iterator[Stretch]:
    """Time from now backwards, cut into stretches that follow one another, each longer than the one before.

    weeks: so many units of 8 days up to now. finer: three more of them. months: up to the beginning of the unit of
    64 days before the present one. year: four more of those; what is older is little for whoever has not found
    enough by then. As few and as large units as there can be: the index asks the lists of all of them at every step.
    """
    eight, large = (today + 1 >> bits for bits in _BITS)  # tomorrow, for clocks differ
    end = None
    for wanted, level, oldest, newest in (
        (weeks > 0, 0, eight - weeks + 1, eight),
        (finer, 0, eight - weeks - 2, eight - weeks),
        (months, 1, large - 1, large),
        (year, 1, large - 5, large - 2),
    ):
        if not wanted or newest < 0 or end == 0:
            continue
        units = range(max(0, oldest), newest + 1)
        first, behind = units.start << _BITS[level], units.stop << _BITS[level]
        yield Stretch([_of_unit(level + 1, unit) for unit in units], first, end or behind, end not in (None, behind))
        end = first


def day_of(at: datetime) -> int:
    return max(1, int(at.timestamp()) // _DAY)


def at_day(day: int) -> int:
    """The first second of a day."""
    return day * _DAY


def packed(codes: Iterable[str]) -> bytes:
    """The codes, each once, as the index keeps them.

    A byte for each beginning, how many codes have it; two for how many other short ones there are; then all of these,
    and the long ones; half a byte where digits are odd.
    """
    alike: dict[str, list[str]] = {beginning: [] for beginning in _BEGINNINGS}
    others: list[str] = []
    full: list[str] = []
    for code in sorted(set(codes)):
        if len(code) == LENGTH:
            full.append(code)
        else:
            alike.get(code[:2] if code < "1" else code[0], others).append(code)
    others += [code for found in alike.values() if len(found) > _MOST_ALIKE for code in found]
    kept = {beginning: found if len(found) <= _MOST_ALIKE else [] for beginning, found in alike.items()}
    counts = "".join(f"{len(found):02x}" for found in kept.values())
    ends = "".join(code[len(beginning) :] for beginning, found in kept.items() for code in found)
    digits = f"{counts}{len(others):04x}{ends}{''.join(others)}{''.join(full)}"
    return bytes.fromhex(digits + "f" * (len(digits) % 2))


def unpacked(document: bytes) -> list[str]:
    """The codes of a document."""
    digits = document.hex()
    at = len(_BEGINNINGS) * 2 + SHORT
    found: list[str] = []
    for beginning, count in zip(_BEGINNINGS, document, strict=False):
        size = SHORT - len(beginning)
        found += [beginning + digits[place : place + size] for place in range(at, at + count * size, size)]
        at += count * size
    end = at + int.from_bytes(document[len(_BEGINNINGS) : len(_BEGINNINGS) + 2], "big") * SHORT
    found += [digits[place : place + SHORT] for place in range(at, end, SHORT)]
    return found + [digits[place : place + LENGTH] for place in range(end, len(digits) - LENGTH + 1, LENGTH)]


def query(any_of: Iterable[str]) -> str:
    """Alternatives as PostgreSQL reads them in a tsquery."""
    return "(" + "|".join(dict.fromkeys(any_of)) + ")"
