"""Fixtures of the tests of tickets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from deskbell.kernel.testing import cloned_database


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which commits are real, for two sessions at once; gives its address."""
    with django_db_blocker.unblock(), cloned_database() as address:
        yield address
