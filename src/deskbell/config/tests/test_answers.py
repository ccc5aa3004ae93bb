"""Answers that every page shares: headers, errors, health."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from deskbell.config.outage import is_unreachable


def test_every_answer_carries_the_strict_policy(client):
    answer = client.get("/healthz")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_health_asks_no_database(client):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readiness_asks_the_database(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/").headers["Location"] == "/account/login/"


@pytest.mark.django_db
def test_what_is_not_there_says_so(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


@pytest.mark.django_db
def test_a_body_over_the_limit_is_refused_with_the_limit(client, settings):
    settings.MAX_UPLOAD_BYTES = 10
    answer = client.post("/healthz", data=b"x" * 11, content_type="text/plain")
    assert answer.status_code == 413
    assert b"25" in answer.content


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(settings):
    settings.DEBUG = False
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403


@pytest.mark.django_db
def test_a_wrong_statement_is_not_taken_for_an_outage():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        with pytest.raises(OperationalError, match="canceling statement") as caught:
            cursor.execute("SELECT pg_sleep(1)")
    assert not is_unreachable(caught.value)
