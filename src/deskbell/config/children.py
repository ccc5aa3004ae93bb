"""Starting child processes that never outlive us, and ending them."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn, Protocol

_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15
_M_ARENA_MAX = -8  # malloc.h
_ENDING_SECONDS = 1.0
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_OUR_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM}


class Child(Protocol):
    """What `subprocess.Popen` and `Forked` have in common."""

    @property
    def pid(self) -> int: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def poll(self) -> int | None: ...


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


class Forked:
    """A copy of this process that does other work; everything it needs is loaded already."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def can_fork() -> bool:
    """Whether a copy of this process would be whole: only the calling thread lives on in it.

    A thread that is just ending is waited for: a role that loads everything again costs seconds and 30 MB.
    """
    until = time.monotonic() + _ENDING_SECONDS
    while threading.active_count() > 1 and time.monotonic() < until:
        time.sleep(0.01)
    return sys.platform == "linux" and threading.active_count() == 1


def fork(name: str, work: Callable[[], None], *, closing: Sequence[IO[bytes]] = ()) -> Forked:
    """Run `work` in a copy of this process, in a session of its own; what it prints comes by `stdout`.

    closing: files of ours that the copy has no business with. Call it from the main thread, and see `can_fork`.
    """
    reading, writing = os.pipe()
    parent = os.getpid()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()  # or both would print it
    # A signal between here and there would run our handlers in the copy.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OUR_SIGNALS)
    try:
        pid = os.fork()
        if pid == 0:
            _live_as_copy(name, work, parent, writing, [*closing, open(reading, "rb")])  # noqa: PTH123, SIM115
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(writing)
    return Forked(pid, open(reading, "rb"))  # noqa: PTH123  (read until it ends)


def _live_as_copy(
    name: str, work: Callable[[], None], parent: int, output: int, closing: Sequence[IO[bytes]]
) -> NoReturn:
    code = 1
    try:
        os.setsid()
        for number in _OUR_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        die_with_parent()
        if os.getppid() != parent:
            os._exit(1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OUR_SIGNALS)
        os.umask(0o077)
        take_name(name)
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123
            os.dup2(nothing.fileno(), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        for file in closing:
            file.close()
        work()
        code = 0
    except SystemExit as wish:
        code = wish.code if isinstance(wish.code, int) else int(wish.code is not None)
    except BaseException:  # noqa: BLE001  (nothing of the stack below is ours)
        traceback.print_exc()
    finally:
        leave(code)


def share_arenas() -> None:
    """Have all threads of this process allocate from two arenas, not each from one of its own that is never given back.

    Call it before there are threads: the C library looks at the number once, when a second arena is wanted. Copies of
    the process keep to it. For glibc; where there is another C library, it answers with an error that does no harm.
    """
    mallopt = getattr(_libc, "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


def take_name(name: str) -> None:
    """What `ps -o comm` and `top` show; 15 bytes."""
    if _libc is not None:
        _libc.prctl(_PR_SET_NAME, name.encode()[:15], 0, 0, 0)


def leave(code: int) -> NoReturn:
    """End this process at once. An interpreter that holds all of Django takes long to take itself apart."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue
    os._exit(code)


def signal_group(process: Child, number: signal.Signals) -> None:
    """Signal a child and everything it started."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def group_lives(process: Child) -> bool:
    """Whether the child or anything it started is still there."""
    try:
        os.killpg(process.pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def own_children() -> list[int]:
    """Process ids of what this process has started and what still runs of it; empty where the kernel does not tell."""
    try:
        return [int(word) for word in Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()]
    except OSError:
        return []
