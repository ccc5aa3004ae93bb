from __future__ import annotations

import pytest
from django.test import Client

from deskbell.console.tests.factories import BACKEND, World, world


@pytest.fixture
def desk(db) -> World:
    return world()


@pytest.fixture
def sign_in(desk):
    """A client signed in as one of the desk's people."""

    def as_role(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(desk.users[role], backend=BACKEND)
        return client

    return as_role


@pytest.fixture
def admin(sign_in) -> Client:
    return sign_in("administrator")
