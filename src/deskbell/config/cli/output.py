"""What the command line prints: plain words, colour only where somebody looks."""

import sys
import threading

from rich.console import Console
from rich.markup import escape
from rich.text import Text

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

_COLOURS = {"web": "cyan", "worker": "green", "intake": "magenta", "deskbell": "yellow"}
_writing = threading.Lock()


def trouble(headline: str, details: str) -> None:
    """An error a person can act on, without a traceback."""
    errors.print(Text(headline, style="bold red"))
    for line in details.splitlines():
        errors.print(Text(f"  {line}"))


def log(source: str, line: str) -> None:
    """One line of a child process, with where it came from."""
    with _writing:
        if sys.stdout.isatty():
            console.print(f"[{_COLOURS.get(source, 'white')}]{source:>8}[/] │ {escape(line)}")
        else:
            sys.stdout.write(f"{source:>8} | {line}\n")
            sys.stdout.flush()
