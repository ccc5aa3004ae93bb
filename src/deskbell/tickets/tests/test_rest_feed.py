"""Events through the API: each once, none skipped, none of tickets that do not exist for the caller."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction

from deskbell.kernel.testing import cloned_database
from deskbell.tickets import api as tickets
from deskbell.tickets.queries import feed as feeds
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests.rest_client import Program


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """The feed shows what is committed, so these tests commit, in a copy of the database."""
    with django_db_blocker.unblock(), cloned_database() as url:
        support, finance = make.department("Support"), make.department("Finance")
        yield {"url": url, "support": support, "finance": finance, "anna": make.colleague(support, "head", "Anna")}


@pytest.fixture
def program(committed):
    return Program(committed["anna"])


def follow(program, cursor, **query):
    answer = program.get("/events", cursor=cursor, **query)
    assert answer.status_code == 200, answer.content
    return answer.json


def test_the_feed_begins_now_and_goes_on_from_its_cursor(committed, program):
    make.ticket(committed["support"])
    start = program.get("/events").json
    assert (start["items"], start["more"]) == ([], False)
    row = make.ticket(committed["support"])
    hidden = make.ticket(committed["finance"])
    page = follow(program, start["next"])
    assert [each["kind"] for each in page["items"]] == ["ticket.created", "ticket.message_added"]
    assert {each["subject_id"] for each in page["items"]} == {row.pk}
    assert str(hidden.pk) not in str(page["items"])
    assert follow(program, page["next"])["items"] == []
    one = follow(program, start["next"], limit=1)
    assert (len(one["items"]), one["more"]) == (1, True)
    assert follow(program, one["next"], limit=1)["items"] == page["items"][1:]


def test_kinds_are_chosen_and_a_cursor_is_for_its_kinds(committed, program):
    start = program.get("/events", kind="ticket.created").json["next"]
    make.ticket(committed["support"])
    assert [each["kind"] for each in follow(program, start, kind="ticket.created")["items"]] == ["ticket.created"]
    assert program.get("/events", cursor=start).problem == "invalid-cursor"
    assert program.get("/events", kind="ticket created").problem == "invalid-request"


def test_a_page_looks_at_so_many_events_and_says_there_are_more(committed, program, monkeypatch):
    monkeypatch.setattr(feeds, "LOOKED_AT", 4)
    start = program.get("/events").json["next"]
    for _number in range(3):
        make.ticket(committed["finance"])
    row = make.ticket(committed["support"])
    pages, more, cursor = [], True, start
    while more:
        page = follow(program, cursor)
        pages.append([each["subject_id"] for each in page["items"]])
        more, cursor = page["more"], page["next"]
    assert pages == [[], [row.pk, row.pk]]


def test_an_event_committed_late_is_not_skipped(committed, program):
    """Its id is smaller than that of an event which others have read already."""
    start = program.get("/events").json["next"]
    with psycopg.connect(committed["url"]) as slow:
        slow.execute(
            "INSERT INTO kernel_event (at, kind, subject_type, subject_id, actor_kind, cause_kind, cause_ref, changes,"
            " data, reason, historic) SELECT now(), 'ticket.tagged', 'ticket', max(id), 'system', 'request', '', '{}',"
            " '{}', '', false FROM tickets_ticket WHERE department_id = %s",
            [committed["support"].pk],
        )
        row = make.ticket(committed["support"])
        assert follow(program, start)["items"] == []
        slow.commit()
    kinds = [(each["kind"], each["subject_id"]) for each in follow(program, start)["items"]]
    assert [kind for kind, _pk in kinds] == ["ticket.tagged", "ticket.created", "ticket.message_added"]
    assert kinds[-1][1] == row.pk


def test_an_event_whose_id_was_drawn_before_it_was_written_is_not_skipped(committed, program):
    """Creating a ticket draws the ids of its events first and writes them last."""
    start = program.get("/events").json["next"]
    with psycopg.connect(committed["url"]) as slow:
        ((drawn,),) = slow.execute("SELECT nextval('kernel_event_id_seq')").fetchall()
        row = make.ticket(committed["support"])
        before = follow(program, start)
        slow.execute(
            "INSERT INTO kernel_event (id, at, kind, subject_type, subject_id, actor_kind, cause_kind, cause_ref,"
            " changes, data, reason, historic)"
            " VALUES (%s, now(), 'ticket.tagged', 'ticket', %s, 'system', 'request', '', '{}', '{}', '', false)",
            [drawn, row.pk],
        )
        slow.commit()
    after = follow(program, before["next"])
    assert [each["kind"] for page in (before, after) for each in page["items"]] == [
        "ticket.tagged", "ticket.created", "ticket.message_added",
    ]  # fmt: skip


def test_events_tell_nothing_of_tickets_that_do_not_exist_for_the_caller(committed, program):
    row, hidden = make.ticket(committed["support"]), make.ticket(committed["finance"])
    with transaction.atomic():
        tickets.link(make.viewer(make.colleague(None, "administrator")), row.pk, hidden.pk, "related_to")
    items = program.get(f"/tickets/{row.pk}/events", limit=2).json
    rest = program.get(f"/tickets/{row.pk}/events", limit=2, cursor=items["next"]).json
    linked = rest["items"][-1]
    assert (linked["kind"], linked["data"]["other_id"]) == ("ticket.linked", None)
    assert rest["next"] is None
    assert program.get(f"/tickets/{hidden.pk}/events").problem == "not-found"
    assert connection.in_atomic_block is False
