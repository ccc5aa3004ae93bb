from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Scrypt is slow on purpose; what it hashes is not tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def as_(client):
    """A client signed in as that person."""
    from django.test import Client

    def signed_in(user):
        other = Client()
        other.force_login(user)
        return other

    return signed_in
