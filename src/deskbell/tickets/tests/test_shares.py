"""Which part of all tickets a department has."""

from __future__ import annotations

import pytest
from django.db import connection

from deskbell.tickets.queries.shares import share_of
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def looked_at() -> None:
    """As autovacuum does from time to time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")


def test_a_department_has_the_part_that_was_last_seen():
    here, elsewhere = make.department(), make.department()
    for place in (here, here, here, elsewhere, elsewhere):
        make.ticket(place)
    looked_at()
    assert share_of({here.pk}) == pytest.approx(0.6)
    assert share_of({here.pk, elsewhere.pk}) == pytest.approx(1.0)


def test_a_department_without_tickets_has_nearly_none_of_them():
    here, empty = make.department(), make.department()
    for _each in range(3):
        make.ticket(here)
    looked_at()
    assert 0 < share_of({empty.pk}) < 0.01


def test_on_a_desk_nobody_has_looked_at_a_department_may_have_them_all():
    assert share_of({make.department().pk}) == 1.0
