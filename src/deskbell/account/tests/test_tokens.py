"""API tokens on the account page: shown once, after signing in again."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deskbell.kernel.api import SYSTEM, change
from deskbell.kernel.testing import QueryCounts
from deskbell.people import api as people
from deskbell.people.tests.factories import PASSWORD, agent, department, person

pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rpartition("/")[0])
NEW = {"name": "Nightly export", "scopes": ["tickets:read", "people:read"], "days": "30"}


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def signed_in(user: people.User, *, fresh: bool = True) -> Client:
    client = Client()
    client.force_login(user)
    if fresh and user.has_usable_password():
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_a_token_is_made_shown_once_and_told_by_mail(django_capture_on_commit_callbacks):
    tom = agent(where=department(), password=PASSWORD)
    client = signed_in(tom)
    assert "tickets:read" in client.get("/account/tokens/new/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        made = client.post("/account/tokens/new/", NEW)
    secret = re.search(r"deskbell_\w{43}", made.content.decode()).group()
    assert "no-store" in made["Cache-Control"]
    assert people.viewer_for_token(secret).scopes == {"tickets:read", "people:read"}
    page = client.get("/account/tokens/").content.decode()
    assert secret not in page
    assert "Nightly export" in page
    assert "An API token was made" in mail.outbox[-1].body
    assert secret not in mail.outbox[-1].body


def test_making_a_token_asks_to_sign_in_again():
    client = signed_in(agent(where=department(), password=PASSWORD), fresh=False)
    for answer in (client.get("/account/tokens/new/"), client.post("/account/tokens/new/", NEW)):
        assert "reauthenticate" in answer["Location"]
    assert not people.ApiToken.objects.exists()


def test_making_a_token_waits_for_the_second_factor_the_desk_asks_for():
    change(SYSTEM, people.REQUIRE_SECOND_FACTOR.name, True)
    client = signed_in(agent(where=department()))
    assert client.post("/account/tokens/new/", NEW)["Location"].endswith("/2fa/")
    assert client.get("/api/v1/me").json()["type"].endswith("#second-factor")
    assert not people.ApiToken.objects.exists()


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": ["all"]}, {"scopes": []}, {"days": "366"}, {"days": "0"}])
def test_a_mistake_is_named_and_no_token_made(wrong):
    answer = signed_in(agent(where=department())).post("/account/tokens/new/", {**NEW, **wrong})
    assert answer.status_code == 422
    assert "needs another look" in answer.content.decode()
    assert not people.ApiToken.objects.exists()


def test_a_token_without_an_end_is_offered_where_the_desk_allows_it():
    change(SYSTEM, people.LONGEST_TOKEN_LIFE.name, 0)
    assert signed_in(agent(where=department())).post("/account/tokens/new/", {**NEW, "days": "0"}).status_code == 200
    assert people.ApiToken.objects.get().expires_at is None


def test_ones_own_token_is_revoked_and_nobody_elses():
    tom = agent(where=department())
    signed_in(tom).post("/account/tokens/new/", NEW)
    token = people.ApiToken.objects.get()
    assert signed_in(agent(where=department())).post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.works()
    assert signed_in(tom).post(f"/account/tokens/{token.pk}/revoke/").status_code in {302, 303}
    token.refresh_from_db()
    assert not token.works()
    client = signed_in(tom)
    client.get("/account/tokens/")  # what only the first request of a session asks
    with counts.check("tokens"):
        assert "Revoked" in client.get("/account/tokens/").content.decode()


def test_people_without_a_role_are_told_that_tokens_are_not_for_them():
    client = signed_in(person())
    assert "gives no API tokens to you" in client.get("/account/tokens/").content.decode()
    assert client.get("/account/tokens/new/").status_code == 403
