"""Lexemes as numbers of four bytes: what the index holds in place of words.

A word takes a dozen bytes in a `tsvector` (twice that in Cyrillic) and stands in every document that has it; its
number takes four. Two words that share a number are found for each other: with 300 000 words in the index, one
question in some 7 000 meets such a word.

    1 … 2^31-1              words: plain, in a subject ("^"), in what only colleagues may find ("~")
    -2^30-1 … -2^31         scopes: who may find it, and selective filters
    -1 … -999 999           day of the last change, and (less 500 000) its block of 32 days
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from deskbell.search.lemmas import lemma

IN_TITLE: Final = "^"
INSIDE: Final = "~"
_WORDS = 2**31 - 1
_SCOPES = 2**30
_DAY, BLOCK_DAYS = 86_400, 32
_BLOCKS = 500_000
LAST_TIME: Final = -1_000_000  # times lie between this and zero; below it are scopes


@lru_cache(maxsize=60_000)
def of_lexeme(lexeme: str) -> int:
    return int.from_bytes(blake2b(lexeme.encode(), digest_size=8).digest(), "big") % _WORDS + 1


@lru_cache(maxsize=60_000)
def of_word(word: str, language: str) -> int:
    """The code of a word as it stands in a text of a language."""
    return of_lexeme(lemma(word, language))


@lru_cache(maxsize=10_000)
def of_word_in_title(word: str, language: str) -> int:
    return of_lexeme(IN_TITLE + lemma(word, language))


@lru_cache(maxsize=10_000)
def of_word_inside(word: str, language: str) -> int:
    return of_lexeme(INSIDE + lemma(word, language))


@lru_cache(maxsize=20_000)
def of_scope(scope: str) -> int:
    """scope: "department:5"."""
    return -_SCOPES - 1 - int.from_bytes(blake2b(scope.encode(), digest_size=8).digest(), "big") % _SCOPES


def of_time(at: datetime) -> tuple[int, int]:
    """Codes of the day and of the block of days."""
    day = max(1, int(at.timestamp()) // _DAY)
    return -day, -_BLOCKS - day // BLOCK_DAYS


def of_days(first: int, last: int) -> list[int]:
    """Codes of days, both ends included; whole blocks are one code."""
    found = []
    day = max(1, first)
    while day <= last:
        if day % BLOCK_DAYS == 0 and day + BLOCK_DAYS - 1 <= last:
            found.append(-_BLOCKS - day // BLOCK_DAYS)
            day += BLOCK_DAYS
        else:
            found.append(-day)
            day += 1
    return found


def day_of(at: datetime) -> int:
    return max(1, int(at.timestamp()) // _DAY)


def query(any_of: Iterable[int]) -> str:
    """Alternatives as PostgreSQL reads them in a tsquery; negative numbers need quotes."""
    return "(" + "|".join(f"'{code}'" for code in any_of) + ")"
