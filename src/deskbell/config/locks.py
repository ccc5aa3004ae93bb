"""A lock that ends with its process, however that ends."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

_held: set[int] = set()


def _let_go_in_copies() -> None:
    """A forked copy of the holder would go on holding the lock after it."""
    for handle in _held:
        os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_copies)


class LockedError(Exception):
    """Another process holds the lock; `holder` is what it wrote about itself."""

    def __init__(self, holder: dict[str, Any]) -> None:
        super().__init__(f"held by process {holder.get('pid', 'unknown')}")
        self.holder = holder


class ProcessLock:
    """flock on a file. The kernel lets go when the process is gone, so nothing ever has to be cleaned up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, **about: Any) -> None:
        """Take it, or raise LockedError. `about` is shown to whoever comes second."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise LockedError(self.holder()) from None
        self._handle = handle
        _held.add(handle)
        self.describe(**about)

    def describe(self, **about: Any) -> None:
        """Replace what is said about the holder."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, json.dumps({"pid": os.getpid(), **about}).encode(), 0)

    def release(self) -> None:
        if self._handle is not None:
            handle, self._handle = self._handle, None
            if handle in _held:  # not in a forked copy
                _held.discard(handle)
                os.close(handle)

    def holder(self) -> dict[str, Any]:
        """What the last holder wrote; empty when nothing readable is there."""
        try:
            held = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return held if isinstance(held, dict) else {}

    def who_holds(self) -> dict[str, Any]:
        """What the present holder wrote; empty when nobody holds it."""
        try:
            handle = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return {}
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return self.holder()
        else:
            return {}
        finally:
            os.close(handle)
