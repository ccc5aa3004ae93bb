"""People and organisations for a field that completes and for the search: asked with every key pressed.

Building these queries takes several times as long as running them, and depends on the viewer's rights and the number of
words alone: the text Django makes is kept, with blanks in place of the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, Model, OuterRef
from django.db.models.functions import Upper

from deskbell.kernel.api import Viewer, reference, visible
from deskbell.kernel.statements import Statement, fetch, instance
from deskbell.people.access import SEE_PEOPLE
from deskbell.people.models import Organisation, RoleAssignment, User
from deskbell.people.queries.matching import (
    clean,
    is_short,
    matching,
    matching_organisations,
    some_matching,
)

_FIRST_BLANK = 0xE000  # characters of private use, each of which stands for a word in a statement


def suggest_people(viewer: Viewer, text: str, *, limit: int = 10, agents_only: bool = False) -> list[User]:
    """Active people whose name, address, number or organisation matches, with their organisation, by name."""
    words = clean(text).split()
    if not viewer.may_somewhere(SEE_PEOPLE) or not words:
        return []
    shape = tuple(is_short(word) for word in words)
    return [_person(values) for values in _filled(_people(viewer, shape, limit, agents_only), words)]


def suggest_organisations(viewer: Viewer, text: str, *, limit: int = 10) -> list[Organisation]:
    """Active organisations whose name or mail domain matches, by name."""
    words = clean(text)
    if not viewer.may_somewhere(SEE_PEOPLE) or not words:
        return []
    statement = _organisations(viewer, is_short(words), limit)
    return [instance(Organisation, values) for values in _filled(statement, [words])]


@reference.cached_up_to(500)
def _people(viewer: Viewer, shape: tuple[bool, ...], limit: int, agents_only: bool) -> Statement | None:  # noqa: FBT001
    people, words = visible(viewer, User).filter(is_active=True), list(_blanks(shape))
    # Those who have each of several words, and colleagues among many customers, are looked for among all.
    of_all = len(words) > 1 or agents_only
    people = matching(people, words) if of_all else some_matching(people, words[0])
    if agents_only:
        people = people.filter(Exists(RoleAssignment.objects.filter(user_id=OuterRef("pk"))))
    names = [*_columns(User), *(f"organisation__{name}" for name in _columns(Organisation))]
    return _planned_once(Statement.of(people.order_by(Upper("name"), "pk").values_list(*names)[:limit]))


@reference.cached_up_to(200)
def _organisations(viewer: Viewer, short: bool, limit: int) -> Statement | None:  # noqa: FBT001
    found = matching_organisations(visible(viewer, Organisation).filter(is_active=True), next(_blanks((short,))))
    return _planned_once(Statement.of(found.order_by(Upper("name"), "pk").values_list(*_columns(Organisation))[:limit]))


def _planned_once(statement: Statement | None) -> Statement | None:
    """With the words hidden from the planner: seeing one, it plans each question anew, which takes longer than it."""
    return statement and Statement(statement.sql.replace("UPPER(%s)", "(SELECT UPPER(%s))"), statement.params)


def _blanks(shape: Sequence[bool]) -> Iterator[str]:
    """A word in place of each: one letter for a short one, else three."""
    for place, short in enumerate(shape):
        yield chr(_FIRST_BLANK + place) * (1 if short else 3)


def _filled(statement: Statement | None, words: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows with these words in the blanks. Django has put the signs of LIKE around each."""
    if statement is None:
        return []
    blanks = dict(zip(_blanks([is_short(word) for word in words]), words, strict=True))
    return fetch(statement.sql, [_word(each, blanks) if isinstance(each, str) else each for each in statement.params])


def _word(pattern: str, blanks: dict[str, str]) -> str:
    blank = pattern.strip("% ")
    word = blanks.get(blank)
    return pattern if word is None else pattern.replace(blank, connection.ops.prep_for_like_query(word))


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001  (documented)


def _person(values: Sequence[Any]) -> User:
    own = len(_columns(User))
    found: User = instance(User, values[:own])
    if found.organisation_id is not None:
        found.organisation = instance(Organisation, values[own:])
    return found
