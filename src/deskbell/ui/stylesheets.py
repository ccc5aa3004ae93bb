"""What every page loads: style sheets in order (layers first), and the modules behind its one script."""

from functools import cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
SCRIPTS = FOLDER.parent / "js"
ENTRY = "deskbell.js"
FIRST = ("layers.css", "tokens.css")


@cache
def names() -> tuple[str, ...]:
    """Return the files' names; the cascade is settled by @layer, so only the layer list must be first."""
    rest = sorted(path.name for path in FOLDER.glob("*.css") if path.name not in FIRST)
    return FIRST + tuple(rest)


def stylesheets() -> list[str]:
    """Return the addresses of all style sheets in loading order."""
    return [static(f"ui/css/{name}") for name in names()]


@cache
def _module_names() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in SCRIPTS.glob("*.js") if path.name != ENTRY))


def modules() -> list[str]:
    """Return the addresses of the modules `deskbell.js` imports, so that they are fetched at once, not in turn."""
    return [static(f"ui/js/{name}") for name in _module_names()]
