"""The supervisor: starts the roles, restarts what crashes, and stops everything in under three seconds."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from deskbell.config.children import signal_group, spawn
from deskbell.config.postgres import Cluster, ClusterError

STOP_SECONDS = 1.2  # for the roles; the database has its own second afterwards
BACK_OFF = (0.3, 1.0, 2.0, 5.0, 10.0)  # seconds before each further restart
STEADY_SECONDS = 30.0  # running for so long forgives earlier crashes
TICK = 0.2  # seconds

Say = Callable[[str, str], None]


@dataclass
class Role:
    """One kind of child process."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    due: float = field(default=0.0)  # when it may start (again), by time.monotonic


def role(name: str, env: Mapping[str, str]) -> Role:
    """A role run by this very program."""
    command = [sys.executable, "-m", "deskbell.config.cli", name]
    return Role(name, command, {**env, "DESKBELL_ROLE": name, "PYTHONUNBUFFERED": "1"})


class Supervisor:
    """Owns the roles and, when it is embedded, the database."""

    def __init__(self, cluster: Cluster | None, say: Say) -> None:
        self._roles: list[Role] = []
        self._cluster = cluster
        self._say = say
        self._stop = threading.Event()
        self._asked = 0

    def handle_signals(self) -> None:
        """From now on Ctrl-C and SIGTERM ask for an orderly stop; a second Ctrl-C for an immediate one."""
        signal.signal(signal.SIGINT, self._on_signal)
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGHUP, self._on_signal)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._asked += 1
        self._stop.set()

    def start(self, new: Role) -> None:
        """Start a role and look after it from now on."""
        self._roles.append(new)
        self._start(new)

    def watch(self) -> None:
        """Until a signal comes: restart what ended."""
        while not self._stop.wait(TICK):
            self._watch_database()
            for each in self._roles:
                self._watch_role(each)

    def stop(self) -> None:
        """Roles first, all at once; then the database, so that their last words are stored."""
        self._stop.set()
        living = [each.process for each in self._roles if each.process is not None]
        for process in living:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(process.poll() is None for process in living) and time.monotonic() < deadline and self._asked < 2:  # noqa: PLR2004
            time.sleep(0.02)
        for process in living:
            signal_group(process, signal.SIGKILL)
            process.wait()
        if self._cluster is not None:
            self._cluster.stop()

    def _start(self, each: Role) -> None:
        each.process = spawn(each.command, env=each.env, output=subprocess.PIPE)
        each.started = time.monotonic()
        reader = threading.Thread(target=self._forward, args=(each, each.process), daemon=True)
        reader.start()

    def _forward(self, each: Role, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self._say(each.name, line.decode(errors="replace").rstrip("\n"))

    def _watch_role(self, each: Role) -> None:
        now = time.monotonic()
        if each.process is None:
            if now >= each.due:
                self._start(each)
            return
        code = each.process.poll()
        if code is None:
            return
        signal_group(each.process, signal.SIGKILL)  # whatever it had started
        if now - each.started > STEADY_SECONDS:
            each.failures = 0
        wait = BACK_OFF[min(each.failures, len(BACK_OFF) - 1)]
        each.failures += 1
        each.process, each.due = None, now + wait
        self._say("deskbell", f"{each.name} ended ({_reason(code)}); starting it again in {wait:g} s.")

    def _watch_database(self) -> None:
        cluster = self._cluster
        if cluster is None or cluster.process is None or cluster.process.poll() is None:
            return
        self._say("deskbell", f"The database ended ({_reason(cluster.process.returncode)}); starting it again.")
        try:
            cluster.restart()
        except ClusterError as error:
            self._say("deskbell", str(error))
            time.sleep(1)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def inherited_environment(**changes: str) -> dict[str, str]:
    """Our environment for a child, with changes."""
    return {**os.environ, **changes}
