"""The supervisor: starts the roles, restarts what crashes, and stops everything in under three seconds."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

from deskbell.config.children import Child, can_fork, fork, group_lives, leave, own_children, signal_group, spawn
from deskbell.config.postgres import Cluster, ClusterError

# Seconds since the signal. What is cut off loses nothing: jobs run again, the database replays its log.
ROLES_UNTIL = 0.7
FAST_SHUTDOWN_UNTIL = 1.6
IMMEDIATE_SHUTDOWN_UNTIL = 2.1
OVERDUE = 2.3  # whatever we are at, everything is killed

BACK_OFF = (0.3, 1.0, 2.0, 5.0, 10.0)  # seconds before each further restart
STEADY_SECONDS = 30.0  # running for so long forgives earlier crashes
TICK = 0.2  # seconds

Say = Callable[[str, str], None]


@dataclass
class Role:
    """One kind of child process. work: what a copy of this process would do; command: how a new one is started."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    work: Callable[[], None] | None = None
    process: Child | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0  # when it may start (again), by time.monotonic


def role(name: str, work: Callable[[], None] | None = None, *options: str) -> Role:
    """A role run by this very program; options: of its command."""
    env = {**os.environ, "DESKBELL_ROLE": name, "PYTHONUNBUFFERED": "1"}
    return Role(name, [sys.executable, "-m", "deskbell.config.cli", name, *options], env, work)


class Supervisor:
    """Owns the roles and, when it is embedded, the database."""

    def __init__(self, cluster: Cluster | None, say: Say) -> None:
        self._roles: list[Role] = []
        self._cluster = cluster
        self._say = say
        self._stop = threading.Event()
        self._asked = 0
        self._asked_at = 0.0  # by time.monotonic
        self._interruptible = True

    def handle_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and SIGHUP end everything in time; a second one cuts off what still runs.

        While something is being prepared they raise KeyboardInterrupt, and `stop` must be called for it.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGALRM, self._on_overdue)

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._ask()
        self._asked += 1
        if self._interruptible:
            self._interruptible = False
            raise KeyboardInterrupt

    def _ask(self) -> None:
        if not self._asked_at:
            self._asked_at = time.monotonic()
            signal.setitimer(signal.ITIMER_REAL, OVERDUE)
        self._stop.set()

    def _on_overdue(self, _number: int, _frame: FrameType | None) -> None:
        """Something took too long, such as a page being drawn or a demonstration being built."""
        for each in self._roles:
            if each.process is not None:
                signal_group(each.process, signal.SIGKILL)
        if self._cluster is not None:
            self._cluster.abandon()
        for pid in own_children():
            if self._cluster is None or self._cluster.process is None or pid != self._cluster.process.pid:
                os.kill(pid, signal.SIGKILL)
        leave(1)

    def start(self, *roles: Role) -> None:
        """Start roles and look after them from now on."""
        for each in roles:
            if each.work is not None and can_fork():
                others = [other.process.stdout for other in self._roles if other.process is not None]
                each.process = fork(f"deskbell {each.name}", each.work, closing=[file for file in others if file])
                each.started = time.monotonic()
            else:
                self._spawn(each)
            self._roles.append(each)
        # Only now: a copy of a process with threads may wait for ever for a lock one of them held.
        for each in roles:
            self._read(each)

    def watch(self, until: Callable[[], bool] | None = None) -> None:
        """Restart what ended, until a signal comes or the condition holds."""
        self._interruptible = False
        while not self._stop.wait(TICK if until is None else TICK / 4) and not (until is not None and until()):
            self._watch_database()
            for each in self._roles:
                self._watch_role(each)

    def stop(self) -> None:
        """Roles first, all at once; then the database, so that their last words are stored."""
        self._interruptible = False
        self._ask()
        living = [each.process for each in self._roles if each.process is not None and each.process.poll() is None]
        for process in living:
            os.kill(process.pid, signal.SIGTERM)
        self._until(ROLES_UNTIL, lambda: self._asked > 1 or all(process.poll() is not None for process in living))
        for process in living:
            signal_group(process, signal.SIGKILL)
        if self._cluster is not None:
            self._cluster.stop(
                fast_until=self._asked_at + FAST_SHUTDOWN_UNTIL,
                immediate_until=self._asked_at + IMMEDIATE_SHUTDOWN_UNTIL,
            )
        # The killed go only when they are given processor time once more.
        self._until(
            IMMEDIATE_SHUTDOWN_UNTIL,
            lambda: all(process.poll() is not None and not group_lives(process) for process in living),
        )
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _until(self, seconds: float, condition: Callable[[], bool]) -> None:
        """Wait for the condition, at most until so long after the signal."""
        while not condition() and time.monotonic() < self._asked_at + seconds:
            time.sleep(0.02)

    def _spawn(self, each: Role) -> None:
        each.process = spawn(each.command, env=each.env, output=subprocess.PIPE)
        each.started = time.monotonic()

    def _read(self, each: Role) -> None:
        threading.Thread(target=self._forward, args=(each.name, each.process), daemon=True).start()

    def _forward(self, name: str, process: Child) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self._say(name, line.decode(errors="replace").rstrip("\n"))

    def _watch_role(self, each: Role) -> None:
        now = time.monotonic()
        if each.process is None:
            if now >= each.due:
                self._spawn(each)
                self._read(each)
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
            self._interruptible = True  # replaying its log may take a minute
            cluster.restart()
            self._interruptible = False
        except ClusterError as error:
            self._interruptible = False
            self._say("deskbell", str(error))
            self._stop.wait(1)


def _is_gone(process: Child) -> bool:
    return process.poll() is not None and not group_lives(process)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
