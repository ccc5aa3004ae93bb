"""The one rule for text that comes in from outside: kept as it is, except for what PostgreSQL cannot store.

NUL characters and lone surrogates (halves of a character, mostly from broken mail) are dropped; RTL marks,
emoji, control characters and anything that looks like code stay.
"""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without NUL characters and lone surrogates."""
    if "\x00" not in text:
        try:
            text.encode()  # a thirtieth of the time of looking at each character
        except UnicodeEncodeError:
            pass
        else:
            return text
    return _UNSTORABLE.sub("", text)


def one_line(text: str, longest: int) -> str:
    """The storable text on one line with single spaces, cut to `longest` characters."""
    return " ".join(storable(text).split())[:longest]


def storable_json(value: object) -> object:
    """A JSON value with every text in it (keys too) made storable."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(inner) for inner in value]
    return value
