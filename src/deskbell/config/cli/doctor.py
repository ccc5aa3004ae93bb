"""`deskbell doctor`: what is wrong with this installation, and what to do about it."""

import json
import sys

import click
from rich.text import Text

from deskbell.config.cli import output
from deskbell.config.cli.bootstrap import reachable_database, set_up_django
from deskbell.config.diagnosis import Finding, run_checks
from deskbell.config.installation.beside import load_settings_beside
from deskbell.config.postgres import ClusterError

_SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "problem": ("✗", "red")}


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(*, as_json: bool) -> None:
    """Check database, migrations, workers, mailboxes, clock, disk and folders, and say what to do.

    Exit code 1 when there is a problem; warnings do not count.
    """
    settings = load_settings_beside()
    try:
        with reachable_database(settings):
            set_up_django()
            findings = run_checks(settings)
    except ClusterError as error:
        findings = [Finding("database", "problem", "The embedded database does not start.", str(error))]
    if as_json:
        click.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        _show(findings)
    sys.exit(1 if any(finding.state == "problem" for finding in findings) else 0)


def _show(findings: list[Finding]) -> None:
    for finding in findings:
        sign, colour = _SIGNS[finding.state]
        output.console.print(Text.assemble((f" {sign} ", colour), (f"{finding.check:<12}", "bold"), finding.text))
        for line in finding.advice.splitlines():
            output.console.print(Text(f"{'':15} → {line}"))
