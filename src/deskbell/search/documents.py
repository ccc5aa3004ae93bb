"""From the texts of a record to its document: the sorted codes that the index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from deskbell.search import codes, languages
from deskbell.search.lexemes import is_cjk, normal, words

VERSION = 1  # of the way texts become documents; another number makes old documents outdated
LONGEST_PART = 200_000  # characters looked at in one text; nobody searches for the end of ten megabytes
MOST_NEW = 4_000  # different words added at once
FULL = 12_000  # codes from which on nothing is appended
_SHORTEST_WORD, _LONGEST_WORD = 3, 24  # characters of words that are completed and corrected


@dataclass(frozen=True, slots=True)
class BulkDocument:
    """One record for `bulk_documents`. parts: weight → text. at: when it was last touched by people."""

    subject_type: str
    subject_id: int
    parts: Mapping[str, str]
    at: datetime
    scopes: tuple[str, ...] = ()


@dataclass(slots=True)
class Cut:
    """A text in codes. words: those worth completing and correcting, as written."""

    codes: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def cut_parts(parts: Mapping[str, str]) -> Cut:
    """parts: weight → text. "A" the subject, "B" people, "C" what everybody involved may find, "D" colleagues only."""
    found = Cut()
    seen: set[str] = set()
    for weight in sorted(parts):
        text = normal(parts[weight][:LONGEST_PART])
        latin, cyrillic = languages.likely(text)
        for word in dict.fromkeys(words(text)):
            if word not in seen and len(seen) >= MOST_NEW:
                continue
            language = cyrillic if "\u0400" <= word[0] <= "\u04ff" else latin
            code = codes.of_word(word, language)
            if weight == "D":
                if code not in found.codes:
                    found.codes.add(codes.of_word_inside(word, language))
            else:
                found.codes.add(code)
            if weight == "A":
                found.codes.add(codes.of_word_in_title(word, language))
            if word not in seen:
                seen.add(word)
                if is_worth_keeping(word):
                    found.words.add(word)
    return found


def is_worth_keeping(word: str) -> bool:
    """Words of letters; numbers and keys are asked as they are."""
    return _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and word.replace("’", "").isalpha() and not is_cjk(word)


def placing(subject_type: str, scopes: Iterable[str], at: datetime) -> list[int]:
    """The codes that say what it is, who may find it and when it was touched."""
    return [codes.of_scope(f"type:{subject_type}"), *map(codes.of_scope, scopes), *codes.of_time(at)]


def bulk_documents(rows: Iterable[BulkDocument], counted: dict[str, int]) -> Iterator[tuple[str, int, datetime, list[int], int]]:
    """Rows for COPY search_searchdocument (subject_type, subject_id, fresh_at, codes, version). No database inside.

    counted: words → documents that have them; for `write_vocabulary` when all rows are written.
    """
    for row in rows:
        cut = cut_parts(row.parts)
        for word in cut.words:
            counted[word] = counted.get(word, 0) + 1
        found = sorted({*cut.codes, *placing(row.subject_type, row.scopes, row.at)})
        yield row.subject_type, row.subject_id, row.at, found, VERSION
