"""`deskbell version`."""

import platform

import click

from deskbell import __version__


@click.command
def version() -> None:
    """Print the version of Deskbell and of Python."""
    click.echo(f"Deskbell {__version__} (Python {platform.python_version()})")
