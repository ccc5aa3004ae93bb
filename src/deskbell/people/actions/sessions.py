"""Ending sessions of a person."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser

from deskbell.kernel.api import Statement, run

_SESSIONS = """
DELETE FROM django_session USING usersessions_usersession AS known
WHERE django_session.session_key = known.session_key AND known.user_id = %s
"""
_KNOWN = "DELETE FROM usersessions_usersession WHERE user_id = %s"


def end_all_sessions(user: AbstractBaseUser) -> None:
    """Sign the person out everywhere."""
    run(ending_all_sessions(user.pk))


def ending_all_sessions(user_id: int) -> list[Statement]:
    """The statements of `end_all_sessions`, for an action that sends several together."""
    return [(_SESSIONS, [user_id]), (_KNOWN, [user_id])]
