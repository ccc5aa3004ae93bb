"""`deskbell mail deliver`."""

import sys
from collections import Counter
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from deskbell.config.cli import output
from deskbell.config.cli.bootstrap import reachable_database, set_up_django
from deskbell.config.installation.beside import load_settings_beside
from deskbell.config.mail_files import StoredMail, count_mail, read_mail

_OUTCOMES = {
    "created": "New ticket",
    "appended": "Added to a ticket",
    "parked": "Parked",
    "duplicate": "Known already",
    "dismissed": "Set aside",
    "received": "Stored, not yet taken in",
    "failed": "Failed",
}


@click.group
def mail() -> None:
    """Feed stored mail through the intake."""


@mail.command(short_help="Feed .eml files, mbox files and Maildir folders.")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE…", type=click.Path(exists=True, readable=True, path_type=Path)
)
@click.option("--to", "recipient", default="", help="Address it is to count as delivered to. Default: as it says.")
def deliver(files: tuple[Path, ...], recipient: str) -> None:
    """Feed messages through the real intake: single messages (.eml), mbox files, Maildir folders.

    Prints what became of each kind. Exit code 1 when a message was lost, which means: not even parked.
    """
    settings = load_settings_beside()
    with reachable_database(settings):
        set_up_django()
        outcomes = _deliver_all(files, recipient)
    _show(outcomes)
    sys.exit(1 if any(outcome == "failed" for outcome, _reason in outcomes) else 0)


def _deliver_all(files: tuple[Path, ...], recipient: str) -> Counter[tuple[str, str]]:
    """How many messages ended in which outcome, by outcome and reason."""
    outcomes: Counter[tuple[str, str]] = Counter()
    columns = (TextColumn("Delivering"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=output.console, transient=True) as bar:
        task = bar.add_task("", total=sum(count_mail(path) for path in files))
        for path in files:
            for stored in read_mail(path):
                outcomes[_deliver_one(stored, recipient)] += 1
                bar.advance(task)
    return outcomes


def _deliver_one(stored: StoredMail, recipient: str) -> tuple[str, str]:
    from deskbell.channels import api as channels

    try:
        result = channels.deliver_raw(stored.raw, recipient=recipient)
    except Exception as error:  # noqa: BLE001  (one bad message must not keep the others out)
        output.errors.print(f"{stored.source}: {type(error).__name__}: {error}", markup=False)
        return "failed", type(error).__name__
    if result.state == channels.InboundState.PROCESSED:
        return ("created" if result.is_new_ticket else "appended"), ""
    # Why it is known names the earlier message: a line of its own for each would drown the summary.
    return str(result.state), "" if result.state == channels.InboundState.DUPLICATE else result.reason


def _show(outcomes: Counter[tuple[str, str]]) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("What became of it")
    table.add_column("Why")
    table.add_column("Messages", justify="right")
    order = list(_OUTCOMES)
    for (outcome, reason), number in sorted(
        outcomes.items(), key=lambda item: (order.index(item[0][0]) if item[0][0] in order else 9, -item[1])
    ):
        table.add_row(_OUTCOMES.get(outcome, outcome), reason, str(number))
    table.add_section()
    table.add_row("All", "", str(outcomes.total()))
    output.console.print(table)
