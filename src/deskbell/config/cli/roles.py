"""`deskbell web | worker | intake`: one role alone, for installations on many machines."""

import os
from collections.abc import Callable

import click

from deskbell.config.children import share_arenas, take_name
from deskbell.config.cli.bootstrap import become, set_up_django
from deskbell.config.installation.load import RoleName, ensure_secret_key, load_settings
from deskbell.config.installation.model import DeskbellSettings


def work_of(name: RoleName) -> Callable[[], None]:
    """What a copy of a process that has loaded everything does to be this role."""

    def work() -> None:
        become(name)
        _RUN[name]()

    return work


def _run_web() -> None:
    from deskbell.config.web.server import serve_one

    serve_one(load_settings())


def _run_worker() -> None:
    from deskbell.config.worker import run

    run()


def _run_intake() -> None:
    from deskbell.config.intake import run

    run()


_RUN = {"web": _run_web, "worker": _run_worker, "intake": _run_intake}


def _load_as(name: str) -> DeskbellSettings:
    # Before the settings are read: they depend on it (a pool of connections for web and worker, none elsewhere).
    os.environ["DESKBELL_ROLE"] = name
    take_name(f"deskbell {name}")
    share_arenas()
    settings = load_settings()
    ensure_secret_key(settings)
    set_up_django()
    return settings


@click.command
@click.option("--one", is_flag=True, hidden=True)  # by the supervisor, which starts as many as there are to be
def web(*, one: bool) -> None:
    """Run only the web server, on DESKBELL_LISTEN_HOST and DESKBELL_LISTEN_PORT.

    Needs DATABASE_URL, or a `deskbell up` on the same data folder. Run `deskbell manage migrate` first.
    """
    settings = _load_as("web")
    from deskbell.config.static_files import collect

    collect()
    if one:
        _run_web()
    else:
        from deskbell.config.web.server import serve

        serve(settings)


@click.command
def worker() -> None:
    """Run only the background jobs. Start as many as there is work for."""
    _load_as("worker")
    _run_worker()


@click.command
def intake() -> None:
    """Run only the mail intake: mailboxes, SMTP and LMTP. One is enough; a second one waits."""
    _load_as("intake")
    _run_intake()
