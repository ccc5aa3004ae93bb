"""No hot path reads a big table from end to end, however large the desk.

On a small desk PostgreSQL rightly reads small tables whole. Told to avoid that where it can, it still does so where no
index fits: that is what must not happen.
"""

from __future__ import annotations

import json
import re

import psycopg
import pytest
from django.db import connection

from deskbell.bench import creation
from deskbell.bench.bare import Statement, capture, caught
from deskbell.bench.creation_script import token_for
from deskbell.bench.indexes import BIG
from deskbell.bench.samples import cookie_of
from deskbell.people import api as people

_SEQUENTIAL = re.compile(r"Seq Scan on (\w+)")


@pytest.fixture
def agent(copied_desk, db) -> people.User:
    return people.User.objects.get(pk=copied_desk.agents[0])


def read_whole(statements: list[Statement]) -> dict[str, str]:
    """Big tables that a plan reads from end to end, with the statement."""
    found = {}
    connection.ensure_connection()
    with psycopg.ClientCursor(connection.connection) as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for statement in statements:
            if statement.reads:
                cursor.execute(f"EXPLAIN {statement.sql}".encode(), statement.params)
                plan = "\n".join(row[0] for row in cursor.fetchall())
                found |= {table: statement.sql for table in _SEQUENTIAL.findall(plan) if table in BIG}
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/queue/unassigned/", "/desk/queue/mine/", "/desk/queue/all/?sort=priority"]
)
def test_a_queue_page_reads_no_big_table_whole(agent, path):
    assert read_whole(capture(path, cookie_of(agent))) == {}


def test_a_ticket_page_reads_no_big_table_whole(agent, copied_desk, told):
    department = copied_desk.departments[0]
    crew = people.User.objects.filter(role_assignments__department=department).first()
    assert crew is not None
    story = next(story for story in told if story.department == 0)
    assert read_whole(capture(f"/desk/tickets/{copied_desk.first_ticket + story.index}/", cookie_of(crew))) == {}


@pytest.mark.parametrize("text", ["invoice", "printer invoice", "будь"])
def test_a_search_reads_no_big_table_whole(agent, text):
    assert read_whole(capture(f"/desk/search/?q={text}", cookie_of(agent))) == {}


def test_creating_a_ticket_by_the_api_reads_no_big_table_whole(agent, copied_desk, client):
    body = creation.body_for({"department": copied_desk.departments[0], "requester": copied_desk.customers[0]})
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token_for(agent.pk)}"}
    with caught() as found:
        answer = client.post(creation.PATH, json.dumps(body), content_type="application/json", **headers)
    assert answer.status_code == 201, answer.content
    # Several statements go in one query; each is looked at alone.
    parts = [part for statement in found for part in _parts(statement)]
    assert read_whole(parts) == {}


def _parts(statement: Statement) -> list[Statement]:
    with psycopg.ClientCursor(connection.connection) as cursor:
        text = cursor.mogrify(statement.sql, statement.params) if statement.params else statement.sql
    return [Statement(part.strip(), None, on_server=False) for part in re.split(r";\s*\n", text) if part.strip()]
