"""Moments written after a CLDR pattern that was read once.

Babel reads pattern, calendar and numbers anew for every moment, and a queue shows a hundred. Fields beyond those below
are left to it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Literal

from babel import Locale, dates

Writer = Callable[[datetime], str]


def formatted(local: datetime, pattern: str, locale: Locale) -> str:
    """The moment in the zone it carries, as `babel.dates.format_datetime` writes it."""
    writers = _writers(pattern, locale)
    if writers is None:
        return str(dates.format_datetime(local, pattern, locale=locale))
    return "".join([writer(local) for writer in writers])


@lru_cache(maxsize=200)
def _writers(pattern: str, locale: Locale) -> tuple[Writer, ...] | None:
    if locale.default_numbering_system != "latn":
        return None
    found = []
    for kind, value in dates.tokenize_pattern(pattern):
        writer = _field(value[0], int(value[1]), locale) if kind == "field" else _constant(str(value))
        if writer is None:
            return None
        found.append(writer)
    return tuple(found)


def _constant(text: str) -> Writer:
    return lambda _moment: text


def _field(letter: str, width: int, locale: Locale) -> Writer | None:
    names = _WIDTHS.get(width)
    if letter == "E" and names:
        days = dict(dates.get_day_names(names, "format", locale))
        return lambda moment: days[moment.weekday()]
    if letter == "M" and names:
        months = dict(dates.get_month_names(names, "format", locale))
        return lambda moment: months[moment.month]
    return _NUMBERS.get((letter, width))


_WIDTHS: dict[int, Literal["abbreviated", "wide"]] = {3: "abbreviated", 4: "wide"}
_NUMBERS: dict[tuple[str, int], Writer] = {
    ("d", 1): lambda moment: str(moment.day),
    ("y", 1): lambda moment: str(moment.year),
    ("H", 2): lambda moment: f"{moment.hour:02d}",
    ("m", 2): lambda moment: f"{moment.minute:02d}",
}
