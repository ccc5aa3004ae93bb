"""Names of everything events refer to by id, looked up in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from deskbell.kernel.api import Event, reference
from deskbell.people.api import User, known_colleagues, known_departments, known_teams
from deskbell.tickets.queries.persons import persons
from deskbell.tickets.queries.vocabulary import vocabulary

# Field of a change or of an event's data → what its ids refer to.
_FIELDS = {
    "assignee_id": "people", "owner_id": "people", "requester_id": "people", "affected_id": "people",
    "user_id": "people", "department_id": "departments", "team_id": "teams", "category_id": "categories",
    "priority_id": "priorities", "waiting_reason_id": "waiting_reasons",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id or code, in one language. What was removed meanwhile is called by its number."""

    people: Mapping[Any, str]
    departments: Mapping[Any, str]
    teams: Mapping[Any, str]
    categories: Mapping[Any, str]
    priorities: Mapping[Any, str]
    waiting_reasons: Mapping[Any, str]
    states: Mapping[Any, str]
    kinds: Mapping[Any, str]
    fields: Mapping[Any, str]

    @classmethod
    def of(cls, rows: Iterable[Event], people: Mapping[int, User] | None = None) -> Names:
        """All names these events need. people: whom the caller has read; a query only for others."""
        known = _known(translation.get_language() or "en")
        named = {**known.people, **{pk: str(person) for pk, person in (people or {}).items()}}
        others = {pk for row in rows for pk in _people_of(row) if pk is not None and pk not in named}
        named.update((pk, str(person)) for pk, person in persons(others).items())
        return replace(known, people=named)

    def actor(self, row: Event) -> str:
        """Who did it, as it stands before a change."""
        return "Deskbell" if row.actor_id is None else self.people.get(row.actor_id, f"#{row.actor_id}")

    def of_field(self, name: str, value: Any) -> str:
        """A value of a change in words; empty values as "nobody", "none"."""
        if value is None or value == "":
            return _("nobody") if _FIELDS.get(name) == "people" else _("none")
        known: Mapping[Any, str] = getattr(self, _FIELDS[name]) if name in _FIELDS else {}
        return known.get(value, f"#{value}" if name in _FIELDS else str(value))


def _people_of(row: Event) -> Iterator[int | None]:
    """Ids of everybody an event names."""
    yield row.actor_id
    for name, pair in row.changes.items():
        if _FIELDS.get(name) == "people":
            yield from pair
    for name, value in row.data.items():
        if _FIELDS.get(name) == "people":
            yield value


@reference.cached
def _known(_language: str) -> Names:
    """Colleagues, and everything that is named in small tables."""
    words = vocabulary()
    return Names(
        people={each.id: each.name for each in known_colleagues()},
        departments={pk: each.name for pk, each in known_departments().items()},
        teams={pk: each.name for pk, each in known_teams().items()},
        categories=_named(words.categories),
        priorities=_named(words.priorities),
        waiting_reasons=_named(words.waiting_reasons),
        states={state.code: str(state) for state in words.states},
        kinds={kind.code: str(kind) for kind in words.kinds},
        fields={field.code: field.label for field in words.custom_fields},
    )


def _named(rows: Iterable[Any]) -> dict[Any, str]:
    return {row.pk: str(row) for row in rows}
