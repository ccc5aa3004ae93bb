"""`deskbell up` as people meet it: starting, stopping, crashing, coming back. One desk serves most tests."""

import os
import signal
import smtplib
import socket
import time
from contextlib import suppress

import psycopg
import pytest

from deskbell.config.postgres import Cluster, throwaway
from deskbell.config.tests.desk import Desk, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.xdist_group("up")]

PATIENCE = 60.0  # seconds; for machines with much else to do


@pytest.fixture(scope="module")
def one_desk(tmp_path_factory):
    """Made with its port taken, so that it runs on another."""
    with Desk(tmp_path_factory.mktemp("up")) as desk, socket.socket() as taken:
        taken.bind(("127.0.0.1", int(desk.env["DESKBELL_LISTEN_PORT"])))
        taken.listen()
        desk.start()
        yield desk


@pytest.fixture
def desk(one_desk):
    """Running, however the test before left it."""
    if one_desk.process.poll() is not None:
        one_desk.start()
    return one_desk


def eventually(what, seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def test_it_answers_and_offers_to_be_set_up(desk):
    assert "works once" in desk.output()
    assert desk.get("/healthz")[:2] == (200, "ok\n")
    assert desk.get("/readyz")[:2] == (200, "ready\n")
    assert set(desk.roles()) == {"web", "worker", "intake"}


def test_a_taken_port_is_said_and_commands_beside_it_know_the_one_in_use(desk):
    assert "is taken; using" in desk.output()
    assert not desk.address.endswith(desk.env["DESKBELL_LISTEN_PORT"])
    code = "from django.conf import settings; print(settings.BASE_URL)"
    assert desk.run("manage", "shell", "--no-imports", "-c", code).stdout.strip() == desk.address


def test_a_second_desk_on_the_same_folder_is_refused(desk):
    refused = desk.run("up")
    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    assert desk.address in refused.stderr
    assert desk.answers()


def test_ctrl_c_ends_everything_in_time_with_open_streams(desk):
    cookie, user = desk.sign_in()
    streams = [desk.open_stream(f"user:{user}", cookie) for _ in range(3)]
    assert [stream.readline() for stream in streams] == [b"retry: 2000\n"] * 3
    assert desk.stop() < 3
    assert desk.process.returncode == 0
    assert desk.processes() == []
    assert not (desk.folder / "postgres" / "data" / "postmaster.pid").exists()
    for stream in streams:
        stream.close()


def test_a_start_can_be_interrupted(desk):
    assert desk.stop(signal.SIGTERM) < 3
    desk.begin()
    assert eventually((desk.folder / "postgres" / "data" / "postmaster.pid").exists)
    assert desk.stop() < 3
    assert desk.processes() == []


def test_what_crashes_is_started_again(desk):
    before = desk.roles()
    # granian and its worker both go; the supervisor starts them anew
    os.kill(before["web"], signal.SIGKILL)
    os.kill(before["worker"], signal.SIGKILL)
    os.kill(int((desk.folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    for name in ("web", "worker", "The database"):
        assert eventually(lambda name=name: f"{name} ended (SIGKILL)" in desk.output())
    assert eventually(lambda: desk.answers("/readyz"))
    assert eventually(lambda: "worker" in desk.roles())
    assert desk.roles()["worker"] != before["worker"]


def test_it_recovers_from_kill_9(desk):
    desk.process.kill()
    desk.process.wait()
    assert desk.wait_until_nothing_runs(20) == []
    desk.start()
    for pid in desk.processes():
        with suppress(ProcessLookupError):  # it went when its supervisor did
            os.kill(pid, signal.SIGKILL)
    desk.process.wait()
    desk.start()
    assert desk.get("/readyz")[0] == 200


def test_a_database_of_ones_own_may_go_away_and_come_back_and_serves_a_role_alone(tmp_path):
    cluster = throwaway.start()
    url = cluster.layout.url("postgres", "postgres")
    try:
        with Desk(tmp_path, DATABASE_URL=url, DESKBELL_SMTP_IN_PORT=str(free_port())) as desk:
            desk.start()
            _survives_an_outage(desk, cluster, url)
            assert desk.stop() < 3
            desk.env["DESKBELL_LISTEN_PORT"] = str(port := free_port())
            desk.command = "web"
            desk.log.write_text(f"is open at http://127.0.0.1:{port}\n")
            desk.start_alone()
            assert eventually(lambda: desk.answers("/readyz"))
            assert desk.stop(signal.SIGTERM) < 3
            assert desk.processes() == []
    finally:
        cluster.stop()
        cluster.remove()


def _survives_an_outage(desk: Desk, cluster: Cluster, url: str) -> None:
    cookie, user = desk.sign_in()
    stream = desk.open_stream(f"user:{user}", cookie)
    assert stream.readline() == b"retry: 2000\n"
    before = desk.roles()
    cluster.stop()
    assert desk.get("/readyz")[0] == 503
    # a page of the desk itself says it clearly, and says when to come back
    status, body, headers = desk.get("/", cookie=cookie)
    assert (status, headers.get("retry-after")) == (503, "5"), desk.output()[-3000:]
    assert "database" in body
    assert desk.get("/healthz")[0] == 200
    assert _answer_to_mail(desk) == 451  # whoever sends keeps it and tries again
    time.sleep(2)
    cluster.start()
    assert eventually(lambda: desk.answers("/readyz"))
    assert eventually(lambda: not desk.answers("/", 503))
    # the page that stayed open is told to look again
    with stream:
        assert any(line == b"event: resync\n" for line in iter(stream.readline, b""))
    assert eventually(lambda: _answer_to_mail(desk) == 550)  # there are no mailboxes in this desk
    assert eventually(lambda: _a_worker_beat_since(url))
    assert desk.roles() == before  # nobody had to be restarted for it


def _answer_to_mail(desk: Desk) -> int:
    with smtplib.SMTP("127.0.0.1", int(desk.env["DESKBELL_SMTP_IN_PORT"]), timeout=20) as client:
        client.ehlo()
        client.mail("ann@example.org")
        return client.rcpt("support@example.org")[0]


def _a_worker_beat_since(url: str) -> bool:
    """Whether a worker has given a sign since the server came back."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT max(last_heartbeat) > pg_postmaster_start_time() FROM procrastinate_workers"
        ).fetchone()
    return row == (True,)
