"""A whole Deskbell in a data folder of its own, started and ended as people do."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path
from typing import Self

from deskbell.config.postgres import Layout
from deskbell.config.postgres.layout import SYSTEM_ROOT

OPEN = re.compile(r"is open at (http\S+)")
SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from deskbell.kernel.api import SYSTEM
from deskbell.people import api as people
user, _new = people.find_or_create_by_email(SYSTEM, "ann@example.org", "Ann")
people.assign_role(SYSTEM, user.pk, people.Role.objects.get(code="agent").pk, None)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print("COOKIE", f"{settings.SESSION_COOKIE_NAME}={session.session_key}", user.pk)
"""


class Desk:
    """Use as a context manager: what is left at the end is killed and deleted."""

    def __init__(self, tmp_path: Path, *, command: str = "up", **env: str) -> None:
        base = SYSTEM_ROOT if os.geteuid() == 0 else tmp_path
        self.folder = base / f"test-{secrets.token_hex(4)}"
        self.log = tmp_path / f"{self.folder.name}.log"
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("DESKBELL_", "DATABASE_URL"))}
        self.env = {
            **clean,
            "DESKBELL_DATA_DIR": str(self.folder),
            "DESKBELL_LISTEN_PORT": str(free_port()),
            "PYTHONPATH": os.pathsep.join(sys.path),
            **env,
        }
        self.command = command
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
        shutil.rmtree(Layout.below(self.folder).home, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self) -> None:
        """Start and return at once."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deskbell.config.cli", self.command],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start(self, *, seconds: float = 150) -> None:
        """Start and wait for the printed address."""
        begun = time.monotonic()
        self.begin()
        assert self.process is not None
        while not (OPEN.search(self.output()) and "Ctrl-C" in self.output()):
            assert self.process.poll() is None, self.output()
            assert time.monotonic() - begun < seconds, self.output()
            time.sleep(0.02)

    def start_alone(self) -> None:
        """Start a single role, which prints no address."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deskbell.config.cli", self.command],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Send a signal as a terminal would and wait; seconds it took."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        return time.monotonic() - begun

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Another command on the same data folder."""
        command = [sys.executable, "-m", "deskbell.config.cli", *words]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False, timeout=90)

    def output(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    @property
    def address(self) -> str:
        found = OPEN.search(self.output())
        assert found is not None
        return found[1]

    def get(self, path: str, *, cookie: str = "", timeout: float = 10) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers; redirects are followed."""
        request = urllib.request.Request(self.address + path, headers={"Cookie": cookie} if cookie else {})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return (
                    answer.status,
                    answer.read().decode(),
                    {key.lower(): value for key, value in answer.headers.items()},
                )
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), {key.lower(): value for key, value in error.headers.items()}

    def sign_in(self) -> tuple[str, int]:
        """A session cookie and whose it is."""
        made = self.run("manage", "shell", "--no-imports", "-c", SESSION)
        found = re.search(r"COOKIE (\S+) (\d+)", made.stdout)
        assert found is not None, made.stderr
        return found[1], int(found[2])

    def open_stream(self, topics: str, cookie: str) -> HTTPResponse:
        request = urllib.request.Request(f"{self.address}/live/events?topics={topics}", headers={"Cookie": cookie})
        answer: HTTPResponse = urllib.request.urlopen(request, timeout=30)
        return answer

    def processes(self) -> list[int]:
        """Everything that runs because of this desk, found by its environment or command line."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except (OSError, IndexError):
                continue
            if entry.name.isdigit() and str(self.folder).encode() in text and state != "Z":
                found.append(int(entry.name))
        return found

    def roles(self) -> dict[str, int]:
        """Process ids by role, without what the roles start themselves."""
        found: dict[str, int] = {}
        for pid in self.processes():
            try:
                name = Path(f"/proc/{pid}/comm").read_text().strip().removeprefix("deskbell ")
            except OSError:
                continue
            found[name] = min(pid, found.get(name, pid))
        return {name: pid for name, pid in found.items() if name in {"web", "worker", "intake"}}

    def answers(self, path: str = "/healthz", status: int = 200) -> bool:
        try:
            return self.get(path, timeout=2)[0] == status
        except OSError:
            return False

    def wait_until_nothing_runs(self, seconds: float = 5.0) -> list[int]:
        """What still runs after so long."""
        deadline = time.monotonic() + seconds
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
