"""One embedded cluster: made, started, found again after a crash, stopped."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import psycopg.sql

from deskbell.config.children import spawn
from deskbell.config.locks import LockedError, ProcessLock
from deskbell.config.postgres.account import AccountError, binaries, make_folder, server_user
from deskbell.config.postgres.layout import PORT, Layout
from deskbell.config.postgres.processes import end_orphan, remove_stale_locks
from deskbell.config.trouble import Trouble

SUPERUSER = "postgres"
DATABASE = "deskbell"
START_SECONDS = 60  # replaying the log after a power cut takes its time
FAST_SECONDS, IMMEDIATE_SECONDS = 10.0, 2.0  # where nobody waits for us

_CREATE = (
    "CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin "
    "BUILTIN_LOCALE 'PG_UNICODE_FAST' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
)
_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "150",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "jit": "off",  # compiling takes longer than any statement of ours runs
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "off",
    "log_min_messages": "warning",
    "client_connection_check_interval": "10s",
}
# For clusters thrown away at the end: nothing needs to survive a power cut.
_THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB"}


class ClusterError(Trouble):
    """The embedded PostgreSQL does not work; the text says why and what to do."""

    headline = "The database did not start."


class ClusterBusyError(ClusterError):
    """Another Deskbell owns this cluster."""


class Cluster:
    """The embedded PostgreSQL of one data folder.

    One process owns it (the supervisor, or a command while no supervisor runs); the owner holds a lock of its own.
    """

    def __init__(self, layout: Layout, *, throwaway: bool = False) -> None:
        self.layout = layout
        self._throwaway = throwaway
        self._lock = ProcessLock(layout.home / "owner.lock")
        self.process: subprocess.Popen[bytes] | None = None

    # --- making

    def ensure_made(self) -> None:
        """Create user, folders, programs and the empty cluster where missing. Raises ClusterError."""
        try:
            self._user = server_user()
            make_folder(self.layout.home, self._user, 0o700)
            make_folder(self.layout.run, self._user, 0o700)
            self._programs = binaries(self._user)
        except AccountError as error:
            raise ClusterError(str(error)) from error
        except OSError as error:
            raise ClusterError(
                f"{error.filename}: {error.strerror}.\n  Fix: set DESKBELL_DATA_DIR to a folder this user can write to."
            ) from error

    def _take(self) -> None:
        try:
            self._lock.acquire()
        except LockedError as error:
            raise ClusterBusyError(f"The database in {self.layout.home} is {error}.") from error
        if not (self.layout.data / "PG_VERSION").exists():
            self._initialise()
        self._refuse_other_version()

    def _initialise(self) -> None:
        # A first start that was interrupted leaves half a cluster: nothing was ever stored in it.
        draft = self.layout.home / "new"
        shutil.rmtree(draft, ignore_errors=True)
        command = [str(self._programs / "initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        command += ["--no-sync"] if self._throwaway else []
        made = subprocess.run(  # noqa: S603  (our own command line)
            command,
            cwd=self.layout.home,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            user=None if self._user is None else self._user.pw_uid,
            group=None if self._user is None else self._user.pw_gid,
            extra_groups=None if self._user is None else [],
            umask=0o077,
        )
        if made.returncode != 0:
            raise ClusterError(f"The embedded PostgreSQL could not be set up: {made.stderr.strip()}")
        # Only who can enter the socket's folder (mode 0700) reaches the server, so the socket itself may trust.
        (draft / "pg_hba.conf").write_text("local all all trust\n", encoding="ascii")
        if self._user is not None:
            os.chown(draft / "pg_hba.conf", self._user.pw_uid, self._user.pw_gid)
        draft.rename(self.layout.data)

    def _refuse_other_version(self) -> None:
        stored = (self.layout.data / "PG_VERSION").read_text(encoding="ascii").strip()
        output = subprocess.run(  # noqa: S603  (our own command line)
            [str(self._programs / "postgres"), "--version"], capture_output=True, text=True, check=True, cwd="/"
        ).stdout
        ours = output.split()[-1].split(".")[0]
        if stored != ours:
            raise ClusterError(
                f"The data in {self.layout.data} was written by PostgreSQL {stored}, this Deskbell brings {ours}.\n"
                f"  Fix: start the Deskbell that wrote it, save with pg_dump, and load into a new data folder."
            )

    # --- running

    def start(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Start the server as our child and wait until it answers; create the database. Raises ClusterError.

        meanwhile: done while the server gets ready.
        """
        self.ensure_made()
        self._take()
        try:
            self._start(meanwhile)
        except BaseException:
            self.stop()
            raise

    def restart(self) -> None:
        """Start again after the server ended by itself. Raises ClusterError."""
        self._start(lambda: None)

    def _start(self, meanwhile: Callable[[], None]) -> None:
        end_orphan(self.layout)
        deadline = time.monotonic() + START_SECONDS
        while True:
            remove_stale_locks(self.layout)
            self._spawn()
            meanwhile()
            if self._wait_ready(deadline):
                break
            # Backends of a killed server may hold its shared memory for a moment longer.
            if "shared memory block" not in self._last_words() or time.monotonic() > deadline:
                raise ClusterError(f"The embedded PostgreSQL did not start:\n{self._last_words()}")
            time.sleep(0.3)
        if not self._throwaway:
            self._ensure_database()

    def _spawn(self) -> None:
        options = _OPTIONS | (_THROWAWAY if self._throwaway else {})
        command = [str(self._programs / "postgres"), "-D", str(self.layout.data), "-k", str(self.layout.run)]
        command += ["-p", str(PORT)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.layout.log.open("wb") as log:
            self.process = spawn(
                command,
                env=self._environment(),
                cwd=self.layout.home,
                output=log,
                user=None if self._user is None else self._user.pw_uid,
                group=None if self._user is None else self._user.pw_gid,
                death_signal=signal.SIGINT,  # PostgreSQL's fast shutdown
            )

    def _wait_ready(self, deadline: float) -> bool:
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                return False
            if self.answers():
                return True
            time.sleep(0.03)
        return False

    def answers(self) -> bool:
        """Whether a server accepts connections here, whoever started it."""
        if not self.layout.socket.exists():
            return False
        try:
            with psycopg.connect(self.layout.url("postgres", SUPERUSER), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    def stop(self, fast_until: float | None = None, immediate_until: float | None = None) -> None:
        """Fast shutdown until one time, by time.monotonic; then immediate until another; then kill.

        All three lose nothing that was committed: the latter two cost a replay of the log at the next start.
        """
        process, self.process = self.process, None
        if process is not None:
            fast = time.monotonic() + FAST_SECONDS if fast_until is None else fast_until
            _end(process, fast, fast + IMMEDIATE_SECONDS if immediate_until is None else immediate_until)
        self._lock.release()

    def abandon(self) -> None:
        """Immediate shutdown without waiting for it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Started for the length of a block."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def remove(self) -> None:
        """Delete a stopped throwaway cluster."""
        shutil.rmtree(self.layout.home, ignore_errors=True)
        shutil.rmtree(self.layout.run, ignore_errors=True)

    # --- inside

    def _ensure_database(self) -> None:
        with psycopg.connect(self.layout.url("postgres", SUPERUSER), autocommit=True) as connection:
            role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE]).fetchone()
            if role is None:
                connection.execute("CREATE ROLE deskbell LOGIN")
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found is None:
                statement = psycopg.sql.SQL(_CREATE).format(
                    name=psycopg.sql.Identifier(DATABASE), owner=psycopg.sql.Identifier(DATABASE)
                )
                connection.execute(statement)

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.layout.home)}

    def _last_words(self) -> str:
        try:
            return self.layout.log.read_text(encoding="utf-8", errors="replace")[-2000:].strip()
        except OSError:
            return ""

    _user: pwd.struct_passwd | None = None
    _programs: Path = Path()


def _end(process: "subprocess.Popen[bytes]", fast_until: float, immediate_until: float) -> None:
    """Each signal in turn, with the time until the next."""
    for number, until in ((signal.SIGINT, fast_until), (signal.SIGQUIT, immediate_until)):
        if process.poll() is None:
            process.send_signal(number)
        while time.monotonic() < until:
            if process.poll() is not None:
                return
            time.sleep(0.01)
    process.kill()
    process.wait(IMMEDIATE_SECONDS)
