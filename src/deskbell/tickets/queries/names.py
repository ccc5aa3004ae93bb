"""Names of everything events refer to by id, looked up in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import Event
from deskbell.people.api import Organisation, User, known_colleagues, known_departments, known_teams
from deskbell.tickets.queries.persons import persons
from deskbell.tickets.queries.vocabulary import Vocabulary, vocabulary

# Field of a change or of an event's data → what its ids refer to.
_FIELDS = {
    "assignee_id": "people", "owner_id": "people", "requester_id": "people", "affected_id": "people",
    "user_id": "people", "department_id": "departments", "team_id": "teams", "category_id": "categories",
    "priority_id": "priorities", "organisation_id": "organisations", "waiting_reason_id": "waiting_reasons",
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """Names by id or code. What was removed meanwhile is called by its number."""

    people: dict[Any, str] = field(default_factory=dict)
    departments: dict[Any, str] = field(default_factory=dict)
    teams: dict[Any, str] = field(default_factory=dict)
    categories: dict[Any, str] = field(default_factory=dict)
    priorities: dict[Any, str] = field(default_factory=dict)
    organisations: dict[Any, str] = field(default_factory=dict)
    waiting_reasons: dict[Any, str] = field(default_factory=dict)
    states: dict[Any, str] = field(default_factory=dict)
    kinds: dict[Any, str] = field(default_factory=dict)
    fields: dict[Any, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: Iterable[Event], known: Vocabulary | None = None, people: Mapping[int, User] | None = None
    ) -> Names:
        """All names these events need. known, people: what the caller has read; a query only for others."""
        words = known or vocabulary()
        ids: dict[str, set[Any]] = {kind: set() for kind in _FIELDS.values()}
        for row in rows:
            ids["people"].add(row.actor_id)
            for name, pair in row.changes.items():
                if name in _FIELDS:
                    ids[_FIELDS[name]].update(pair)
            for name, value in row.data.items():
                if name in _FIELDS:
                    ids[_FIELDS[name]].add(value)
        wanted = {kind: sorted(each for each in found if isinstance(each, int)) for kind, found in ids.items()}
        named = {each.id: each.name for each in known_colleagues()}
        named |= {pk: str(person) for pk, person in (people or {}).items()}
        others = persons(pk for pk in wanted["people"] if pk not in named)
        return cls(
            people=named | {pk: str(person) for pk, person in others.items()},
            departments={pk: each.name for pk, each in known_departments().items()},
            teams={pk: each.name for pk, each in known_teams().items()},
            categories=_named(words.categories),
            priorities=_named(words.priorities),
            organisations=_named(Organisation.objects.filter(pk__in=wanted["organisations"])),
            waiting_reasons=_named(words.waiting_reasons),
            states={state.code: str(state) for state in words.states},
            kinds={kind.code: str(kind) for kind in words.kinds},
            fields={field.code: field.label for field in words.custom_fields},
        )

    def actor(self, row: Event) -> str:
        """Who did it, as it stands before a change."""
        return "Deskbell" if row.actor_id is None else self.people.get(row.actor_id, f"#{row.actor_id}")

    def of_field(self, name: str, value: Any) -> str:
        """A value of a change in words; empty values as "nobody", "none"."""
        if value is None or value == "":
            return _("nobody") if _FIELDS.get(name) == "people" else _("none")
        known: dict[Any, str] = getattr(self, _FIELDS[name]) if name in _FIELDS else {}
        return known.get(value, f"#{value}" if name in _FIELDS else str(value))


def _named(rows: Iterable[Any]) -> dict[Any, str]:
    return {row.pk: str(row) for row in rows}
