"""What is printed once the desk answers."""

from deskbell.config.cli.output import console
from deskbell.config.installation.model import DeskbellSettings


def desk(settings: DeskbellSettings) -> None:
    """The address, and the link to set up a desk that nobody administers yet."""
    console.print(f"\n  Deskbell is open at [bold]{settings.address}[/]")
    link = _setup_link()
    if link:
        console.print(f"  Nobody administers it yet. Set it up here (works once): [bold]{link}[/]")
    console.print("  Ctrl-C stops everything.\n")


def _setup_link() -> str:
    from deskbell.config.cli.user import setup_address
    from deskbell.people import api as people

    return "" if people.has_administrator() else setup_address(people.create_setup_link())


def demo(settings: DeskbellSettings) -> None:
    """The address, who can sign in, and how to write to the desk."""
    from deskbell.demo import api

    console.print(f"\n  The demonstration is open at [bold]{settings.address}[/]\n")
    for line in api.introduction():
        console.print(f"  {line}", markup=False)
    console.print("\n  Ctrl-C stops everything; the data stays for the next start.\n")
