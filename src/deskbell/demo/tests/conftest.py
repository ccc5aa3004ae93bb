"""One small demonstration for all tests of the package that look at what was built."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from deskbell.demo.build import DemoSummary, build

UNTIL = datetime(2026, 3, 18, 13, 40, tzinfo=UTC)  # a Wednesday


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoSummary]:
    """Built once per module inside a transaction that is undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(seed=11, until=UNTIL, tickets_count=45, share=0.15, processes=1)
        transaction.set_rollback(True)
