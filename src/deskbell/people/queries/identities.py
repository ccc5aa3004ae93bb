"""Who somebody is, for what is written about them: their names and addresses, in one statement for several people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from deskbell.kernel.api import run

_SELECT = """
SELECT p.id, p.name, p.email, p.language, p.organisation_id, o.name,
    ARRAY(SELECT unnest(ARRAY[c.value, c.display]) FROM people_contactpoint c WHERE c.user_id = p.id)
FROM people_user p LEFT JOIN people_organisation o ON o.id = p.organisation_id
WHERE p.id = ANY(%s)
"""


class Identity(NamedTuple):
    """One person. contacts: addresses and numbers, in normal form and as they were written."""

    user_id: int
    name: str
    email: str | None
    language: str
    organisation_id: int | None
    organisation_name: str | None
    contacts: list[str]

    @property
    def words(self) -> set[str]:
        """By which texts the person is found."""
        return {text for text in (self.name, self.email, *self.contacts) if text}


def identities_statement(user_ids: Collection[int]) -> tuple[str, Sequence[Any]]:
    """For `kernel.run`, among other statements; its rows make identities."""
    return _SELECT, (list(user_ids),)


def identities(user_ids: Collection[int]) -> dict[int, Identity]:
    """Those of these people who exist, by id."""
    (rows,) = run([identities_statement(user_ids)])
    return {row[0]: Identity(*row) for row in rows}
