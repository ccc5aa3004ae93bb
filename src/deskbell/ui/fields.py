"""The options of a list to choose from, of which a page may draw hundreds."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape


def options_html(options: Iterable[tuple[Any, Any]], value: Any = None) -> Markup:
    """Return `<option>`s of (value, words), or of (group, [(value, words), …]); `value` is the chosen one."""
    known = tuple(options)
    # Lists of plain words are the same on page after page; what is translated late or grouped is drawn each time.
    if all(type(each[0]) in _PLAIN and type(each[1]) is str for each in known):
        return _drawn(known, str(value))
    return _options(known, str(value))


_PLAIN = (int, str)


@lru_cache(maxsize=300)
def _drawn(options: tuple[tuple[Any, Any], ...], chosen: str) -> Markup:
    return _options(options, chosen)


def _options(options: Iterable[tuple[Any, Any]], chosen: str) -> Markup:
    parts = []
    for key, words in options:
        if isinstance(words, list | tuple):
            parts.append(f'<optgroup label="{escape(key)}">{_options(words, chosen)}</optgroup>')
        else:
            mark = " selected" if str(key) == chosen else ""
            parts.append(f'<option value="{escape(key)}"{mark}>{escape(words)}</option>')
    return Markup("".join(parts))  # noqa: S704  escaped above
