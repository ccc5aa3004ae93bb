"""Names of what tickets refer to by id, in one language, as lists show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from deskbell.kernel.api import reference
from deskbell.people import api as people
from deskbell.tickets.queries.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Label:
    """code, icon: empty where the record has none. rank: of a priority. for_customer: a state in plain words."""

    name: str
    code: str = ""
    icon: str = ""
    rank: int = 0
    for_customer: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """By id. What came into being this very moment is called by its number until the next look."""

    states: Mapping[int, Label]
    priorities: Mapping[int, Label]
    kinds: Mapping[int, Label]
    departments: Mapping[int, Label]
    teams: Mapping[int, Label]

    @staticmethod
    def of(known: Mapping[int, Label], pk: int | None) -> Label:
        """The label of an id; an empty one for None."""
        return NO_LABEL if pk is None else known.get(pk) or Label(f"#{pk}")


NO_LABEL = Label("")


def labels() -> Labels:
    """In the active language."""
    return _labels(translation.get_language() or "en")


@reference.cached
def _labels(_language: str) -> Labels:
    words = vocabulary()
    return Labels(
        states={each.pk: Label(str(each), each.code, for_customer=each.name_for_customer) for each in words.states},
        priorities={each.pk: Label(str(each), each.code, rank=each.rank) for each in words.priorities},
        kinds={each.pk: Label(str(each), each.code, each.icon) for each in words.kinds},
        departments={pk: Label(each.name) for pk, each in people.known_departments().items()},
        teams={pk: Label(each.name) for pk, each in people.known_teams().items()},
    )
