"""Open streams end when their session or their rights do, and idle ones cost one question together."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deskbell.config.live_app import _allowed
from deskbell.config.live_rights import IN_FULL, Rights, Watched
from deskbell.live.api import Subscription, Topic
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.tickets.tests.factories import colleague as agent
from deskbell.tickets.tests.factories import department, ticket

pytestmark = pytest.mark.django_db


async def _never(_work: Callable[[], list[Watched]]) -> list[Watched]:
    raise AssertionError


def _rights() -> Rights:
    return Rights(people.session_marks, _allowed, _never)


def _session(user: people.User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1", user_agent="")
    return str(session.session_key)


def _stream(session_key: str, *topics: Topic) -> Watched:
    return Watched(session_key, Subscription(topics))


def test_idle_streams_are_asked_for_in_one_question() -> None:
    place, rights = department(), _rights()
    keys = [_session(agent(place)) for _agent in range(3)]
    streams = [_stream(key, Topic("department", place.pk)) for key in keys for _page in range(3)]
    assert rights.lost(streams) == []  # the first look asks for all
    with CaptureQueriesContext(connection) as asked:
        assert rights.lost(streams) == []
    assert len(asked) == 1


def test_a_session_that_ended_ends_its_streams() -> None:
    place, rights = department(), _rights()
    key = _session(agent(place))
    stream = _stream(key, Topic("department", place.pk))
    assert rights.lost([stream]) == []
    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
    assert rights.lost([stream]) == [stream]


def test_a_role_that_was_taken_away_ends_the_stream() -> None:
    place, rights = department(), _rights()
    user = agent(place)
    stream = _stream(_session(user), Topic("department", place.pk))
    assert rights.lost([stream]) == []
    user.role_assignments.all().delete()
    assert rights.lost([stream]) == [stream]


def test_a_person_who_is_deactivated_loses_the_stream() -> None:
    place, rights = department(), _rights()
    user = agent(place)
    stream = _stream(_session(user), Topic("department", place.pk))
    assert rights.lost([stream]) == []
    people.User.objects.filter(pk=user.pk).update(is_active=False)
    assert rights.lost([stream]) == [stream]


def test_a_ticket_that_moved_away_ends_the_stream_that_was_told_of_it() -> None:
    here, elsewhere, rights = department(), department(), _rights()
    asked = ticket(here)
    stream = _stream(_session(agent(here)), Topic("ticket", asked.pk))
    assert rights.lost([stream]) == []
    tickets.Ticket.objects.filter(pk=asked.pk).update(department=elsewhere)
    stream.subscription.told += 1  # as the hub does with the event of the transfer
    assert rights.lost([stream]) == [stream]


def test_what_no_event_told_of_is_found_in_the_end() -> None:
    here, elsewhere, rights = department(), department(), _rights()
    asked = ticket(here)
    stream = _stream(_session(agent(here)), Topic("ticket", asked.pk))
    assert rights.lost([stream]) == []
    tickets.Ticket.objects.filter(pk=asked.pk).update(department=elsewhere)
    assert any(rights.lost([stream]) == [stream] for _look in range(IN_FULL))
