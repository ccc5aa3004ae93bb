"""`deskbell bench`: large made-up desks, and how fast this Deskbell is on them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.status import Status

from deskbell.bench import api
from deskbell.config.cli import output
from deskbell.config.installation.load import load_settings, make_private
from deskbell.config.postgres import Cluster, Layout
from deskbell.config.trouble import Trouble

LEAST, MOST = 100, 20_000_000  # tickets of a bench desk


class BenchTrouble(Trouble):
    headline = "The bench stopped."


@contextmanager
def _server() -> Iterator[tuple[api.Server, Path]]:
    """The server of DATABASE_URL, or an embedded one in a folder of its own; and a folder for what the bench keeps."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the desk and the database end with us
    settings = load_settings()
    place = settings.place / "bench"
    make_private(place)
    with _in_words():
        if settings.database_url is not None:
            yield api.Server(settings.database_url.get_secret_value()), place
            return
        layout = Layout.below(place)
        with output.console.status("Starting the database …"):
            cluster = Cluster(layout)
            cluster.start()
        try:
            yield api.Server(layout.url("postgres", "postgres")), place
        finally:
            cluster.stop()


@contextmanager
def _in_words() -> Iterator[None]:
    """What the bench could not do, for people."""
    try:
        yield
    except api.BenchError as error:
        raise BenchTrouble(str(error)) from error


def _sizes(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    try:
        sizes = [int(word.replace("_", "")) for word in value.split(",") if word.strip()]
    except ValueError:
        raise click.BadParameter("Write numbers of tickets, separated by commas, like 20000,200000.") from None
    if not sizes or min(sizes) < LEAST or max(sizes) > MOST:
        raise click.BadParameter("A desk has from 100 to 20,000,000 tickets.")
    return sizes


def _only(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(word.strip() for word in value.split(",") if word.strip())
    unknown = [name for name in names if name not in api.CASES]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: choose from {', '.join(api.CASES)}.")
    return names or api.CASES


@click.group
def bench() -> None:
    """Load large made-up desks and measure pages, actions, mail, live updates, memory and disk on them.

    Desks are databases of their own (bench_desk_<tickets>) on the server of DATABASE_URL, or in an embedded
    PostgreSQL below the data folder; a real desk is never touched. docs/performance.md holds the figures.
    """


@bench.command(short_help="Load desks of so many tickets.")
@click.option("--tickets", "sizes", default="20000", callback=_sizes, show_default=True, help="One or several sizes.")
@click.option("--fresh", is_flag=True, help="Load anew what is there already.")
def load(*, sizes: list[int], fresh: bool) -> None:
    """Load desks with so many tickets, three to ten messages each; the same on every machine."""
    with _server() as (server, place):
        for tickets in sizes:
            _load(server, place, tickets, fresh=fresh)


def _load(server: api.Server, place: Path, tickets: int, *, fresh: bool = False) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=output.console, transient=True) as bar:
        task = bar.add_task(f"{tickets:,} tickets", total=1.0)

        def progress(done: float, what: str) -> None:
            bar.update(task, completed=done, description=f"{tickets:,} tickets: {what}")

        facts = api.ensure_loaded(server, place, tickets, progress, fresh=fresh)
    output.console.print(
        f"{tickets:,} tickets are there; making them took {facts['rows_seconds'] + facts['indexes_seconds']:.0f} s."
    )


@bench.command
@click.option("--sizes", default="20000", callback=_sizes, show_default=True, help="Desks, by numbers of tickets.")
@click.option("--only", default="", callback=_only, help=f"Some of: {', '.join(api.CASES)}.")
@click.option("--seconds", default=8.0, show_default=True, help="Length of each measurement with eight at once.")
@click.option("--rounds", default=80, show_default=True, help="Requests of each measurement with one at a time.")
@click.option("--listeners", default=500, show_default=True, help="Open streams a change has to reach.")
@click.option("--idle", default=5000, show_default=True, help="Streams one web process has to hold.")
@click.option("--mails", default=400, show_default=True, help="Messages taken in, by each way.")
@click.option("--profile", is_flag=True, help="Show where the time of each page goes: SQL, Python, template.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table of docs/performance.md at the end.")
def run(*, sizes: list[int], json_file: Path | None, as_markdown: bool, **wanted: Any) -> None:
    """Measure desks, loading those that are not there.

    Each figure stands beside the same SQL run bare in the same run. The table of docs/performance.md:
    deskbell bench run --sizes 20000,200000,1000000 --markdown
    """
    wishes = api.Wishes(**wanted)
    found = []
    machine = api.machine()
    with _server() as (server, place):
        for tickets in sizes:
            _load(server, place, tickets)
            with output.console.status("Measuring …") as status:
                figures = api.measure_desk(server, place, tickets, wishes, partial(_tell, status))
            api.show(_wide(), figures)
            found.append(figures)
            if json_file is not None:
                api.write_json(json_file, found, machine)  # hours of measuring are not lost with the next desk
    if as_markdown:
        click.echo(api.markdown(found))


@bench.command(short_help="Measure the pages of any running desk over HTTP.")
@click.argument("address", metavar="URL")
@click.option("--email", default="", help="Agent to sign in as; the password is read from DESKBELL_BENCH_PASSWORD.")
@click.option("--cookie", default="", help="A session's cookie instead, as in sessionid=….")
@click.option("--words", default="", help="Words to search for, separated by commas. Default: of subjects in the list.")
@click.option("--token", default="", help="API token for creating tickets; needs --create-in.")
@click.option("--create-in", "department", default=0, help="Department (its number) in which tickets are really made.")
@click.option("--seconds", default=8.0, show_default=True, help="Length of each measurement with eight at once.")
@click.option("--rounds", default=80, show_default=True, help="Requests of each measurement with one at a time.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there.")
def url(
    *, address: str, email: str, cookie: str, words: str, token: str, department: int, seconds: float, rounds: int,
    json_file: Path | None,
) -> None:  # fmt: skip
    """Measure the pages of any running desk over HTTP: queue, ticket page, search.

    Nothing is changed there, unless --token and --create-in ask for tickets to be created.
    """
    password = os.environ.get("DESKBELL_BENCH_PASSWORD", "")
    if not cookie and not (email and password):
        raise click.UsageError("Give --cookie, or --email with the password in DESKBELL_BENCH_PASSWORD.")
    access = api.Access(cookie=cookie, email=email, password=password, token=token, department=department)
    asked = [word.strip() for word in words.split(",") if word.strip()]
    with _in_words(), output.console.status("Measuring …"):
        figures = api.measure_url(address, access, api.Wishes(seconds=seconds, rounds=rounds), asked)
    api.show(_wide(), figures)
    if json_file is not None:
        api.write_json(json_file, [figures], api.machine())


def _tell(status: Status, what: str) -> None:
    """What is being measured: on a terminal in one line that goes away, elsewhere each with its time."""
    status.update(f"Measuring {what} …")
    if not output.console.is_terminal:
        click.echo(f"{datetime.now(UTC):%H:%M:%S} {what}", err=True)


def _wide() -> Console:
    """Tables keep their columns where nobody looks at a terminal."""
    return output.console if output.console.is_terminal else Console(width=150, highlight=False)
