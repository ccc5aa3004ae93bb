from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from deskbell.webhooks.tests.factories import allow


@pytest.fixture
def receiver(db, httpserver: HTTPServer) -> HTTPServer:
    """A server on loopback that an administrator has allowed."""
    allow("127.0.0.1")
    return httpserver
