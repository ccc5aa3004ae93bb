"""`deskbell search rebuild`."""

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from deskbell.config.cli import output
from deskbell.config.cli.bootstrap import reachable_database, set_up_django
from deskbell.config.installation.beside import load_settings_beside


@click.group
def search() -> None:
    """Look after the search index."""


@search.command
@click.option("--anew", is_flag=True, help="Begin at the first record, even if an earlier rebuild was cut off.")
def rebuild(*, anew: bool) -> None:
    """Write all search documents anew. The desk may run meanwhile; cut off, it goes on where it was."""
    settings = load_settings_beside()
    with reachable_database(settings):
        set_up_django()
        from deskbell.search import api

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        for source in api.sources:
            with Progress(*columns, console=output.console) as progress:
                bar = progress.add_task(source.subject_type, total=source.count())

                def tell(count: int, bar: object = bar, progress: Progress = progress) -> None:
                    progress.advance(bar, count)  # type: ignore[arg-type]

                written = api.rebuild(source.subject_type, anew=anew, progress=tell)
            output.console.print(f"{written} documents were written.")
        output.console.print("Packing the index. The desk may run meanwhile.")
        api.pack()
