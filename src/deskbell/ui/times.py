"""Times and sizes as people say them, in the viewer's zone and language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError, dates, numbers
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext
from markupsafe import Markup, escape

from deskbell.kernel.api import clock
from deskbell.ui.patterns import formatted

MINUTE, HOUR, DAY = 60, 3600, 86400
# Beyond these a bigger unit says it better: 100 min, but 26 h rather than 1 d, then days.
MINUTES_UP_TO, HOURS_UP_TO = 100 * MINUTE, 48 * HOUR
WEEK = 7


class _Here(NamedTuple):
    """What a moment is told by."""

    now: datetime
    zone: tzinfo
    today: date
    language: str


_held: ContextVar[_Here | None] = ContextVar("deskbell_drawing", default=None)


def _here() -> _Here:
    return _held.get() or _asked()


def _asked() -> _Here:
    now, zone = clock.now(), timezone.get_current_timezone()
    return _Here(now, zone, now.astimezone(zone).date(), translation.get_language() or "en")


@contextmanager
def drawing() -> Iterator[None]:
    """Ask only once, while a page is drawn, what its filters tell moments by: one page tells a hundred."""
    token = _held.set(_asked())
    try:
        yield
    finally:
        _held.reset(token)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    # Plain "en" is American in CLDR; the interface speaks international English (24 h, day first).
    if language == "en":
        return Locale.parse("en_GB")
    try:
        return Locale.parse(translation.to_locale(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def current_locale() -> Locale:
    """Return the Babel locale of the language Django has activated."""
    return _locale(translation.get_language() or "en")


@lru_cache(maxsize=5000)
def _exact(value: datetime, zone: tzinfo, locale: Locale) -> str:
    """Weekday, date, time and zone, for the title shown on hover; a list shows the same moments again and again."""
    local = value.astimezone(zone)
    written = formatted(local, "EEE d MMM y HH:mm", locale)
    return f"{written} {_zone_name(local.tzinfo, local.utcoffset(), local.tzname(), locale)}"


@lru_cache(maxsize=1000)
def _zone_name(zone: tzinfo | None, offset: timedelta | None, name: str | None, locale: Locale) -> str:
    # A zone is called otherwise in summer, which its offset and abbreviation tell.
    moment = clock.now().astimezone(zone)
    for months in range(12):
        day = moment + timedelta(days=30 * months)
        if day.utcoffset() == offset and day.tzname() == name:
            return str(dates.get_timezone_name(day, "short", locale=locale))
    return name or ""


def said(value: datetime) -> str:
    """Return the time as people say it: 10:12 today, Yesterday 17:40, Tue 09:00, 14 Nov, 14 Nov 2025."""
    _now, zone, today, language = _asked()
    return _said(value.astimezone(zone), today, _locale(language))


def _said(local: datetime, today: date, locale: Locale) -> str:
    clock_time = formatted(local, "HH:mm", locale)
    days = (today - local.date()).days
    if days == 0:
        return clock_time
    if days == 1:
        return gettext("Yesterday %(time)s") % {"time": clock_time}
    if days == -1:
        return gettext("Tomorrow %(time)s") % {"time": clock_time}
    if abs(days) < WEEK:
        return f"{formatted(local, 'EEE', locale)} {clock_time}"
    return _day(local.date(), today, locale)


def _day(value: date, today: date, locale: Locale) -> str:
    """A date without its year if that is this year's."""
    return _by_skeleton(value, "MMMd" if value.year == today.year else "yMMMd", locale)


@lru_cache(maxsize=2000)
def _by_skeleton(value: date, skeleton: str, locale: Locale) -> str:
    return str(dates.format_skeleton(skeleton, value, locale=locale))


def day_heading(value: datetime) -> str:
    """Return the heading above a day's messages: Today, Yesterday, Tuesday 14 November."""
    _now, zone, today, language = _here()
    local = value.astimezone(zone).date()
    if local == today:
        return gettext("Today")
    if local == today - timedelta(days=1):
        return gettext("Yesterday")
    skeleton = "MMMMEEEEd" if local.year == today.year else "yMMMMEEEEd"
    return _by_skeleton(local, skeleton, _locale(language))


def duration(seconds: float) -> str:
    """Return a length of time in its one fitting unit: now, 4 min, 26 h, 3 d."""
    return _duration(translation.get_language() or "en", int(abs(seconds) // MINUTE))


@lru_cache(maxsize=5000)
def _duration(_language: str, minutes: int) -> str:
    length = minutes * MINUTE
    if length < MINUTE:
        return gettext("under 1 min")
    if length < MINUTES_UP_TO:
        return gettext("%(minutes)d min") % {"minutes": length // MINUTE}
    if length < HOURS_UP_TO:
        return gettext("%(hours)d h") % {"hours": length // HOUR}
    return gettext("%(days)d d") % {"days": length // DAY}


@lru_cache(maxsize=5000)
def _drawn(value: datetime, zone: tzinfo, language: str, text: str, relative: str = "") -> Markup:
    # A list shows the same moments again and again, and "6 d" is true for a day.
    mark = f' data-relative="{relative}"' if relative else ""
    stamp = value.astimezone(UTC).isoformat()
    title = escape(_exact(value, zone, _locale(language)))
    return Markup(f'<time datetime="{stamp}" title="{title}"{mark}>{escape(text)}</time>')  # noqa: S704  escaped


def datetime_filter(value: datetime | None, style: str = "said") -> Markup:
    """Return a `<time>`; style is said, exact, time, date or full. Nothing for None."""
    if value is None:
        return Markup()
    _now, zone, today, language = _here()
    return _shown(value, style, zone, today, language)


@lru_cache(maxsize=5000)
def _shown(value: datetime, style: str, zone: tzinfo, today: date, language: str) -> Markup:
    locale, local = _locale(language), value.astimezone(zone)
    match style:
        case "said":
            text = _said(local, today, locale)
        case "exact":
            text = _exact(value, zone, locale)
        case "time":
            text = formatted(local, "HH:mm", locale)
        case "date":
            text = _day(local.date(), today, locale)
        case "full":
            text = str(dates.format_datetime(local, "medium", locale=locale))
        case _:
            raise ValueError(f"Unknown style of time: {style!r}")
    return _drawn(value, zone, language, text)


def ago(value: datetime | None) -> Markup:
    """Return how long ago, kept current in the browser: 4 min, 26 h, 3 d. Nothing for None."""
    if value is None:
        return Markup()
    now, zone, _today, language = _here()
    seconds = (now - value).total_seconds()
    text = gettext("now") if seconds < MINUTE else _duration(language, int(seconds // MINUTE))
    return _drawn(value, zone, language, text, "ago")


def due(value: datetime | None) -> Markup:
    """Return the time left or exceeded, kept current in the browser: in 40 min, 2 h over."""
    if value is None:
        return Markup()
    now, zone, _today, language = _here()
    seconds = (value - now).total_seconds()
    pattern = gettext("in %(duration)s") if seconds >= 0 else gettext("%(duration)s over")
    text = pattern % {"duration": duration(seconds)}
    return _drawn(value, zone, language, text, "due")


def relative_patterns() -> dict[str, str]:
    """Return the strings the browser needs to keep relative times current, `{n}` being the number."""
    hole = {"minutes": 0, "hours": 0, "days": 0}
    return {
        "now": gettext("now"),
        "under": gettext("under 1 min"),
        "minutes": (gettext("%(minutes)d min") % hole).replace("0", "{n}"),
        "hours": (gettext("%(hours)d h") % hole).replace("0", "{n}"),
        "days": (gettext("%(days)d d") % hole).replace("0", "{n}"),
        "in": gettext("in %(duration)s") % {"duration": "{n}"},
        "over": gettext("%(duration)s over") % {"duration": "{n}"},
    }


def number(value: float) -> str:
    """Return the number with the language's separators."""
    return _number(value, current_locale())


@lru_cache(maxsize=2000, typed=True)
def _number(value: float, locale: Locale) -> str:
    return str(numbers.format_decimal(value, locale=locale))


def count(value: int, limit: int = 999) -> str:
    """Return a count for a badge, exact up to the limit: 12, 999, 999+."""
    return number(value) if value <= limit else gettext("%(limit)s+") % {"limit": number(limit)}


def filesize(value: int) -> str:
    """Return a size given in bytes as people say it: 812 B, 14 kB, 3.2 MB (powers of 1000)."""
    kilo, ten = 1000, 10
    units = (pgettext("bytes", "B"), gettext("kB"), gettext("MB"), gettext("GB"))
    size, unit = float(value), 0
    while size >= kilo and unit < len(units) - 1:
        size, unit = size / kilo, unit + 1
    digits = "0.0" if unit and size < ten else "0"
    return f"{numbers.format_decimal(size, digits, locale=current_locale())} {units[unit]}"
