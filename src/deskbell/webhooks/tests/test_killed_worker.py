"""A worker that dies between sending and writing down the answer, with real processes and a database that commits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from deskbell.kernel.api import clock
from deskbell.kernel.testing import cloned_database, database_url
from deskbell.people.tests.factories import department
from deskbell.webhooks import api as webhooks
from deskbell.webhooks.retrying import LEASE
from deskbell.webhooks.tests.factories import allow, send, ticket, webhook
from deskbell.webhooks.tests.receivers import verify

WORKER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "deskbell.config.settings"
django.setup()
from deskbell.webhooks.actions.delivering import send_due
send_due(int(sys.argv[1]))
"""


@pytest.fixture
def committed_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database in which commits are real."""
    with django_db_blocker.unblock(), cloned_database() as address:
        yield address


@pytest.mark.usefixtures("committed_database")
def test_what_a_killed_worker_had_sent_is_sent_again_under_its_id(httpserver: HTTPServer) -> None:
    allow("127.0.0.1")
    hook = webhook(f"http://127.0.0.1:{httpserver.port}/in", kinds=["ticket.created"])
    where = department()
    for _count in range(2):
        ticket(where)
    workers: list[subprocess.Popen[bytes]] = []

    def kill_the_sender(_request: Request) -> Response:
        """The request has arrived; its sender dies before it can read, let alone write down, the answer."""
        workers[0].send_signal(signal.SIGKILL)
        workers[0].wait(30)
        return Response("ok")

    httpserver.expect_ordered_request("/in", method="POST").respond_with_handler(kill_the_sender)
    env = os.environ | {
        "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
        "DESKBELL_SECRET_KEY": settings.SECRET_KEY,
        "DESKBELL_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    workers.append(subprocess.Popen([sys.executable, "-c", WORKER, str(hook.pk)], env=env))
    assert workers[0].wait(60) == -signal.SIGKILL
    cut_off = webhooks.Delivery.objects.get(tries=1)
    assert (cut_off.state, cut_off.attempts.get().status) == ("waiting", None)
    assert webhooks.Delivery.objects.filter(state="waiting").count() == 2

    httpserver.expect_request("/in", method="POST").respond_with_data("ok")
    with clock.moved_to(clock.now() + LEASE + timedelta(seconds=1)):
        send(hook)
        sent = [verify(hook.secret, request, now=clock.now().timestamp()) for request, _response in httpserver.log]
    ids = [each["id"] for each in sent]
    assert ids.count(cut_off.message_id) == 2, "delivered once more, under the same id"
    assert len(ids) == 3
    assert set(webhooks.Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert {each["data"]["subject"]["id"] for each in sent} == set(
        webhooks.Delivery.objects.values_list("subject_id", flat=True)
    )
