"""The embedded PostgreSQL: starts everywhere, survives what kills it, leaves nothing behind."""

import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from deskbell.config.postgres import Cluster, ClusterBusyError, ClusterError, Layout
from deskbell.config.postgres.layout import SYSTEM_ROOT
from deskbell.config.postgres.processes import command_line, running_server

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def place(tmp_path):
    """A data folder where the database user can go."""
    folder = SYSTEM_ROOT / f"test-{secrets.token_hex(4)}" if os.geteuid() == 0 else tmp_path / "data"
    yield folder
    shutil.rmtree(Layout.below(folder).home, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(place):
    cluster = Cluster(Layout.below(place))
    yield cluster
    cluster.stop()


def gone(pid: int, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not command_line(pid):
            return True
        time.sleep(0.02)
    return False


def owner(place: Path) -> "subprocess.Popen[str]":
    """Another process that owns the cluster and waits."""
    code = (
        "import sys, time; from pathlib import Path; from deskbell.config.postgres import Cluster, Layout\n"
        "c = Cluster(Layout.below(Path(sys.argv[1]))); c.start(); print(c.process.pid, flush=True); time.sleep(60)"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", code, str(place)], env=env, stdout=subprocess.PIPE, text=True)


def test_it_starts_and_compares_letters_of_all_languages(cluster):
    cluster.start()
    with psycopg.connect(cluster.layout.url("deskbell", "deskbell")) as connection:
        row = connection.execute("SELECT lower('ПРИВІТ'), 'Żółw' ILIKE 'żÓŁW', current_setting('TimeZone')").fetchone()
        assert row == ("привіт", True, "UTC")
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT similarity('привіт', 'привет') > 0.3").fetchone() == (True,)


def test_it_keeps_its_data_over_a_restart(cluster):
    cluster.start()
    with psycopg.connect(cluster.layout.url("deskbell", "deskbell")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    cluster.stop()
    started = time.monotonic()
    cluster.start()
    assert time.monotonic() - started < 5
    with psycopg.connect(cluster.layout.url("deskbell", "deskbell")) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_it_listens_on_no_network_and_lets_nobody_else_in(cluster):
    cluster.start()
    with psycopg.connect(cluster.layout.url("deskbell", "deskbell")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    for folder in (cluster.layout.home, cluster.layout.run, cluster.layout.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_stopping_with_an_open_connection_is_quick(cluster):
    cluster.start()
    with closing(psycopg.connect(cluster.layout.url("deskbell", "deskbell"))) as connection:
        connection.execute("SELECT 1")
        assert cluster.process is not None
        pid, started = cluster.process.pid, time.monotonic()
        cluster.stop()
        assert time.monotonic() - started < 2
        assert gone(pid)


def test_a_second_owner_is_refused(cluster, place):
    cluster.start()
    with pytest.raises(ClusterBusyError):
        Cluster(Layout.below(place)).start()
    assert cluster.answers()


def test_the_server_stops_when_its_owner_is_killed(place):
    process = owner(place)
    assert process.stdout is not None
    server = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    assert gone(server)


def test_it_starts_again_after_everything_was_killed(cluster, place):
    process = owner(place)
    assert process.stdout is not None
    server = int(process.stdout.readline())
    os.kill(server, signal.SIGKILL)
    process.kill()
    process.wait()
    process.stdout.close()
    assert (cluster.layout.data / "postmaster.pid").exists()
    cluster.start()
    assert cluster.answers()


def test_a_server_whose_owner_vanished_is_stopped_and_replaced(cluster):
    cluster.start()
    orphan = cluster.process
    assert orphan is not None
    cluster._lock.release()  # as if the owner had ended without its server
    second = Cluster(cluster.layout)
    second.start()
    assert orphan.wait(5) == 0
    assert second.answers()
    second.stop()


def test_a_pid_file_that_names_somebody_else_is_not_believed(cluster):
    cluster.start()
    cluster.stop()
    pid_file = cluster.layout.data / "postmaster.pid"
    for text in (f"{os.getppid()}\n{cluster.layout.data}\n", "1\n", "rubbish\n", ""):
        pid_file.write_text(text)
        shutil.chown(pid_file, cluster.layout.data.owner())
        cluster.start()
        assert cluster.answers()
        assert running_server(cluster.layout) == cluster.process.pid
        cluster.stop()


def test_an_interrupted_first_start_is_begun_anew(cluster):
    cluster.ensure_made()
    (cluster.layout.home / "new").mkdir()
    (cluster.layout.home / "new" / "half").touch()
    cluster.start()
    assert cluster.answers()


def test_data_of_another_version_is_refused_with_what_to_do(cluster):
    cluster.start()
    cluster.stop()
    (cluster.layout.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match=r"written by PostgreSQL 14.*\n.*pg_dump"):
        cluster.start()


def test_a_path_too_long_for_a_socket_gets_a_socket_elsewhere(tmp_path):
    layout = Layout.below(tmp_path / ("long" * 30))
    assert len(bytes(layout.socket)) < 107
    with socket.socket(socket.AF_UNIX) as probe, pytest.raises(FileNotFoundError):
        probe.connect(str(layout.socket))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to avoid folders of others")
def test_a_private_folder_above_keeps_its_rights(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    cluster = Cluster(Layout.below(private / "data"))
    assert cluster.layout.home.is_relative_to(SYSTEM_ROOT)
    try:
        with cluster.running():
            assert cluster.answers()
    finally:
        cluster.remove()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ClusterError, match="DESKBELL_DATA_DIR"):
        Cluster(Layout.below(tmp_path / "data")).start()
    tmp_path.chmod(0o700)
