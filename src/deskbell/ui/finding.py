"""The search box and the search page of both sides of the desk: groups of records, chips, offers of filters.

Knows no kind of record; `search.findables_of` says what there is on which side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskbell.kernel.api import Viewer
from deskbell.search import api as search

LONGEST = 400  # characters of a question
SHORTEST = 2  # characters from which on the box answers
IN_BOX = 6  # records of one group
ON_PAGE = 20
OFFERED = 6  # filters or values at once
FURTHEST = 1_000  # records into the results

# As the engine reads them: a filter with its value, which may stand in quotes, and perhaps a minus before it.
_FILTER = re.compile(r'(?<!\S)-?(?P<name>[A-Za-z_]{2,20}):(?!//)(?P<value>"[^"]*"?|[^\s"]*)')
_WORD = re.compile(r"(?<!\S)[A-Za-z]{1,20}$")


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one kind. total: at least so many; more: the address of all of them, or None."""

    name: str
    label: str | Promise
    icon: str
    rows: list[search.Shown]
    total: int
    is_more: bool
    more: str | None
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force as it was written, and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the last word may become: the whole text of the box then, the piece that is new, and what it means."""

    text: str
    shown: str
    label: str


@dataclass(frozen=True)
class Finding:
    """One question of one viewer on one side. address: of the search page there."""

    viewer: Viewer
    side: str
    text: str
    address: str
    only: str = ""
    offset: int = 0
    size: int = ON_PAGE  # records of each kind

    @cached_property
    def kinds(self) -> list[search.Findable]:
        return search.findables_of(self.side)

    @cached_property
    def filters(self) -> dict[str, search.FilterHelp]:
        """By name, in the order in which they are offered."""
        return {each.name: each for kind in self.kinds for each in kind.filters(self.viewer)}

    @property
    def has_filters(self) -> bool:
        return any(match["name"].lower() in self.filters for match in _FILTER.finditer(self.text))

    @property
    def is_asked(self) -> bool:
        return len(self.text) >= SHORTEST or self.text.isdigit()

    def href(self, text: str, *, only: str = "", after: int = 0) -> str:
        """The search page with another question."""
        query = QueryDict(mutable=True)
        query.update({"q": text} | ({"in": only} if only else {}) | ({"after": str(after)} if after else {}))
        return f"{self.address}?{query.urlencode()}"

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                f"{match['name'].lower()}:",
                match["value"].strip('"') or "…",
                self.href(_without(self.text, match)),
            )
            for match in _FILTER.finditer(self.text)
            if match["name"].lower() in self.filters
        ]

    @cached_property
    def found(self) -> list[tuple[search.Findable, search.Found[object]]]:
        """What each kind of record answers; kinds without filters are silent when there are some."""
        if not self.is_asked:
            return []
        return [
            (kind, kind.find(self.viewer, self.text, limit=self.size, offset=self.offset if self.only else 0))
            for kind in self.kinds
            if (not self.only or kind.name == self.only) and (kind.knows_filters or not self.has_filters)
        ]

    @property
    def problems(self) -> list[str]:
        return list(dict.fromkeys(problem for _kind, found in self.found for problem in found.problems))

    @property
    def also(self) -> list[tuple[str, str]]:
        """Words looked for instead of those that nothing held: asked, found."""
        return list(dict.fromkeys(pair for _kind, found in self.found for pair in found.also))

    @cached_property
    def groups(self) -> list[Group]:
        return [self._group(kind, found) for kind, found in self.found if found.hits]

    def _group(self, kind: search.Findable, found: search.Found[object]) -> Group:
        more = None
        if not self.only and (found.next is not None or found.is_more):
            more = self.href(self.text, only=kind.name)
        next_page = previous = None
        if self.only:
            next_page = self._page(found.next) if found.next is not None and found.next < FURTHEST else None
            previous = self._page(max(0, self.offset - self.size)) if self.offset else None
        rows = kind.show(found.hits)
        return Group(kind.name, kind.label, kind.icon, rows, found.total, found.is_more, more, previous, next_page)

    def _page(self, offset: int) -> str:
        return self.href(self.text, only=self.only, after=offset)

    @property
    def summary(self) -> str:
        """For those who do not see the list."""
        if not self.groups:
            return _("Nothing found")
        parts = ["%s: %d" % (group.label, len(group.rows)) for group in self.groups]  # noqa: UP031  (no words in it)
        return ngettext("Results: %(groups)s", "Results: %(groups)s", len(parts)) % {"groups": ", ".join(parts)}

    @cached_property
    def offers(self) -> list[Offer]:
        """Filters whose name begins like the last word, or values of the filter that is being written."""
        matches = list(_FILTER.finditer(self.text))
        last = matches[-1] if matches and matches[-1].end() == len(self.text) else None
        if last is not None:
            return self._values(last["name"].lower(), last["value"], self.text[: last.start("value")])
        word = _WORD.search(self.text)
        if word is None:
            return []
        start = word[0].lower()
        known = [each for name, each in self.filters.items() if name.startswith(start)]
        before = self.text[: word.start()]
        return [Offer(f"{before}{each.name}:", f"{each.name}:", str(each.label)) for each in known[:OFFERED]]

    def _values(self, name: str, begun: str, before: str) -> list[Offer]:
        if name not in self.filters:
            return []
        start = begun.strip('"').casefold()
        known = [value for kind in self.kinds for value in kind.values(self.viewer, name)]
        fitting = [value for value in known if value.casefold().startswith(start) and value.casefold() != start]
        label = str(self.filters[name].label)
        return [
            Offer(f"{before}{written} ", f"{name}:{written}", label)
            for written in (f'"{value}"' if " " in value else value for value in fitting[:OFFERED])
        ]


def read(query: QueryDict, viewer: Viewer, side: str, address: str, *, size: int = ON_PAGE) -> Finding:
    """`?q=` the question, `in=` one kind of record, `after=` how many of it were shown. Anything may stand there."""
    text = query.get("q", "").replace("\x00", "").strip("\r\n\t ")[:LONGEST]
    after = query.get("after", "")
    offset = min(int(after), FURTHEST) if after.isascii() and after.isdigit() and len(after) < 6 else 0  # noqa: PLR2004
    only = query.get("in", "")
    known = [kind.name for kind in search.findables_of(side)]
    return Finding(viewer, side, text, address, only if only in known else "", offset, size)


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
