"""Bench desks stand beside real ones and never take their place."""

from __future__ import annotations

import os

import psycopg
import pytest

from deskbell.bench.databases import Server
from deskbell.bench.trouble import BenchError

TICKETS = 123


@pytest.fixture
def server(monkeypatch) -> Server:
    suffix = os.environ.get("PYTEST_XDIST_WORKER", "") + os.environ.get("DESKBELL_TEST_SUFFIX", "")
    monkeypatch.setattr("deskbell.bench.databases.PREFIX", f"bench_test_{suffix}_")
    made = Server(os.environ["DATABASE_URL"])
    yield made
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {made.name_of(TICKETS)}")


def test_a_desk_is_known_once_it_is_complete(server):
    assert server.facts(TICKETS) is None
    server.make(TICKETS)
    assert server.facts(TICKETS) is None
    server.keep(TICKETS, {"tickets": TICKETS})
    assert server.facts(TICKETS) == {"tickets": TICKETS}


def test_a_database_somebody_else_made_is_left_alone(server):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {server.name_of(TICKETS)}")
    for attempt in (server.facts, server.make, server.drop):
        with pytest.raises(BenchError, match="was not made by"):
            attempt(TICKETS)


def test_a_server_that_does_not_answer_is_said_in_words():
    with pytest.raises(BenchError, match="does not answer"):
        Server("postgresql://nobody@127.0.0.1:9/nothing").facts(TICKETS)
