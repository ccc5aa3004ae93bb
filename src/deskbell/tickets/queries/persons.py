"""People a ticket names, read together by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from deskbell.kernel.statements import ANY_OF_FEW, columns, fetch, instance
from deskbell.people.api import Organisation, User


def persons(ids: Iterable[int | None]) -> dict[int, User]:
    """Each with their organisation. One query; none for nobody."""
    wanted = sorted({each for each in ids if each is not None})
    if not wanted:
        return {}
    own = len(User._meta.concrete_fields)  # noqa: SLF001
    found = {}
    for values in fetch(_sql(), [wanted]):
        person: User = instance(User, values[:own])
        person.organisation = None if values[own] is None else instance(Organisation, values[own:])
        found[person.pk] = person
    return found


@cache
def _sql() -> str:
    person, organisation = User._meta.db_table, Organisation._meta.db_table  # noqa: SLF001
    return (
        f"SELECT {columns(User, 'u')}, {columns(Organisation, 'o')} FROM {person} u"  # noqa: S608  our own tables
        f" LEFT JOIN {organisation} o ON o.id = u.organisation_id WHERE u.id = {ANY_OF_FEW}"
    )
