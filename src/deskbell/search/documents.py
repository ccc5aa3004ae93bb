"""From the texts of a record to its document: the sorted codes that the index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from deskbell.search import codes, common, languages
from deskbell.search.lexemes import normal, words

VERSION = 3  # of the way texts become documents; another number makes old documents outdated
LONGEST_PART = 200_000  # characters looked at in one text; nobody searches for the end of ten megabytes
MOST_NEW = 4_000  # different words added at once
FULL = 12_000  # codes from which on nothing is appended
_SHORTEST_WORD, _LONGEST_WORD = 3, 24  # characters of words that are completed and corrected


@dataclass(slots=True)
class Cut:
    """A text in codes. words: those worth completing and correcting, as written."""

    codes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def cut_parts(parts: Mapping[str, str]) -> Cut:
    """parts: weight → text. "A" the subject, "B" people, "C" what everybody involved may find, "D" colleagues only."""
    found = Cut()
    left = MOST_NEW
    for weight in sorted(parts):
        text = parts[weight]
        if text:
            cut = cut_text(text, left)
            left -= len(cut.words)
            _add(found, weight, cut)
    return found


def cut_text(text: str, most: int) -> Cut:
    """A text whose language is told of itself, and at most so many of its different words."""
    normal_text = normal(text[:LONGEST_PART])
    return cut_words(set(words(normal_text)), *languages.likely(normal_text), most)


def cut_words(different: set[str], latin: str, cyrillic: str, most: int = MOST_NEW) -> Cut:
    """Words in normal form. latin, cyrillic: the language of those in this script."""
    different = different - languages.EVERYWHERE
    if len(different) > most:
        different = set(sorted(different)[: max(0, most)])
    of_word = codes.of_word
    return Cut(
        {code for word in different for code in of_word(word, cyrillic if "\u0400" <= word[0] <= "\u04ff" else latin)},
        {word for word in different if is_worth_keeping(word)},
    )


def _add(found: Cut, weight: str, cut: Cut) -> None:
    if weight == "D":
        found.codes.update([codes.inside(code) for code in cut.codes - found.codes])
    else:
        found.codes |= cut.codes
    if weight == "A":
        found.codes.update([codes.in_title(code) for code in cut.codes])
    found.words |= cut.words


def is_worth_keeping(word: str) -> bool:
    """Words of letters; numbers and keys are asked as they are."""
    if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or word[0] >= "\u1100":
        return False
    return word.isalpha() or ("’" in word and word.replace("’", "").isalpha())


def document(cut: Cut, scopes: Iterable[str], known: common.Common) -> bytes:
    """What is kept: the words, the common ones shortened, and who may find it."""
    return codes.packed([*map(known.shortened, cut.codes), *map(codes.of_scope, scopes)])
