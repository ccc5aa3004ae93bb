"""Checks that every string can be extracted for translation: `python -m deskbell.config.extraction`.

Uses Babel, so that no gettext programs are needed. Placeholders must be named, or translators cannot reorder them.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

SOURCE = Path(__file__).parents[1]
METHODS = [
    ("**/tests/**", "ignore"),
    ("**.py", "python"),
    ("**/jinja2/**.html", "jinja2"),
    ("**/jinja2/**.txt", "jinja2"),
]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# %s or {} inside a message; %% and named ones are fine.
_UNNAMED = re.compile(r"(?<!%)%[sd]|\{\}")


def problems(root: Path = SOURCE) -> Iterator[str]:
    """What stands in the way, with file and line."""
    options = {"**/jinja2/**.html": {"trimmed": "true", "silent": "false"}}
    found = 0
    for name, line, message, _comments, _context in extract_from_dir(
        root, METHODS, options, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found += 1
        for text in message if isinstance(message, tuple) else (message,):
            if text and _UNNAMED.search(text):
                yield f"{name}:{line}: name the placeholder in {text!r}"
    if not found:
        yield "no string was found at all"


if __name__ == "__main__":
    bad = list(problems())
    print("\n".join(bad) or "All strings can be extracted.")  # noqa: T201  (a check run by people)
    sys.exit(bool(bad))
