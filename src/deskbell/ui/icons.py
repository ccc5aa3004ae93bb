"""Inline icons: one set (Lucide), drawn into the page so that they take the text's colour."""

import json
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup, escape

ICONS_FILE = Path(__file__).parent / "static" / "vendor" / "lucide@1.62.0" / "icons.json"


class UnknownIconError(LookupError):
    """The name is not in the set: add it to tools/vendor/icons.txt and run tools/vendor/build.sh."""


@cache
def drawings() -> dict[str, str]:
    """Return the inner SVG markup of each icon by its Lucide name."""
    loaded: dict[str, str] = json.loads(ICONS_FILE.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1000)
def icon(name: str, size: int = 16, label: str | None = None) -> Markup:
    """Return the icon as inline SVG, `size` pixels square (16 and 20 are the house sizes).

    Its strokes are those of `.icon` in base.css.

    Without a label the icon is hidden from screen readers, so a text must stand beside it.
    Raises `UnknownIconError` for a name outside the set.
    """
    try:
        inner = drawings()[name]
    except KeyError:
        raise UnknownIconError(f"No icon named {name!r}") from None
    naming = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704  the drawing is our own file, the label is escaped
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" {naming}>{inner}</svg>'
    )
