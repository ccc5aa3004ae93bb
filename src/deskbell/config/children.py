"""Starting child processes that never outlive us, and ending them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(death_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send this process a signal when the thread that started it ends, even by kill -9."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)


def _before_exec(parent: int, death_signal: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        # Here the user is already changed: changing it later would clear the request.
        die_with_parent(death_signal)
        os.umask(0o077)
        if os.getppid() != parent:
            os._exit(1)  # the parent ended before the kernel knew

    return prepare


def spawn(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: int | IO[bytes] | None = None,
    user: int | None = None,
    group: int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> "subprocess.Popen[bytes]":
    """Start a process in a session of its own, so that Ctrl-C reaches only us and we choose the order of ending.

    Call it from the main thread: the kernel watches the thread, not the process.
    """
    return subprocess.Popen(  # noqa: S603  (our own command lines)
        list(command),
        env=None if env is None else dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
        preexec_fn=_before_exec(os.getpid(), death_signal),  # noqa: PLW1509  (before any thread of ours starts)
    )


def signal_group(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Signal a child and everything it started."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return
