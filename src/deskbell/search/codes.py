"""Lexemes as codes of 28 bits, written as seven hexadecimal digits: what the index holds in place of words.

A word takes a dozen bytes in a `tsvector` (twice that in Cyrillic) and stands in every document that has it; its
code takes three and a half, and PostgreSQL unfolds them into a tsvector only to index them (`search_lexemes`).
Two words that share a code are found for each other: with 300 000 words in the index, one question in some 800
meets another word.

    0000000 … dffffff   words: plain; the same in a subject; in what only colleagues may find
    e000000 … effffff   scopes: who may find it, and selective filters
    f000000 … fffffff   days of the last change, blocks of days, and what fills up the last byte
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from deskbell.search.lemmas import lemma

LENGTH: Final = 7
_WORDS = 0xE000000
_SCOPES, _SCOPE_BITS = 0xE000000, 0xFFFFFF
_DAYS, _BLOCKS, _FILLER = 0xF000000, 0xF800000, "fffffff"
_DAY, BLOCK_DAYS = 86_400, 32


def of_lexeme(lexeme: str) -> str:
    return f"{int.from_bytes(blake2b(lexeme.encode(), digest_size=8).digest(), 'big') % _WORDS:07x}"


_remembered: dict[str, dict[str, str]] = {}  # language → word → code
_most_remembered = 30_000  # words of each language


def remember(most: int) -> None:
    """Keep the codes of so many words of each language in memory; more for work in bulk."""
    global _most_remembered  # noqa: PLW0603
    _most_remembered = most


def of_word(word: str, language: str) -> str:
    """The code of a word as it stands in a text of a language."""
    words = _remembered.setdefault(language, {})
    code = words.get(word)
    if code is None:
        if len(words) >= _most_remembered:
            words.clear()
        code = words[word] = of_lexeme(lemma(word, language))
    return code


@lru_cache(maxsize=8_000)
def in_title(code: str) -> str:
    """The code of the same lexeme standing in a subject."""
    return f"{(int(code, 16) * 0x2C1B3C6D + 0x297A2D39) % _WORDS:07x}"


@lru_cache(maxsize=8_000)
def inside(code: str) -> str:
    """The code of the same lexeme in what only colleagues may find."""
    return f"{(int(code, 16) * 0x1B873593 + 0x165667B1) % _WORDS:07x}"


@lru_cache(maxsize=4_000)
def of_scope(scope: str) -> str:
    """scope: "department:5"."""
    return f"{_SCOPES + (int.from_bytes(blake2b(scope.encode(), digest_size=8).digest(), 'big') & _SCOPE_BITS):07x}"


def of_time(at: datetime) -> tuple[str, str]:
    """Codes of the day and of the block of days."""
    day = day_of(at)
    return f"{_DAYS + day:07x}", f"{_BLOCKS + day // BLOCK_DAYS:07x}"


def of_days(first: int, last: int) -> list[str]:
    """Codes of days, both ends included; whole blocks are one code."""
    found = []
    day = max(1, first)
    while day <= last:
        if day % BLOCK_DAYS == 0 and day + BLOCK_DAYS - 1 <= last:
            found.append(f"{_BLOCKS + day // BLOCK_DAYS:07x}")
            day += BLOCK_DAYS
        else:
            found.append(f"{_DAYS + day:07x}")
            day += 1
    return found


def day_of(at: datetime) -> int:
    return max(1, int(at.timestamp()) // _DAY)


def packed(codes: Iterable[str]) -> bytes:
    """The codes in order, each once, as the index keeps them."""
    found = sorted(set(codes))
    if len(found) % 2:
        found.append(_FILLER)
    return bytes.fromhex("".join(found))


def query(any_of: Iterable[str]) -> str:
    """Alternatives as PostgreSQL reads them in a tsquery."""
    return "(" + "|".join(dict.fromkeys(any_of)) + ")"
