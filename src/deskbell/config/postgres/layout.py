"""Where an embedded cluster lies, for root and for everyone else."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SYSTEM_ROOT = Path("/var/lib/deskbell")
PORT = 5432  # only part of the socket's name: the server listens on no network address
# The kernel's limit for a socket address is 108 bytes with its closing zero.
_SOCKET_LIMIT = 107


@dataclass(frozen=True)
class Layout:
    """The folders of one cluster."""

    home: Path  # belongs to the user PostgreSQL runs as
    run: Path  # holds the socket; mode 0700, which is what guards the server

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket(self) -> Path:
        return self.run / f".s.PGSQL.{PORT}"

    def url(self, database: str, user: str) -> str:
        """Address of a database here."""
        return f"postgresql://{user}@/{quote(database)}?host={quote(str(self.run))}"

    @classmethod
    def below(cls, place: Path) -> "Layout":
        """The cluster that belongs to a data folder."""
        home = place / "postgres"
        # As root, PostgreSQL runs as another user, who cannot pass through a private folder (a home of mode
        # 0700). Opening such a folder is not ours to do, so the cluster then lies elsewhere.
        if os.geteuid() == 0 and not _others_may_pass(place):
            home = SYSTEM_ROOT / "clusters" / f"{place.name}-{_short(place)}"
        return cls(home=home, run=_socket_folder(home))


def embedded_url(place: Path) -> str:
    """Address of the application's database in the embedded cluster of a data folder."""
    return Layout.below(place).url("deskbell", "deskbell")


def _short(path: Path) -> str:
    return hashlib.sha256(bytes(path)).hexdigest()[:10]


def _others_may_pass(folder: Path) -> bool:
    """Whether every existing folder down to this one may be passed through by anyone."""
    existing = (part for part in (folder, *folder.parents) if part.exists())
    return all(part.stat().st_mode & stat.S_IXOTH for part in existing)


def _socket_folder(home: Path) -> Path:
    if len(bytes(home / "run" / f".s.PGSQL.{PORT}.lock")) <= _SOCKET_LIMIT:
        return home / "run"
    if os.geteuid() == 0:
        return SYSTEM_ROOT / "run" / _short(home)
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    base = Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())
    return base / f"deskbell-{os.geteuid()}-{_short(home)}"
