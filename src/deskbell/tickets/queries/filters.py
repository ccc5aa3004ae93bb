"""What a queue shows: a filter that comes from an address and goes back into one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.kernel.api import one_line
from deskbell.tickets.models import StateCategory

VIEWS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "mine": gettext_lazy("Mine"),
        "unassigned": gettext_lazy("Unassigned"),
        "departments": gettext_lazy("My departments"),
        "all": gettext_lazy("All"),
        "mentions": gettext_lazy("Mentions"),
        "watched": gettext_lazy("Watched"),
    }
)
SORTS: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "recent": gettext_lazy("Latest message first"),
        "oldest": gettext_lazy("Oldest first"),
        "created": gettext_lazy("Newest first"),
        "priority": gettext_lazy("Most pressing first"),
        "waiting": gettext_lazy("Waiting longest first"),
        "follow_up": gettext_lazy("Next follow-up first"),
    }
)
OPEN_CATEGORIES = tuple(category.value for category in StateCategory.open())
ANY = "any"
NOBODY = 0  # in `assignees`: tickets nobody works on
ME = -1  # in `assignees`: whoever looks
_TOKENS = {"none": NOBODY, "me": ME}
_LARGEST_ID = 2**63 - 1
_LONGEST_LIST = 100  # values of one filter
_LONGEST_TEXT = 400  # characters searched for

# Field of the filter → name in the address.
_IDS = {
    "departments": "department",
    "teams": "team",
    "assignees": "assignee",
    "requesters": "requester",
    "organisations": "organisation",
    "categories": "category",
    "priorities": "priority",
}
_WORDS = {"states": "state", "kinds": "kind", "tags": "tag", "channels": "channel"}


@dataclass(frozen=True)
class QueueFilter:
    """Which tickets, in which order. Values of one field are alternatives, fields add up.

    state_categories: the open ones unless said otherwise; empty = any. states, kinds: codes. categories: with
    everything below them. custom: code of the field → value as text. created_from, created_to: whole days, UTC.
    """

    view: str = "all"
    state_categories: tuple[str, ...] = OPEN_CATEGORIES
    states: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()
    teams: tuple[int, ...] = ()
    assignees: tuple[int, ...] = ()
    requesters: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    priorities: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict, hash=False)
    created_from: datetime | None = None
    created_to: datetime | None = None
    text: str = ""
    sort: str = "recent"

    @classmethod
    def from_query(cls, query: QueryDict) -> tuple[QueueFilter, list[str]]:
        """The filter an address asks for, and in words what of it could not be read (and was left out)."""
        problems: list[str] = []
        values: dict[str, Any] = dict(_read_ids(query, problems))
        for name, parameter in _WORDS.items():
            values[name] = tuple(dict.fromkeys(one_line(word, 100) for word in _given(query, parameter)))
        values["tags"] = tuple(tag.lower() for tag in values["tags"])
        values["view"] = _one_of(query, "view", VIEWS, "all", problems)
        values["sort"] = _one_of(query, "sort", SORTS, "recent", problems)
        values["state_categories"] = _read_categories(query, problems)
        values["created_from"] = _read_day(query, "from", time.min, problems)
        values["created_to"] = _read_day(query, "to", time.max, problems)
        values["text"] = one_line(query.get("q", ""), _LONGEST_TEXT)
        values["custom"] = {
            one_line(name.removeprefix("custom."), 40): one_line(str(query[name]), 500)
            for name in list(query)[:_LONGEST_LIST]
            if name.startswith("custom.") and query[name]
        }
        return cls(**values), problems

    def to_query(self, *, with_view: bool = True) -> str:
        """The address part of this filter, without "?"; what stands at its default is left out."""
        pairs = [
            (parameter, _as_token(name, value))
            for name, parameter in (*_IDS.items(), *_WORDS.items())
            for value in getattr(self, name)
        ]
        if self.state_categories != OPEN_CATEGORIES:
            pairs += [("status", each) for each in self.state_categories or (ANY,)]
        if with_view and self.view != _DEFAULT.view:
            pairs.append(("view", self.view))
        if self.sort != _DEFAULT.sort:
            pairs.append(("sort", self.sort))
        if self.created_from:
            pairs.append(("from", self.created_from.date().isoformat()))
        if self.created_to:
            pairs.append(("to", self.created_to.date().isoformat()))
        if self.text:
            pairs.append(("q", self.text))
        pairs += [(f"custom.{code}", value) for code, value in self.custom.items()]
        return urlencode(pairs)

    def but(self, **changes: Any) -> QueueFilter:
        """The same filter with some fields changed."""
        return replace(self, **changes)


_DEFAULT = QueueFilter()


def _as_token(name: str, value: object) -> str:
    if name == "assignees":
        return {NOBODY: "none", ME: "me"}.get(int(str(value)), str(value))
    return str(value)


def _given(query: QueryDict, parameter: str) -> list[str]:
    return [value for value in query.getlist(parameter)[:_LONGEST_LIST] if value]


def _read_ids(query: QueryDict, problems: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, parameter in _IDS.items():
        tokens = _TOKENS if name == "assignees" else {}
        ids: dict[int, None] = {}
        for value in _given(query, parameter):
            if value in tokens:
                ids[tokens[value]] = None
            elif value.isascii() and value.isdigit() and len(value) < 20 and 0 < int(value) <= _LARGEST_ID:  # noqa: PLR2004
                ids[int(value)] = None
            else:
                problems.append(_unreadable(parameter, value))
        yield name, tuple(ids)


def _unreadable(parameter: str, value: str) -> str:
    return _("“%(value)s” cannot be used for “%(name)s” and was left out.") % {
        "value": one_line(value, 60),
        "name": parameter,
    }


def _one_of(query: QueryDict, parameter: str, known: Mapping[str, object], default: str, problems: list[str]) -> str:
    value = query.get(parameter) or default
    if value not in known:
        problems.append(_unreadable(parameter, value))
        return default
    return value


def _read_categories(query: QueryDict, problems: list[str]) -> tuple[str, ...]:
    given = _given(query, "status")
    if not given:
        return OPEN_CATEGORIES
    if ANY in given:
        return ()
    known = [value for value in StateCategory.values if value in given]
    problems.extend(_unreadable("status", value) for value in given if value not in StateCategory.values)
    return tuple(known) or OPEN_CATEGORIES


def _read_day(query: QueryDict, parameter: str, at: time, problems: list[str]) -> datetime | None:
    value = query.get(parameter, "")
    if not value:
        return None
    try:
        return datetime.combine(date.fromisoformat(value), at, tzinfo=UTC)
    except ValueError:
        problems.append(_unreadable(parameter, value))
        return None
