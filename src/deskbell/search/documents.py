"""From the texts of a record to its document: the sorted codes that the index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deskbell.search import codes, common, languages
from deskbell.search.lexemes import normal, words

VERSION = 2  # of the way texts become documents; another number makes old documents outdated
LONGEST_PART = 200_000  # characters looked at in one text; nobody searches for the end of ten megabytes
MOST_NEW = 4_000  # different words added at once
FULL = 12_000  # codes from which on nothing is appended
_MOST_PIECES = 300_000
_MOST_BULK = 300_000  # words of each language remembered while working in bulk
_TELLING = 12  # pieces of which the language is told
_SHORTEST_WORD, _LONGEST_WORD = 3, 24  # characters of words that are completed and corrected


@dataclass(frozen=True, slots=True)
class BulkDocument:
    """One record for `bulk_documents`. at: when it was last touched by people.

    parts: weight → text, or pieces of text of which each comes again in many records.
    """

    subject_type: str
    subject_id: int
    parts: Mapping[str, str | Sequence[str]]
    at: datetime
    scopes: tuple[str, ...] = ()


@dataclass(slots=True)
class Cut:
    """A text in codes. words: those worth completing and correcting, as written."""

    codes: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def cut_parts(parts: Mapping[str, str | Sequence[str]]) -> Cut:
    """parts: weight → text. "A" the subject, "B" people, "C" what everybody involved may find, "D" colleagues only."""
    found = Cut()
    left = MOST_NEW
    for weight in sorted(parts):
        text = parts[weight]
        if not text:
            continue
        if isinstance(text, str):
            normal_text = normal(text[:LONGEST_PART])
            cut = _coded(set(words(normal_text)), *languages.likely(normal_text), left)
        else:
            cut = _joined(text)
        left -= len(cut.words)
        _add(found, weight, cut)
    return found


def _coded(different: set[str], latin: str, cyrillic: str, most: int = MOST_NEW) -> Cut:
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


_pieces: dict[tuple[str, str, str], Cut] = {}


def _joined(texts: Sequence[str]) -> Cut:
    """Of pieces, each cut once and remembered while working in bulk."""
    latin, cyrillic = languages.likely(normal(" ".join(texts[:_TELLING])))
    found = Cut()
    for text in texts:
        key = (text, latin, cyrillic)
        cut = _pieces.get(key)
        if cut is None:
            if len(_pieces) >= _MOST_PIECES:
                _pieces.clear()
            cut = _pieces[key] = _coded(set(words(normal(text[:LONGEST_PART]))), latin, cyrillic)
        found.codes |= cut.codes
        found.words |= cut.words
    return found


def is_worth_keeping(word: str) -> bool:
    """Words of letters; numbers and keys are asked as they are."""
    if not _SHORTEST_WORD <= len(word) <= _LONGEST_WORD or word[0] >= "\u1100":
        return False
    return word.isalpha() or ("’" in word and word.replace("’", "").isalpha())


def document(cut: Cut, placing: Iterable[str], known: common.Common) -> bytes:
    """What is kept: the words, the common ones shortened, and who may find it and when."""
    return codes.packed([*map(known.shortened, cut.codes), *placing])


def placing(subject_type: str, scopes: Iterable[str], at: datetime) -> list[str]:
    """The codes that say what it is, who may find it and when it was touched."""
    return [codes.of_scope(f"type:{subject_type}"), *map(codes.of_scope, scopes), *codes.of_time(at)]


def bulk_documents(
    rows: Iterable[BulkDocument], counted: dict[str, int]
) -> Iterator[tuple[str, int, datetime, bytes, int]]:
    """Rows for COPY search_searchdocument (subject_type, subject_id, fresh_at, codes, version).

    counted: words → documents that have them; for `write_vocabulary` when all rows are written.
    """
    codes.remember(_MOST_BULK)
    known = common.current()
    for row in rows:
        cut = cut_parts(row.parts)
        for word in cut.words:
            counted[word] = counted.get(word, 0) + 1
        found = document(cut, placing(row.subject_type, row.scopes, row.at), known)
        yield row.subject_type, row.subject_id, row.at, found, VERSION
