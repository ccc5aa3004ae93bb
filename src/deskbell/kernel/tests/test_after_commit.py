"""Delivery after commit, with real workers in processes of their own against a database that really commits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from deskbell.kernel import api as kernel
from deskbell.kernel.testing import database_url
from deskbell.kernel.tests.kinds import HAPPENED, Happened

pytestmark = pytest.mark.slow

PATIENCE = 90.0  # seconds; a loaded machine starts a worker slowly

# Writes a line for each event: "start" before, "done" after. what: "hang" waits to be killed while the file
# "hang" exists, "fail" fails while the file "fail" exists.
WORKER = """
import sys, time
from pathlib import Path
import django
django.setup()
from deskbell.kernel import api as kernel
from deskbell.kernel.events import subscribers
from deskbell.kernel.tests.kinds import HAPPENED
folder = Path(sys.argv[1])

def note(word, event):
    with (folder / "log").open("a") as log:
        log.write(f"{word} {event.subject_id} {event.data['count']}\\n")

@kernel.after_commit("probe.note", "probe.happened")
def handle(event):
    what = event.data["what"]
    note("start", event)
    while what == "hang" and (folder / "hang").exists():
        time.sleep(0.02)
    if what == "fail" and (folder / "fail").exists():
        raise RuntimeError("not yet")
    note("done", event)

subscribers.deliver.retry_strategy.exponential_wait = 1
subscribers.deliver.retry_strategy.wait = 0
import deskbell.config.worker as worker
worker.HEARTBEAT_SECONDS, worker.STALLED_SECONDS = 1.0, 6.0  # five beats may be late on a loaded machine
worker.RESCUE_SECONDS, worker.POLLING_SECONDS = 0.5, 0.5
worker.run()
"""


class Workers:
    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        url = database_url(str(psycopg.conninfo.conninfo_to_dict(self.address)["dbname"]))
        env = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)}
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", WORKER, str(self.folder)], env=env, stdout=log, stderr=subprocess.STDOUT
            )
        self.running.append(process)
        return process

    def lines(self) -> list[str]:
        path = self.folder / "log"
        return path.read_text().splitlines() if path.exists() else []

    def wait_for(self, condition: Callable[[list[str]], bool]) -> list[str]:
        until = time.monotonic() + PATIENCE
        while not condition(lines := self.lines()):
            if time.monotonic() > until:
                raise AssertionError(f"{lines}\n{(self.folder / 'worker.log').read_text()}")
            time.sleep(0.05)
        return lines


@pytest.fixture
def workers(committed_database: str, tmp_path: Path) -> Iterator[Workers]:
    if "probe.note" not in kernel.after_commit_subscribers:
        kernel.after_commit("probe.note", "probe.happened")(lambda _event: None)
    found = Workers(tmp_path, committed_database)
    yield found
    for process in found.running:
        process.kill()
        process.wait()


def happen(subject_id: int, count: int, what: str = "") -> None:
    with transaction.atomic():
        kernel.record(kernel.SYSTEM, HAPPENED, subject_id, Happened(what=what, count=count))


def test_a_worker_killed_between_commit_and_handling_loses_nothing_and_keeps_the_order(workers: Workers) -> None:
    (workers.folder / "hang").touch()
    happen(1, 1, "hang")
    happen(1, 2)
    first = workers.start()
    workers.wait_for(lambda lines: "start 1 1" in lines)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert "done 1 1" not in workers.lines()
    happen(1, 3)
    (workers.folder / "hang").unlink()
    workers.start()
    lines = workers.wait_for(lambda lines: "done 1 3" in lines)
    done = [line for line in lines if line.startswith("done")]
    assert done == ["done 1 1", "done 1 2", "done 1 3"]


def test_a_failing_handler_is_tried_again_in_order_and_holds_up_nobody_else(workers: Workers) -> None:
    (workers.folder / "fail").touch()
    happen(1, 1, "fail")
    happen(1, 2)
    happen(2, 1)
    workers.start()
    lines = workers.wait_for(lambda lines: "done 2 1" in lines and lines.count("start 1 1") >= 2)
    assert "start 1 2" not in lines
    (workers.folder / "fail").unlink()
    lines = workers.wait_for(lambda lines: "done 1 2" in lines)
    assert lines.index("done 1 1") < lines.index("start 1 2")


def test_nothing_is_delivered_before_commit_nor_after_a_rollback(workers: Workers) -> None:
    workers.start()
    happen(1, 1)
    workers.wait_for(lambda lines: "done 1 1" in lines)
    committed = kernel.Event.objects.latest("id").id
    with transaction.atomic():
        kernel.record(kernel.SYSTEM, HAPPENED, 2, Happened(count=1))
        transaction.set_rollback(True)
    with transaction.atomic():
        kernel.record(kernel.SYSTEM, HAPPENED, 3, Happened(count=1))
        with psycopg.connect(workers.address) as other:
            waiting = other.execute(  # other subscribers of the first event may still have jobs to do
                "SELECT count(*) FROM procrastinate_jobs WHERE (args->>'event_id')::bigint > %s", [committed]
            ).fetchone()
        assert waiting == (0,)
    lines = workers.wait_for(lambda lines: "done 3 1" in lines)
    assert not any(line.startswith("start 2") for line in lines)
    assert connection.in_atomic_block is False
