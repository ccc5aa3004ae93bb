"""What a search answers, whatever kind of record it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

RowT = TypeVar("RowT")


class Part(NamedTuple):
    """A piece of text as it was written; is_match: it is why the record was found (to be marked)."""

    text: str
    is_match: bool = False


Marked = tuple[Part, ...]


class Hit(NamedTuple, Generic[RowT]):
    """One record found. Everything in it may be shown to the viewer who asked.

    row: what a list of this kind of record shows. title: its subject or name. excerpt: some twenty words around
    what was asked, empty when only people, numbers or tags were the reason. place: where the excerpt stands, a key:
    "message", "note", "attachment" or "". message_id: the message it comes from. source: the file's name for
    "attachment". score: comparable among hits of one search only.
    """

    subject_type: str
    id: int
    row: RowT
    title: Marked
    excerpt: Marked = ()
    place: str = ""
    message_id: int | None = None
    source: str = ""
    score: float = 0.0


class Found(NamedTuple, Generic[RowT]):
    """One page of hits, best first.

    total: how many there are, counted up to a limit; is_more: there are more than that. next: offset of the next
    page, None at the end. problems: what was asked and could not be used, in words. also: words looked for because
    nothing held what was typed (asked → found), only when the viewer sees a hit with them.
    """

    hits: Sequence[Hit[RowT]] = ()
    total: int = 0
    is_more: bool = False
    next: int | None = None
    problems: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
