"""Documents by the thousand: all written anew, or those of a desk that is made up.

What one document costs is mostly what others have cost before: pieces of text, words, codes. They are kept here as
long as the process works, in memory that only such a process has to have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Final, NamedTuple

from deskbell.search import codes, common, languages
from deskbell.search.documents import LONGEST_PART, MOST_NEW, VERSION, Cut, cut_text, cut_words
from deskbell.search.lexemes import normal, words

_MOST_KEPT: Final = 300_000  # pieces, codes, and words of each language
_TELLING: Final = 12  # pieces of which the language is told


class Pieces(NamedTuple):
    """A text in pieces. shared: each comes again in many records; own: what stands in this one alone, at the end."""

    shared: Sequence[str]
    own: str


@dataclass(frozen=True, slots=True)
class BulkDocument:
    """One record for `bulk_documents`. parts: weight → text. at: when it was last touched by people."""

    subject_type: str
    subject_id: int
    parts: Mapping[str, str | Pieces]
    at: datetime
    scopes: tuple[str, ...] = ()


class _Kept(NamedTuple):
    """A piece in codes, and its words that are worth completing."""

    codes: tuple[str, ...]
    words: tuple[str, ...]


class _Inside(dict[str, str]):
    """`codes.inside`, found once for each code."""

    def __missing__(self, code: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[code] = codes.inside(code)
        return found


class _Short(dict[str, str]):
    """Codes as documents keep them, found once for each code."""

    def __init__(self, known: common.Common) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, code: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[code] = self.known.shortened(code)
        return found


_pieces: dict[tuple[str, str], dict[str, _Kept]] = {}  # languages → text → piece
_inside = _Inside()
_short = _Short(common.Common())


def bulk_documents(
    rows: Iterable[BulkDocument], counted: Counter[str]
) -> Iterator[tuple[str, int, datetime, bytes, int]]:
    """Rows for COPY search_searchdocument (subject_type, subject_id, fresh_at, codes, version).

    counted: words → documents that have them; for `write_vocabulary` when all rows are written.
    """
    global _short  # noqa: PLW0603
    codes.remember(_MOST_KEPT)
    known = common.current()
    if _short.known is not known:
        _short = _Short(known)
    short = _short.__getitem__
    for row in rows:
        cut = _cut_parts(row.parts)
        counted.update(cut.words)
        found = codes.packed([*map(short, cut.codes), *map(codes.of_scope, row.scopes)])
        yield row.subject_type, row.subject_id, row.at, found, VERSION


def _cut_parts(parts: Mapping[str, str | Pieces]) -> Cut:
    """As `documents.cut_parts`."""
    found = Cut()
    left = MOST_NEW
    for weight in sorted(parts):
        text = parts[weight]
        if not text:
            continue
        cut = cut_text(text, left) if isinstance(text, str) else _joined(text)
        left -= len(cut.words)
        if weight == "D":
            found.codes.update(map(_inside.__getitem__, cut.codes - found.codes))
        else:
            found.codes |= cut.codes
        if weight == "A":
            found.codes.update(map(codes.in_title, cut.codes))
        found.words |= cut.words
    return found


def _joined(text: Pieces) -> Cut:
    """Of pieces: those that come again are cut once. The language is told of the first ones."""
    told = [*text.shared[:_TELLING], text.own] if len(text.shared) < _TELLING else text.shared[:_TELLING]
    latin, cyrillic = languages.likely(normal(" ".join(told)))
    kept = _pieces.setdefault((latin, cyrillic), {})
    own = cut_words(set(words(normal(text.own[:LONGEST_PART]))), latin, cyrillic)
    pieces = [kept.get(piece) or _keep(kept, piece, latin, cyrillic) for piece in text.shared]
    return Cut(own.codes.union(*[piece.codes for piece in pieces]), own.words.union(*[piece.words for piece in pieces]))


def _keep(kept: dict[str, _Kept], piece: str, latin: str, cyrillic: str) -> _Kept:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    cut = cut_words(set(words(normal(piece[:LONGEST_PART]))), latin, cyrillic)
    # Interned, for a word stands in hundreds of pieces.
    found = kept[piece] = _Kept(tuple(cut.codes), tuple(map(intern, cut.words)))
    return found
