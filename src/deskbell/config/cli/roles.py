"""`deskbell web | worker | intake`: one role alone, for installations on many machines."""

import os

import click

from deskbell.config.cli.bootstrap import set_up_django
from deskbell.config.installation.load import ensure_secret_key, load_settings


def _become(name: str) -> None:
    # Before the settings are read: they depend on it (a pool of connections for the web, none elsewhere).
    os.environ["DESKBELL_ROLE"] = name


@click.command
def web() -> None:
    """Run only the web server, on DESKBELL_LISTEN_HOST and DESKBELL_LISTEN_PORT.

    Needs DATABASE_URL, or a `deskbell up` on the same data folder. Run `deskbell manage migrate` first.
    """
    _become("web")
    settings = load_settings()
    ensure_secret_key(settings)
    from deskbell.config.static_files import collect
    from deskbell.config.web.server import serve

    set_up_django()
    collect()
    serve(settings)


@click.command
def worker() -> None:
    """Run only the background jobs. Start as many as there is work for."""
    _become("worker")
    load_settings()
    set_up_django()
    from deskbell.config.worker import run

    run()


@click.command
def intake() -> None:
    """Run only the mail intake: mailboxes, SMTP and LMTP. One is enough; a second one waits."""
    _become("intake")
    load_settings()
    set_up_django()
    from deskbell.config.intake import run

    run()
