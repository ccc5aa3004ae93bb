"""Servers left over from a Deskbell that was killed, and the lock files they leave behind."""

import os
import signal
import subprocess
import time
from pathlib import Path

from deskbell.config.postgres.layout import Layout

_PATIENCE = 10.0  # seconds for a fast shutdown


def command_line(pid: int) -> str:
    """What a process was started with; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    except OSError:
        return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return shown.stdout.strip()


def running_server(layout: Layout) -> int | None:
    """Process id of a server that works on this cluster, from its own pid file; None if there is none."""
    pid = _first_number(layout.data / "postmaster.pid")
    if pid is None or pid == os.getpid():
        return None
    line = command_line(pid)
    return pid if "postgres" in line and str(layout.data) in line else None


def end_orphan(layout: Layout) -> None:
    """Stop a server whose Deskbell is gone. The caller holds the cluster's lock, so nobody else uses it."""
    pid = running_server(layout)
    for number in (signal.SIGINT, signal.SIGQUIT):
        if pid is None:
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + _PATIENCE
        while command_line(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        pid = running_server(layout)


def remove_stale_locks(layout: Layout) -> None:
    """Remove lock files of servers that are gone.

    PostgreSQL does so itself unless the number in them now belongs to some other process, which is
    usual in containers, where every start hands out the same numbers.
    """
    for lock in (layout.data / "postmaster.pid", layout.run / f"{layout.socket.name}.lock"):
        pid = _first_number(lock)
        if lock.exists() and (pid is None or "postgres" not in command_line(pid) or pid == os.getpid()):
            lock.unlink(missing_ok=True)


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii").split("\n", 1)[0])
    except (OSError, ValueError):
        return None
