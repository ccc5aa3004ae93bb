"""`deskbell up` and `deskbell demo`: everything on one machine by one command."""

import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import click

from deskbell.config.children import leave, share_arenas
from deskbell.config.cli import announce, output
from deskbell.config.cli.bootstrap import migrate, set_up_application, set_up_pages
from deskbell.config.cli.prepared import is_prepared, mark_prepared
from deskbell.config.cli.roles import work_of
from deskbell.config.installation.beside import describe
from deskbell.config.installation.load import ensure_secret_key, load_settings, make_private
from deskbell.config.installation.model import DEMO_SMTP_PORT, DeskbellSettings
from deskbell.config.locks import LockedError, ProcessLock
from deskbell.config.ports import next_free_port
from deskbell.config.postgres import Cluster, Layout
from deskbell.config.processes import Role, Supervisor, role

WEB_SECONDS = 30.0


@click.command
def up() -> None:
    """Start the desk: database (embedded unless DATABASE_URL is set), web, workers and mail intake.

    Prints the address and, while nobody administers the desk, a link to set it up. Ctrl-C stops everything.
    """
    _choose_port("listen", "DESKBELL_LISTEN_PORT", load_settings().listen_host, load_settings().listen_port)
    _run(lambda: None, announce.desk)


@click.command
@click.option("--fresh", is_flag=True, help="Throw the demonstration's data away first and build it anew.")
def demo(*, fresh: bool) -> None:
    """Start a demonstration: a made-up organisation with people, tickets and mail, in a data folder of its own.

    Nothing leaves this machine: what the desk sends stays in its outbox. Ctrl-C stops everything.
    """
    os.environ["DESKBELL_DEMO"] = "1"
    load_settings.cache_clear()
    settings = load_settings()
    _choose_port("web", "DESKBELL_LISTEN_PORT", settings.listen_host, settings.listen_port)
    smtp = settings.smtp_in_port or DEMO_SMTP_PORT
    _choose_port("mail", "DESKBELL_SMTP_IN_PORT", settings.smtp_in_host, smtp)
    taken = load_settings().smtp_in_port
    outbox = max(settings.outbox_port, taken + 1)
    _choose_port("outbox", "DESKBELL_OUTBOX_PORT", "127.0.0.1", outbox)
    os.environ |= {
        "DESKBELL_SMTP_HOST": "127.0.0.1",
        "DESKBELL_SMTP_PORT": str(load_settings().outbox_port),
        "DESKBELL_SMTP_SECURITY": "none",
    }
    load_settings.cache_clear()
    from deskbell.config.cli.demo_data import build, throw_away, throw_away_unfinished

    _run(build, announce.demo, first=throw_away if fresh else throw_away_unfinished)


def _choose_port(what: str, variable: str, host: str, wanted: int) -> None:
    """Take the port, or the next free one and say so; our children read it from the environment."""
    try:
        port = next_free_port(host, wanted)
    except (LookupError, OSError) as error:
        output.trouble(f"{variable}: the desk cannot listen on {host}:{wanted}.", str(error))
        sys.exit(2)
    if port != wanted:
        output.console.print(f"Port {wanted} ({what}) is taken; using {port}.")
    os.environ[variable] = str(port)
    load_settings.cache_clear()


def _run(
    prepare: Callable[[], None],
    say_hello: Callable[[DeskbellSettings], None],
    *,
    first: Callable[[DeskbellSettings], None] | None = None,
) -> None:
    share_arenas()
    settings = load_settings()
    make_private(settings.place)
    cluster = Cluster(Layout.below(settings.place)) if settings.database_url is None else None
    supervisor = Supervisor(cluster, output.log)
    supervisor.handle_signals()
    lock = ProcessLock(settings.place / "lock")
    try:
        lock.acquire(**describe(settings))
    except LockedError as error:
        _already_running(settings, error)
    try:
        if first is not None:
            first(settings)
        ensure_secret_key(settings)
        _prepare(cluster, settings, prepare)
        supervisor.start(*_roles(settings))
        supervisor.watch(until=_answering(settings))
        if not supervisor.stopping:
            say_hello(settings)
            supervisor.watch()
    except KeyboardInterrupt:
        pass
    except BaseException:
        _stop(supervisor)
        raise
    _stop(supervisor)
    leave(0)


def _roles(settings: DeskbellSettings) -> list[Role]:
    web = [role("web", work_of("web"), "--one") for _number in range(settings.web_workers)]
    return [*web, *(role(name, work_of(name)) for name in ("worker", "intake"))]


def _prepare(cluster: Cluster | None, settings: DeskbellSettings, prepare: Callable[[], None]) -> None:
    """Load everything, and bring the database and the static files up to date, unless that was done before."""
    if cluster is None:
        set_up_pages()
    else:
        with output.console.status("Starting the database …"):
            cluster.start(meanwhile=set_up_pages)
    done = is_prepared(cluster, settings.place / "static")
    if not done:
        _prepare_database()
    prepare()
    if not done:
        mark_prepared(cluster)
    set_up_application()
    from django.db import connections

    connections.close_all()  # the roles are copies of this process, and a connection is nothing to share


def _already_running(settings: DeskbellSettings, error: LockedError) -> None:
    address = error.holder.get("address", "")
    output.trouble(
        f"Deskbell already runs from {settings.place} (process {error.holder.get('pid', 'unknown')}).",
        f"It answers at {address}\n" * bool(address)
        + "To start a second desk beside it, set DESKBELL_DATA_DIR to another folder.",
    )
    sys.exit(1)


def _prepare_database() -> None:
    with output.console.status("Bringing the database up to date …"):
        steps = migrate()
    if steps:
        output.console.print(f"The database is up to date ({steps} steps).")
    from deskbell.config.static_files import collect

    with output.console.status("Preparing the pages …"):
        collect()


def _answering(settings: DeskbellSettings) -> Callable[[], bool]:
    """Asks whether pages are served; after WEB_SECONDS the answer is yes, and the log says why it is not so."""
    host = "127.0.0.1" if settings.listen_host in {"0.0.0.0", ""} else settings.listen_host  # noqa: S104
    host = "::1" if host == "::" else host
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.listen_port}/healthz"
    deadline = time.monotonic() + WEB_SECONDS

    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return True
        except urllib.error.HTTPError:
            return True  # it answers; what it says about the host name is not asked here
        except OSError:
            return time.monotonic() > deadline

    return answers


def _stop(supervisor: Supervisor) -> None:
    output.console.print("Stopping …")
    supervisor.stop()
    output.console.print("Stopped.")
