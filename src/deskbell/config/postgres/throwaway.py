"""Clusters for tests: one for a whole run, fast because it forgets, gone afterwards."""

import os
import secrets
import tempfile
import time
from pathlib import Path

from deskbell.config.locks import LockedError, ProcessLock
from deskbell.config.postgres.account import make_folder
from deskbell.config.postgres.cluster import Cluster
from deskbell.config.postgres.layout import SYSTEM_ROOT, Layout

_YOUNG = 120  # seconds


def start() -> Cluster:
    """A new empty cluster, started. Raises ClusterError."""
    root = _root()
    remove_abandoned(root)
    home = root / secrets.token_hex(4)
    cluster = Cluster(Layout(home=home, run=home / "run"), throwaway=True)
    cluster.start()
    return cluster


def _root() -> Path:
    if os.geteuid() == 0:
        root = SYSTEM_ROOT / "test-clusters"
        make_folder(root, None, 0o711)
    else:
        root = Path(tempfile.gettempdir()) / f"deskbell-test-clusters-{os.geteuid()}"
        make_folder(root, None, 0o700)
    return root


def remove_abandoned(root: Path) -> None:
    """Delete what killed test runs left behind: the owner's lock tells."""
    for home in root.iterdir():
        if time.time() - home.stat().st_mtime < _YOUNG:
            continue  # another run may be just about to take its lock
        lock = ProcessLock(home / "owner.lock")
        try:
            lock.acquire()
        except (LockedError, OSError):
            continue
        Cluster(Layout(home=home, run=home / "run")).remove()
        lock.release()
