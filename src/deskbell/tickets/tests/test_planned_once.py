"""What every page asks is planned once a connection, however unlike departments are."""

from __future__ import annotations

import pytest
from django.db import connection

from deskbell.tickets import api as tickets
from deskbell.tickets.models import Ticket
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
OPEN = 3_000
PLANNED_BY_VALUES = 5  # uses of a prepared statement before PostgreSQL compares plans


def test_views_are_counted_by_one_plan_where_one_department_has_most_of_what_is_open() -> None:
    crowded, quiet = make.department(), make.department()
    _multiplied(make.ticket(crowded))
    make.ticket(quiet)
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        cursor.execute("ANALYZE tickets_ticket")
    agent = make.viewer(make.colleague(quiet))
    for _use in range(4 * PLANNED_BY_VALUES):
        counts = tickets.view_counts(agent)
    assert counts["departments"] == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE 'WITH parts AS%'"
        )
        by_values, once = cursor.fetchall()[0]
    assert by_values <= PLANNED_BY_VALUES
    assert once > 0


def _multiplied(ticket: Ticket) -> None:
    """Many more like it, without anything around them."""
    names = [str(field.column) for field in Ticket._meta.concrete_fields]
    fresh = {"id": "%s + n", "reply_token": "'copy' || n"}
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(fresh.get(name, f't."{name}"') for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO tickets_ticket ({columns}) SELECT {values} "
            "FROM tickets_ticket t, generate_series(1, %s) n WHERE t.id = %s",
            [10_000_000, OPEN, ticket.pk],
        )
