"""The command `deskbell` and its subcommands, each loaded when it is used."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click
from typing_extensions import override

from deskbell import __version__
from deskbell.config.trouble import Trouble

# Name, module below `deskbell.config.cli`, and the line of help (so that --help loads nothing).
COMMANDS = {
    "up": ("start", "Start the desk: database, web, workers and mail intake."),
    "demo": ("start", "Start a demonstration with a made-up organisation."),
    "doctor": ("doctor", "Check the installation and say what to do."),
    "user": ("user", "Add people from the command line."),
    "mail": ("mail", "Feed stored mail through the intake."),
    "search": ("search", "Look after the search index."),
    "web": ("roles", "Run only the web server."),
    "worker": ("roles", "Run only the background jobs."),
    "intake": ("roles", "Run only the mail intake."),
    "manage": ("manage", "Run a management command of Django."),
    "bench": ("bench", "Measure how fast this Deskbell is, on large made-up desks."),
    "test": ("testing", "Run the tests of Deskbell itself."),
    "version": ("version", "Print the version."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"deskbell.config.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="Deskbell", message="%(prog)s %(version)s")
def deskbell() -> None:
    """Deskbell, a service desk.

    Settings come from environment variables (DESKBELL_…) or one file, deskbell.toml;
    docs/configuration.md lists them. `deskbell COMMAND --help` explains a command.
    """


def run(arguments: Sequence[str] | None = None) -> None:
    """Run a command. Exit code 2: the command line or a setting is wrong; 1: what was asked for failed."""
    try:
        deskbell.main(args=None if arguments is None else list(arguments), prog_name="deskbell")
    except Trouble as error:
        from deskbell.config.cli import output

        output.trouble(error.headline, str(error))
        sys.exit(error.exit_code)
