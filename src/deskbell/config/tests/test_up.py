"""`deskbell up` as people meet it: starting, stopping, crashing, coming back."""

import os
import signal
import socket
import time
from pathlib import Path

import psycopg
import pytest

from deskbell.config.postgres import throwaway
from deskbell.config.tests.desk import Desk, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.xdist_group("up")]


@pytest.fixture
def desk(tmp_path):
    with Desk(tmp_path) as desk:
        yield desk


def eventually(what, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def test_it_starts_answers_and_ctrl_c_leaves_nothing_running(desk):
    desk.start()
    assert "works once" in desk.output()
    assert desk.get("/healthz")[:2] == (200, "ok\n")
    assert desk.get("/readyz")[:2] == (200, "ready\n")
    # with an open stream, which by itself never ends
    cookie, user = desk.sign_in()
    stream = desk.open_stream(f"user:{user}", cookie)
    assert stream.readline() == b"retry: 2000\n"
    assert desk.stop() < 3
    assert desk.process.returncode == 0
    assert desk.processes() == []
    assert not list((desk.folder / "postgres" / "data").glob("postmaster.pid"))

    # the second start is quick, and a second desk on the same folder is refused
    assert desk.start() < 8  # 5 s on a quiet machine; tests run two at a time
    refused = desk.run("up")
    assert refused.returncode == 1
    assert "already runs" in refused.stderr
    assert desk.address in refused.stderr
    assert desk.get("/healthz")[0] == 200
    assert desk.stop(signal.SIGTERM) < 3
    assert desk.processes() == []


def test_it_recovers_from_kill_9(desk):
    desk.start()
    assert desk.process is not None
    desk.process.kill()
    desk.process.wait()
    assert desk.wait_until_nothing_runs() == []
    desk.start()
    for pid in desk.processes():
        os.kill(pid, signal.SIGKILL)
    desk.process.wait()
    desk.start()
    assert desk.get("/readyz")[0] == 200


def test_a_role_that_crashes_is_started_again(desk):
    desk.start()
    # granian and its worker both go; the supervisor starts them anew
    assert eventually(lambda: "worker" in _roles(desk))
    os.kill(_roles(desk)["web"], signal.SIGKILL)
    assert eventually(lambda: "web ended (SIGKILL)" in desk.output())
    assert eventually(lambda: _answers(desk))
    os.kill(_roles(desk)["worker"], signal.SIGKILL)
    assert eventually(lambda: "worker ended (SIGKILL)" in desk.output())
    assert eventually(lambda: "worker" in _roles(desk))


def test_the_embedded_database_is_started_again(desk):
    desk.start()
    pid = int((desk.folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: "The database ended (SIGKILL)" in desk.output())
    assert eventually(lambda: desk.get("/readyz")[0] == 200)


def test_a_taken_port_is_said_and_the_next_one_used(desk):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(desk.env["DESKBELL_LISTEN_PORT"])))
        taken.listen()
        desk.start()
        assert "is taken; using" in desk.output()
        assert desk.get("/healthz")[0] == 200


def test_the_database_may_go_away_and_come_back(tmp_path):
    cluster = throwaway.start()
    url = cluster.layout.url("postgres", "postgres")
    try:
        with Desk(tmp_path, DATABASE_URL=url) as desk:
            desk.start()
            cookie, user = desk.sign_in()
            stream = desk.open_stream(f"user:{user}", cookie)
            assert eventually(lambda: set(_roles(desk)) >= {"web", "worker", "intake"})
            before = _roles(desk)
            cluster.stop()
            status, body, headers = desk.get("/readyz")
            assert status == 503
            # a page of the desk itself says it clearly, and says when to come back
            status, body, headers = desk.get("/", cookie=cookie)
            assert (status, headers.get("retry-after")) == (503, "5"), desk.output()[-3000:]
            assert "database" in body
            assert desk.get("/healthz")[0] == 200
            time.sleep(4)
            cluster.start()
            assert eventually(lambda: desk.get("/readyz")[0] == 200)
            assert eventually(lambda: desk.get("/", cookie=cookie)[0] != 503)
            # the page that stayed open is told to look again
            lines = iter(stream.readline, b"")
            assert any(line == b"event: resync\n" for line in lines)
            # nobody had to be restarted for it
            assert {name: _roles(desk)[name] for name in ("web", "worker")} == {
                name: before[name] for name in ("web", "worker")
            }
            assert eventually(lambda: _worker_beats_again(url), seconds=30)
            assert desk.stop() < 3
    finally:
        cluster.stop()
        cluster.remove()


def test_a_role_runs_alone(tmp_path):
    cluster = throwaway.start()
    try:
        with Desk(tmp_path, DATABASE_URL=cluster.layout.url("postgres", "postgres")) as desk:
            assert desk.run("manage", "migrate", "-v0").returncode == 0
            desk.env["DESKBELL_LISTEN_PORT"] = str(port := free_port())
            desk.command = "web"
            desk.log.write_text(f"is open at http://127.0.0.1:{port}\n")
            desk.start_alone()
            assert eventually(lambda: _answers(desk))
            assert desk.stop(signal.SIGTERM) < 3
            assert desk.processes() == []
    finally:
        cluster.stop()
        cluster.remove()


def _roles(desk: Desk) -> dict[str, int]:
    """Process ids by role, without what the roles start themselves."""
    found = {}
    for pid in desk.processes():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"deskbell.config.cli" in words:
            name = words[words.index(b"deskbell.config.cli") + 1].decode()
            found[name] = min(pid, found.get(name, pid))
    return found


def _answers(desk: Desk) -> bool:
    try:
        return desk.get("/healthz", timeout=2)[0] == 200
    except OSError:
        return False


def _worker_beats_again(url: str) -> bool:
    """Whether a worker has given a sign since the server came back."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT max(last_heartbeat) > pg_postmaster_start_time() FROM procrastinate_workers"
        ).fetchone()
    return row == (True,)
