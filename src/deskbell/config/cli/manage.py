"""`deskbell manage …`: Django's management commands."""

import sys

import click

from deskbell.config.cli.bootstrap import reachable_database, set_up_django
from deskbell.config.cli.prepared import forget
from deskbell.config.installation.beside import load_settings_beside
from deskbell.config.postgres import Cluster, Layout

# These work on files only, so no database is started for them.
_CHANGES_SCHEMA = {"migrate", "flush", "createcachetable"}
_WITHOUT_DATABASE = {"", "help", "check", "collectstatic", "makemessages", "describe_settings", "findstatic"}


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a management command of Django, such as `deskbell manage migrate` or `deskbell manage shell`.

    The embedded database is started for the command when no `deskbell up` runs.
    """
    settings = load_settings_beside()
    words = ["help"] if arguments in {(), ("--help",), ("-h",)} else list(arguments)
    from django.core.management import execute_from_command_line

    set_up_django()
    command = ["deskbell manage", *words]
    if words[0] in _WITHOUT_DATABASE or "--help" in words:
        execute_from_command_line(command)
    else:
        with reachable_database(settings):
            if words[0] in _CHANGES_SCHEMA:
                forget(Cluster(Layout.below(settings.place)))
            execute_from_command_line(command)
    sys.exit(0)
