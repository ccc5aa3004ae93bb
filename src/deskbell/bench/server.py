"""A desk as it runs in production: `deskbell up` on a bench database, in a process tree of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from deskbell.bench.http import Connection, Request, Target
from deskbell.bench.trouble import BenchError

START_SECONDS = 120.0
WEB_WORKERS = 2
_NAME = re.compile(r"^Name:\t(.*)$", re.MULTILINE)


def environment(url: str, place: Path, **more: str) -> dict[str, str]:
    """Of a process that works on this database; nothing of the surrounding installation but its search path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESKBELL_", "DJANGO_"))}
    return kept | {
        "DATABASE_URL": url,
        "DESKBELL_DATA_DIR": str(place),
        "DESKBELL_WEB_WORKERS": str(WEB_WORKERS),
        "DESKBELL_API_CALLS_PER_MINUTE": "0",  # what is measured is the desk, not its patience
        "DESKBELL_SECRET_KEY": "bench-bench-bench-bench-bench-bench-bench",
        "DJANGO_SETTINGS_MODULE": "deskbell.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
        **more,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningDesk:
    """Use as a context manager; everything it started is ended with it."""

    def __init__(self, url: str, place: Path, **more: str) -> None:
        self.port, self.smtp_port = free_port(), free_port()
        self.target = Target("127.0.0.1", self.port, name=f"127.0.0.1:{self.port}")
        self.start_seconds = 0.0
        self._log = place / "desk.log"
        place.mkdir(parents=True, exist_ok=True)
        ports = {"DESKBELL_LISTEN_PORT": str(self.port), "DESKBELL_SMTP_IN_PORT": str(self.smtp_port)}
        self._environment = environment(url, place, **ports, **more)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        started = time.monotonic()
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "deskbell.config.cli", "up"],
                env=self._environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        try:
            self._wait(started)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait(self, started: float) -> None:
        """Until the first page: the form to sign in, whole."""
        request = Request.build(self.target, "/account/login/", marker=b"csrfmiddlewaretoken")
        while True:
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() - started > START_SECONDS:
                raise BenchError(f"The desk did not start. {self._log} ends with:\n{self.last_words()}")
            try:
                with Connection(self.target) as connection:
                    connection.send(request)
            except BenchError:
                time.sleep(0.01)
            else:
                self.start_seconds = time.monotonic() - started
                return

    def __exit__(self, *_: object) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def last_words(self) -> str:
        return self._log.read_text(errors="replace")[-1_500:].strip()

    def processes(self) -> dict[int, str]:
        """Names of all its processes by their id."""
        assert self._process is not None
        return _family(self._process.pid)

    def web_workers(self) -> list[int]:
        """Processes that answer requests: those of the web role that have no children."""
        return [pid for pid, name in self.processes().items() if "web" in name and not _children(pid)]


class Memory:
    """Memory of a family of processes, looked at now and then: the sum now and the highest sum seen, in MB."""

    def __init__(self, desk: RunningDesk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self.peak_pss = self.peak_rss = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(1.0):
            self.look()

    def look(self) -> dict[str, tuple[float, float]]:
        """PSS and RSS by process, as "name pid"."""
        found = {f"{name} {pid}": memory_of(pid) for pid, name in self._desk.processes().items()}
        self.peak_pss = max(self.peak_pss, sum(pss for pss, _rss in found.values()))
        self.peak_rss = max(self.peak_rss, sum(rss for _pss, rss in found.values()))
        return found


def memory_of(pid: int) -> tuple[float, float]:
    """PSS (shared pages counted in parts) and RSS of a process in MB; zeros when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0, 0.0
    values = dict(re.findall(r"^(Pss|Rss):\s+(\d+) kB", text, re.MULTILINE))
    return int(values.get("Pss", 0)) / 1024, int(values.get("Rss", 0)) / 1024


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text(encoding="ascii").split()]
        except OSError:
            continue
    return found


def _family(pid: int) -> dict[int, str]:
    try:
        name = _NAME.search(Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    except OSError:
        return {}
    found = {pid: name[1] if name else "?"}
    for child in _children(pid):
        found |= _family(child)
    return found


def merged(*maps: Mapping[str, str]) -> dict[str, str]:
    return {name: value for each in maps for name, value in each.items()}
