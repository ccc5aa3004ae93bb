"""Live updates: what is published at commit reaches who listens, once; who slept catches up."""

import asyncio
import json

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from deskbell.kernel.api import Event, Viewer
from deskbell.kernel.testing import events_read, write_long_log
from deskbell.live import api as live
from deskbell.live import topics as topics_module
from deskbell.live.hub import QUEUE_LIMIT, Hub
from deskbell.live.messages import CHANNEL, parse
from deskbell.live.topics import Topic

NOBODY = Viewer()


def conninfo():
    parameters = connection.get_connection_params()
    keys = ("host", "port", "dbname", "user", "password")
    return make_conninfo(**{key: parameters[key] for key in keys if parameters.get(key)})


@pytest.fixture
def committing(django_db_setup, django_db_blocker):
    """Real commits. A notification leaves no row behind, so nothing needs to be emptied afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()


TICKET = Topic("ticket", 42)
PROBE = Topic("probe", 42)


def update(event_id=1, *topics, name="ticket.updated", ref=42):
    return live.Update(event_id, name, ref, frozenset(topics or (TICKET,)))


def test_an_update_is_a_frame_with_the_event_id():
    assert update(7).as_sse() == "id: 7\nevent: ticket.updated\ndata: 42\n\n"


def test_what_is_not_a_topic_is_left_out():
    text = "ticket:42, ticket:42,ticket:x,ticket:-1,ticket:٣,nonsense:1,ticket:,:,ticket:99999999999999999999"
    assert live.parse_topics(text) == [TICKET]


def test_a_page_listens_to_a_bounded_number_of_topics():
    assert len(live.parse_topics(",".join(f"ticket:{n}" for n in range(1000)))) == topics_module.MAX_TOPICS


@pytest.mark.django_db
def test_a_stranger_may_listen_to_nothing():
    wanted = live.parse_topics("ticket:42,department:1,user:1")
    assert live.allowed_topics(NOBODY, wanted) == []


@pytest.mark.parametrize("payload", ["", "{}", "[]", "null", '{"id":1,"topics":["x"],"name":"a","ref":1}'])
def test_a_foreign_notification_is_ignored(payload):
    assert parse(payload) is None


def test_an_update_reaches_each_listener_once_and_nobody_else():
    async def scenario():
        hub = Hub()
        both = hub.subscribe([TICKET, Topic("department", 3)])
        other = hub.subscribe([Topic("ticket", 43)])
        hub.dispatch(update(1, TICKET, Topic("department", 3)))
        assert (await both.next(1)).event_id == 1
        for silent in (both, other):
            with pytest.raises(TimeoutError):
                await silent.next(0.01)
        hub.unsubscribe(both)
        hub.unsubscribe(other)
        assert not hub._by_topic

    asyncio.run(scenario())


def test_a_listener_that_does_not_keep_up_is_told_to_reload():
    async def scenario():
        hub = Hub()
        slow = hub.subscribe([TICKET])
        for number in range(QUEUE_LIMIT + 1):
            hub.dispatch(update(number))
        assert (await slow.next(1)).name == live.RESYNC

    asyncio.run(scenario())


def test_closing_ends_every_stream():
    async def scenario():
        hub = Hub()
        stream = hub.subscribe([TICKET])
        await hub.close()
        assert await stream.next(1) is None

    asyncio.run(scenario())


@pytest.mark.usefixtures("committing")
def test_a_commit_is_heard_and_a_rollback_is_not():
    with psycopg.connect(conninfo(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        with transaction.atomic():
            live.publish("ticket.updated", 41, ["ticket:41"], 1)
            transaction.set_rollback(True)
        with transaction.atomic():
            live.publish("ticket.updated", 42, ["ticket:42", "department:3"], 2)
        heard = [json.loads(note.payload) for note in listener.notifies(timeout=2, stop_after=1)]
    assert heard == [{"id": 2, "topics": ["department:3", "ticket:42"], "name": "ticket.updated", "ref": 42}]


@pytest.mark.usefixtures("committing")
def test_more_topics_than_a_notification_carries_are_told_in_parts():
    names = [f"department:{number}" for number in range(10**15, 10**15 + 450)]
    with psycopg.connect(conninfo(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        live.publish("ticket.updated", 42, names, 2)
        heard = [parse(note.payload) for note in listener.notifies(timeout=2, stop_after=5)]
    assert {str(topic) for part in heard for topic in part.topics} == set(names)


@pytest.mark.usefixtures("committing")
def test_the_hub_survives_a_lost_connection_and_says_resync():
    info = conninfo()

    async def scenario():
        hub = Hub()
        hub.start(info)
        stream = hub.subscribe([TICKET])
        await asyncio.wait_for(hub.listening.wait(), 5)
        async with await psycopg.AsyncConnection.connect(info, autocommit=True) as other:
            await other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'deskbell live' AND datname = current_database()"
            )
            assert (await stream.next(10)).name == live.RESYNC
            payload = json.dumps({"id": 5, "topics": ["ticket:42"], "name": "ticket.updated", "ref": 42})
            await other.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
            assert (await stream.next(10)).event_id == 5
        await hub.close()

    asyncio.run(scenario())


@pytest.mark.django_db
def test_catching_up_reads_what_was_missed_and_a_block_or_two_beside_it():
    first = write_long_log("probe.happened", 42, count=20_000)
    last = first + 20_000 - 1
    for missing in (None, frozenset(), frozenset({last - 20, last - 45})):
        since = live.Position(last - 7, missing)
        looked_further, read = events_read(lambda: live.catch_up([PROBE], since))  # noqa: B023
        assert looked_further <= 7 + 64
        assert read <= 7 + 50 + 2 * 64
        assert [each.event_id for each in live.catch_up([PROBE], since)] == [last]
    for far in (0, first + 7_777):
        (looked_further,) = events_read(lambda: live.catch_up([PROBE], live.Position(far)))  # noqa: B023
        assert looked_further <= 501 + 2 * 64
        assert [each.name for each in live.catch_up([PROBE], live.Position(far))] == ["resync"]


@pytest.mark.django_db
def test_ids_that_were_missing_are_caught_up_with_and_their_neighbours_are_not():
    first = write_long_log("ticket.tagged", 42, count=100)
    last = first + 99
    position = live.Position(last, frozenset({last - 3, last - 50}))
    assert list(Event.objects.filter(position.newer).order_by("pk").values_list("pk", flat=True)) == [
        last - 50,
        last - 3,
    ]
