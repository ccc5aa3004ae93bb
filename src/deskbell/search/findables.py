"""What the search box and the search page find: each package registers its own kinds of records, nobody lists them.

A package that adds articles or assets registers a `Findable` when it is loaded; box and page of that side show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from django.utils.functional import Promise

from deskbell.kernel.api import Registry, Viewer
from deskbell.search.results import Found, Hit, Marked, Part

DESK: Final = "desk"
PORTAL: Final = "portal"


class Shown(NamedTuple):
    """A record found, as it is drawn. state: its word and its category; details: beside it; at: its age.

    place: where the excerpt stands, in words. Everything in it is for the eyes of the viewer who asked.
    """

    url: str
    title: Marked
    number: str = ""
    state: tuple[str, str] | None = None
    details: tuple[str, ...] = ()
    at: datetime | None = None
    excerpt: Marked = ()
    place: str = ""


class Find(Protocol):
    """Records the viewer may see, best first; none for whom this kind of record does not exist."""

    def __call__(self, viewer: Viewer, text: str, *, limit: int, offset: int) -> Found[Any]: ...


class FilterHelp(Protocol):
    """A filter to be offered: `name:`, what it is, and an example."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def example(self) -> str: ...


def no_filters(_viewer: Viewer) -> Sequence[FilterHelp]:
    return ()


def _no_values(_viewer: Viewer, _name: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Findable:
    """One kind of record on one side of the desk.

    label: of its group ("Tickets"). show: how the hits of a page are drawn. rank: groups stand in this order. filters,
    values: what may be written before and after the colon; where a question has filters, kinds without filters are not
    asked.
    """

    name: str
    side: str
    label: str | Promise
    icon: str
    find: Find
    show: Callable[[Sequence[Hit[Any]]], list[Shown]]
    rank: int = 100
    filters: Callable[[Viewer], Sequence[FilterHelp]] = no_filters
    values: Callable[[Viewer, str], Sequence[str]] = _no_values

    @property
    def knows_filters(self) -> bool:
        return self.filters is not no_filters


findables: Registry[Findable] = Registry("findable")


def register_findable(findable: Findable) -> None:
    findables.register(f"{findable.side}.{findable.name}", findable)


def findables_of(side: str) -> list[Findable]:
    return sorted((each for each in findables if each.side == side), key=lambda each: (each.rank, each.name))


def mark_pieces(text: str, asked: str) -> Marked:
    """The text with every piece of the question marked wherever it stands, for names that are compared by letters."""
    pieces = sorted({re.escape(piece) for piece in asked.split()}, key=len, reverse=True)
    if not pieces:
        return (Part(text),)
    parts = re.split(f"({'|'.join(pieces)})", text, flags=re.IGNORECASE)
    return tuple(Part(part, is_match=bool(index % 2)) for index, part in enumerate(parts) if part)
