"""The style sheets every page loads, in order: layers first, utilities last."""

from functools import cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
FIRST = ("layers.css", "tokens.css")


@cache
def names() -> tuple[str, ...]:
    """Return the files' names; the cascade is settled by @layer, so only the layer list must be first."""
    rest = sorted(path.name for path in FOLDER.glob("*.css") if path.name not in FIRST)
    return FIRST + tuple(rest)


def stylesheets() -> list[str]:
    """Return the addresses of all style sheets in loading order."""
    return [static(f"ui/css/{name}") for name in names()]
