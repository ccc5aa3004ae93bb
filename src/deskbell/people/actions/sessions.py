"""Ending sessions of a person."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser


def end_all_sessions(user: AbstractBaseUser) -> None:
    """Sign the person out everywhere."""
    for session in UserSession.objects.filter(user=user):
        session.end()
