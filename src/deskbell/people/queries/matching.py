"""Which people and organisations a typed text means, by pieces of words under trigram indexes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func, Q, QuerySet

from deskbell.kernel.api import one_line
from deskbell.people.models import ContactPoint, Organisation, OrganisationDomain, User

LONGEST_SEARCH = 200
SHORTEST_ANYWHERE = 3  # letters of a piece of a word
MOST = 500  # found in one way where not all are wanted, in no order


def clean(text: str) -> str:
    return one_line(text, LONGEST_SEARCH)


def is_short(word: str) -> bool:
    """Trigrams tell nothing of one or two letters: those must begin a word."""
    return len(word) < SHORTEST_ANYWHERE


def matching(people: QuerySet[User], words: Iterable[str]) -> QuerySet[User]:
    """Every word must be found in the name, a contact point or the organisation's name."""
    for word in words:
        named, reached, belonging = _found_by(User.objects.all(), word)
        people = people.filter(pk__in=named.union(reached, belonging))
    return people


def some_matching(people: QuerySet[User], word: str) -> QuerySet[User]:
    """As `matching`, of which each way to be found brings MOST at most: half a desk may be called the same."""
    named, reached, belonging = _found_by(people, word)
    reached = reached.filter(user__in=people)
    return people.filter(_IsOneOf("pk", ArraySubquery(named[:MOST].union(reached[:MOST], belonging[:MOST]))))


def _found_by(people: QuerySet[User], word: str) -> tuple[QuerySet[Any], QuerySet[Any], QuerySet[Any]]:
    """Ids of people by their name, their contact points and their organisation.

    Three and not "or", for each of them has an index of its own.
    """
    organisations = Organisation.objects.filter(holds("name", word)).values("pk")
    return (
        people.filter(holds("name", word)).values("pk"),
        ContactPoint.objects.filter(holds("value", word)).values("user_id"),
        people.filter(organisation_id__in=organisations).values("pk"),
    )


def matching_organisations(organisations: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """The text must be found in the name or in a mail domain, each of which brings MOST at most."""
    named = organisations.filter(holds("name", text)).values("pk")
    owning = OrganisationDomain.objects.filter(holds("domain", text), organisation__in=organisations)
    return organisations.filter(
        _IsOneOf("pk", ArraySubquery(named[:MOST].union(owning.values("organisation_id")[:MOST])))
    )


class _IsOneOf(Func):
    """`id = ANY (ARRAY(SELECT …))`: few rows by their keys, however many the planner expects."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def holds(field: str, word: str) -> Q:
    """Whether the word stands anywhere in a text, or for a short one at the beginning of a word."""
    if is_short(word):
        return Q(**{f"{field}__istartswith": word}) | Q(**{f"{field}__icontains": f" {word}"})
    return Q(**{f"{field}__icontains": word})
