"""Whether anything changed that says what a session may see, for many sessions in one question.

For whoever serves a session for long without a request: open streams of live updates.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.utils import timezone

from deskbell.kernel.statements import fetch
from deskbell.people.models import Organisation, User


def session_marks(session_keys: Collection[str]) -> dict[str, str]:
    """A mark for each session that is still there; as long as it is the same, so are person and rights.

    It changes with the session, the person, their organisation, and with any role, department or other small table
    (`kernel.reference`). What a single record allows is not in it. Empty where no record says whose the session is.
    """
    # "Now" is the wall clock, as in Django: the demo's moved clock must not end sessions.
    return dict(fetch(_sql(), [sorted(session_keys), timezone.now()]))


@cache
def _sql() -> str:
    # S608: names of our own tables, known to the code.
    session, record = db.SessionStore.get_model_class()._meta.db_table, UserSession._meta.db_table  # noqa: SLF001
    person, organisation = User._meta.db_table, Organisation._meta.db_table  # noqa: SLF001
    return (
        "SELECT s.session_key, CASE WHEN u.id IS NULL THEN '' ELSE md5(concat(s.session_data, u::text, o::text,"  # noqa: S608
        " (SELECT version FROM kernel_reference))) END"
        f" FROM {session} s LEFT JOIN {record} k ON k.session_key = s.session_key"
        f" LEFT JOIN {person} u ON u.id = k.user_id LEFT JOIN {organisation} o ON o.id = u.organisation_id"
        " WHERE s.session_key = ANY(%s) AND s.expire_date > %s"
    )
