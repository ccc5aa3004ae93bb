"""The commonest words of this desk, which have codes of two bytes instead of three and a half.

Most of a text are words that stand in very many texts. Which ones is learnt from documents, at each doubling of the
desk and when all are written anew. What was given stays: a document written before has the code in full, so a
question asks for both.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from django.db import connection

from deskbell.kernel.api import reference
from deskbell.search import codes
from deskbell.search.models import CommonWords, SearchDocument

FEWEST: Final = 2_000  # documents from which something can be learnt
SAMPLE: Final = 10_000  # documents looked at, the newest
_SHARE: Final = 0.0005  # of the documents a word must stand in
_MOST_KEPT = 8_000


class Common:
    """Codes in full and their short forms, in a few bytes each."""

    def __init__(self, batches: Iterable[Iterable[str]] = (), documents: int = 0) -> None:
        """batches: codes in full in the order in which they were given, which is their short form.

        documents: how many there were when the last ones were given; 0 when nobody knows.
        """
        self.documents = documents
        self._starts = [0]
        # A number for each code and its place: each web process makes this, and lists of texts and pairs would leave
        # it with ten megabytes in pieces.
        pairs: list[int] = []
        for batch in batches:
            pairs.extend(int(code, 16) << 16 | place for place, code in enumerate(batch, len(pairs)))
            self._starts.append(len(pairs))
        pairs.sort()
        self._full = array("I", (pair >> 16 for pair in pairs))
        self._short = array("H", (pair & 0xFFFF for pair in pairs))
        self._kept: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._full)

    def shortened(self, code: str) -> str:
        """Its short form, or itself."""
        kept = self._kept.get(code)
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[code] = self._found(code)
        return kept

    def _found(self, code: str) -> str:
        if not codes.is_of_word(code):
            return code
        number = int(code, 16)
        place = bisect_left(self._full, number)
        if place < len(self._full) and self._full[place] == number:
            return f"{self._short[place]:04x}"
        return code

    def share(self, code: str) -> float:
        """In which part of the documents a word roughly stands; of words with figures nobody knows: in all.

        By Zipf's law, from the rarest one of a batch upwards: the n-th commonest stands in an n-th of the documents
        of the first.
        """
        short = self.shortened(code)
        if len(code) == codes.SHORT:
            return 1.0
        if short == code:
            return _SHARE
        place = int(short, 16)
        batch = bisect_right(self._starts, place) - 1
        rank = place - self._starts[batch] + 1
        return min(1.0, _SHARE * (self._starts[batch + 1] - self._starts[batch]) / rank)

    def spellings(self, code: str) -> list[str]:
        """All ways in which it may stand in a document."""
        short = self.shortened(code)
        return [code] if short == code else [code, short]


def current() -> Common:
    """Those given by now."""
    return _made(_batches())


@reference.cached
def _batches() -> tuple[int, ...]:
    return tuple(CommonWords.objects.order_by("pk").values_list("pk", flat=True))


@lru_cache(maxsize=2)
def _made(batches: tuple[int, ...]) -> Common:
    if not batches:
        return Common()
    rows = list(CommonWords.objects.filter(pk__in=batches).order_by("pk").values_list("codes", "documents"))
    return Common([_cut(bytes(row)) for row, _documents in rows], rows[-1][1] if rows else 0)


def _cut(batch: bytes) -> Iterator[str]:
    text = batch.hex()
    return (text[at : at + codes.LENGTH] for at in range(0, len(text) - codes.LENGTH + 1, codes.LENGTH))


def learn(documents: Iterable[bytes], *, of: int | None = None) -> int:
    """Give short codes to the words that are common in these documents, the commonest first. Returns how many.

    of: how many documents there are, or will be once a load is through.
    """
    counted: Counter[str] = Counter()
    number = 0
    for document in documents:
        counted.update(filter(codes.is_of_word, codes.unpacked(document)))
        number += 1
    if number < FEWEST:
        return 0
    known = current()
    room = codes.MOST_COMMON - len(known)
    least = max(2, number * _SHARE)
    # Alike counts by their codes: the same documents give the same short ones.
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    # A word that has a short form already is met in full in documents of before.
    found = [code for code, count in ordered if count >= least and known.shortened(code) == code][:room]
    half = "f" if len(found) % 2 else ""
    there = _documents() if of is None else of
    # Without any new word too: it says how large the desk is.
    CommonWords.objects.create(documents=there, codes=bytes.fromhex("".join(found) + half))
    return len(found)


def learn_if_grown() -> int:
    """Learn from the newest documents when there are twice as many as the last time."""
    last = CommonWords.objects.order_by("-pk").values_list("documents", flat=True).first()
    there = _documents()
    if there < max(FEWEST, 2 * (last or 0)):
        return 0
    rows = SearchDocument.objects.order_by("-subject_type", "-subject_id").values_list("codes", flat=True)
    return learn(bytes(row) for row in rows[:SAMPLE].iterator())


def _documents() -> int:
    """How many there are, as the planner believes, so that nothing is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = 'search_searchdocument'::regclass")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
