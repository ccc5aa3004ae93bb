"""What every page loads: style sheets in order (layers first), and the modules behind its one script."""

from functools import cache, lru_cache
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


def stylesheets() -> tuple[str, ...]:
    """Return the addresses of all style sheets in loading order."""
    return _addresses("ui/css", names(), static(f"ui/css/{FIRST[0]}"))


@cache
def _module_names() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in SCRIPTS.glob("*.js") if path.name != ENTRY))


def modules() -> tuple[str, ...]:
    """Return the addresses of the modules `deskbell.js` imports, so that they are fetched at once, not in turn."""
    return _addresses("ui/js", _module_names(), static(f"ui/js/{ENTRY}"))


@lru_cache(maxsize=8)
def _addresses(folder: str, files: tuple[str, ...], _as_now: str) -> tuple[str, ...]:
    # _as_now: one address as it is at the moment; other storage (in a test), other addresses.
    return tuple(static(f"{folder}/{name}") for name in files)
