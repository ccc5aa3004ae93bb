"""The demonstration's data: built once, thrown away on request."""

import shutil
import sys
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from deskbell.config.cli.output import console, trouble
from deskbell.config.installation.load import load_settings
from deskbell.config.installation.model import DeskbellSettings
from deskbell.config.postgres import Layout
from deskbell.config.postgres.processes import end_orphan


def build() -> None:
    """Build the organisation if it is not there yet, with a bar that says how far it is."""
    from deskbell.demo import api

    if api.is_built():
        return
    mark = _unfinished(load_settings())
    mark.touch()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("Building the organisation", total=1.0)

        def progress(done: float, what: str) -> None:
            """`done` from 0 to 1; `what` is being made."""
            bar.update(task, completed=done, description=what)

        try:
            api.build(progress)
        except api.NotEmpty as error:
            mark.unlink()
            trouble(str(error), "Start it with an empty one: ./deskbell demo --fresh")
            sys.exit(2)
    mark.unlink()


def _unfinished(settings: DeskbellSettings) -> Path:
    """Stands in the data folder while the organisation is being built."""
    return settings.place / "building"


def throw_away_unfinished(settings: DeskbellSettings) -> None:
    """Begin anew when the last start was ended in the middle of building. The caller holds the folder's lock."""
    if settings.database_url is None and _unfinished(settings).exists():
        throw_away(settings)


def throw_away(settings: DeskbellSettings) -> None:
    """Empty the demonstration's data folder and its database. The caller holds the folder's lock."""
    assert settings.demo
    layout = Layout.below(settings.place)
    end_orphan(layout)
    shutil.rmtree(layout.home, ignore_errors=True)
    for entry in settings.place.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()
