"""Sessions as Django keeps them; reading one reads along who is signed in and how the desk stands.

That is the version of the small tables, and the newest events. Every page needs them: one query instead of four. A
session of which no record says whose it is yet (before the first page after signing in) gives no person, and who is
signed in is asked for as usual.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from deskbell.kernel.api import newest_events
from deskbell.kernel.statements import columns, fetch, instance
from deskbell.people.models import Organisation, User


class SessionStore(db.SessionStore):
    """reference, newest_events: the version and the newest ids when the session was read; None before that."""

    reference: UUID | None = None
    newest_events: list[int] | None = None
    _person: User | None = None

    def person(self) -> User | None:
        """Who is signed in, when Django would say the same; None when it has to be asked."""
        found = self._person if self._session_is_read() else None
        if found is None or not found.is_active or self.get(SESSION_KEY) != str(found.pk):
            return None
        if self.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        known = self.get(HASH_SESSION_KEY)
        return found if known and constant_time_compare(known, found.get_session_auth_hash()) else None

    def _session_is_read(self) -> bool:
        return bool(self.get(SESSION_KEY))

    # The type stubs do not know that Django has this method for others to replace.
    def _get_session_from_db(self) -> Any:
        # "Now" is the wall clock, as in Django: the demo's moved clock must not end sessions.
        found = fetch(_sql(), [self.session_key, timezone.now()])
        if not found:
            self._session_key = None
            return None
        data, expires, self.reference, self.newest_events, *rest = found[0]
        self._person = _person(rest)
        return self.model(session_key=str(self.session_key), session_data=data, expire_date=expires)


@cache
def _sql() -> str:
    # S608: names of our own tables, known to the code.
    session = db.SessionStore.get_model_class()._meta.db_table  # noqa: SLF001
    record, person = UserSession._meta.db_table, User._meta.db_table  # noqa: SLF001
    organisation = Organisation._meta.db_table  # noqa: SLF001
    return (
        f"SELECT s.session_data, s.expire_date, (SELECT version FROM kernel_reference), {newest_events.NEWEST},"  # noqa: S608
        f" {columns(User, 'u')}, {columns(Organisation, 'o')}"
        f" FROM {session} s LEFT JOIN {record} k ON k.session_key = s.session_key"
        f" LEFT JOIN {person} u ON u.id = k.user_id LEFT JOIN {organisation} o ON o.id = u.organisation_id"
        " WHERE s.session_key = %s AND s.expire_date > %s"
    )


def _person(values: list[Any]) -> User | None:
    own = len(User._meta.concrete_fields)  # noqa: SLF001
    if values[0] is None:
        return None
    found: User = instance(User, values[:own])
    found.organisation = None if values[own] is None else instance(Organisation, values[own:])
    return found
