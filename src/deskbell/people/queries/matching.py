"""Which people and organisations a typed text means, by pieces of words under trigram indexes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from deskbell.kernel.api import one_line
from deskbell.people.models import ContactPoint, Organisation, OrganisationDomain, User

LONGEST_SEARCH = 200
SHORTEST_ANYWHERE = 3  # letters of a piece of a word


def clean(text: str) -> str:
    return one_line(text, LONGEST_SEARCH)


def is_short(word: str) -> bool:
    """Trigrams tell nothing of one or two letters: those must begin a word."""
    return len(word) < SHORTEST_ANYWHERE


def matching(people: QuerySet[User], words: Iterable[str]) -> QuerySet[User]:
    """Every word must be found in the name, a contact point or the organisation's name."""
    for word in words:
        named = User.objects.filter(holds("name", word)).values("pk")
        reached = ContactPoint.objects.filter(holds("value", word)).values("user_id")
        organisations = Organisation.objects.filter(holds("name", word)).values("pk")
        # A union and not "or": each of them has an index of its own.
        belonging = User.objects.filter(organisation_id__in=organisations).values("pk")
        people = people.filter(pk__in=named.union(reached, belonging))
    return people


def matching_organisations(organisations: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """The text must be found in the name or in a mail domain."""
    owning = OrganisationDomain.objects.filter(holds("domain", text)).values("organisation_id")
    return organisations.filter(pk__in=Organisation.objects.filter(holds("name", text)).values("pk").union(owning))


def holds(field: str, word: str) -> Q:
    """Whether the word stands anywhere in a text, or for a short one at the beginning of a word."""
    if is_short(word):
        return Q(**{f"{field}__istartswith": word}) | Q(**{f"{field}__icontains": f" {word}"})
    return Q(**{f"{field}__icontains": word})
