from __future__ import annotations

import copy

import pytest
from django.test import Client

from deskbell.console.tests.factories import BACKEND, World, world
from deskbell.kernel.testing import undone


@pytest.fixture(scope="module")
def _desk_of_the_module(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield world()


@pytest.fixture
def desk(_desk_of_the_module, db) -> World:
    """Made once for each module; what a test changes in it is undone with the test."""
    return copy.deepcopy(_desk_of_the_module)


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
