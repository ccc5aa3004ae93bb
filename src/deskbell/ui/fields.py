"""The options of a list to choose from, of which a page may draw hundreds."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape


def options_html(options: Iterable[tuple[Any, Any]], value: Any = None) -> Markup:
    """Return `<option>`s of (value, words), or of (group, [(value, words), …]); `value` is the chosen one."""
    chosen = str(value)
    parts = []
    for key, words in options:
        if isinstance(words, list | tuple):
            parts.append(f'<optgroup label="{escape(key)}">{options_html(words, value)}</optgroup>')
        else:
            mark = " selected" if str(key) == chosen else ""
            parts.append(f'<option value="{escape(key)}"{mark}>{escape(words)}</option>')
    return Markup("".join(parts))  # noqa: S704  escaped above
