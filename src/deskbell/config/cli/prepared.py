"""Whether this very version has already prepared this very database: then a start need not look again.

The mark lies beside the embedded cluster and goes with it. With a database of your own, which may be
restored or replaced at any time, every start looks.
"""

import hashlib
import sys
from importlib import metadata
from pathlib import Path

import deskbell
from deskbell.config.postgres import Cluster

_MARK = "prepared"
_PACKAGES = ("django", "django-allauth", "procrastinate")


def fingerprint() -> str:
    """Changes with every migration, static file, Python and package that a preparation depends on."""
    root = Path(deskbell.__file__).parent
    digest = hashlib.sha256(sys.version.encode())
    for name in _PACKAGES:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    for pattern in ("*/migrations/*.py", "*/*/migrations/*.py", "*/static/**/*"):
        for path in sorted(root.glob(pattern)):
            facts = path.stat()
            digest.update(f"{path.relative_to(root)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_prepared(cluster: Cluster | None, static_root: Path) -> bool:
    if cluster is None or not (static_root / "staticfiles.json").exists():
        return False
    mark = cluster.layout.home / _MARK
    return mark.exists() and mark.read_text(encoding="ascii") == fingerprint()


def mark_prepared(cluster: Cluster | None) -> None:
    if cluster is not None:
        (cluster.layout.home / _MARK).write_text(fingerprint(), encoding="ascii")


def forget(cluster: Cluster) -> None:
    """After somebody changed the schema by hand."""
    (cluster.layout.home / _MARK).unlink(missing_ok=True)
