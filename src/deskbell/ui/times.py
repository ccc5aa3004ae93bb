"""Times and sizes as people say them, in the viewer's zone and language."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

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


def _local(value: datetime) -> datetime:
    return value.astimezone(timezone.get_current_timezone())


def exact(value: datetime) -> str:
    """Return weekday, date, time and zone of an aware time, for the title shown on hover."""
    return _exact(value, timezone.get_current_timezone(), current_locale())


@lru_cache(maxsize=5000)
def _exact(value: datetime, zone: tzinfo, locale: Locale) -> str:
    # A list shows the same moments again and again.
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
    local = _local(value)
    clock_time = formatted(local, "HH:mm", current_locale())
    days = (_local(clock.now()).date() - local.date()).days
    if days == 0:
        return clock_time
    if days == 1:
        return gettext("Yesterday %(time)s") % {"time": clock_time}
    if days == -1:
        return gettext("Tomorrow %(time)s") % {"time": clock_time}
    if abs(days) < WEEK:
        return f"{formatted(local, 'EEE', current_locale())} {clock_time}"
    return day(local.date())


def day(value: date) -> str:
    """Return a date without its year if that is this year's."""
    today = _local(clock.now()).date()
    skeleton = "MMMd" if value.year == today.year else "yMMMd"
    return _by_skeleton(value, skeleton, current_locale())


@lru_cache(maxsize=2000)
def _by_skeleton(value: date, skeleton: str, locale: Locale) -> str:
    return str(dates.format_skeleton(skeleton, value, locale=locale))


def day_heading(value: datetime) -> str:
    """Return the heading above a day's messages: Today, Yesterday, Tuesday 14 November."""
    local, today = _local(value).date(), _local(clock.now()).date()
    if local == today:
        return gettext("Today")
    if local == today - timedelta(days=1):
        return gettext("Yesterday")
    skeleton = "MMMMEEEEd" if local.year == today.year else "yMMMMEEEEd"
    return _by_skeleton(local, skeleton, current_locale())


def duration(seconds: float) -> str:
    """Return a length of time in its one fitting unit: now, 4 min, 26 h, 3 d."""
    return _duration(translation.get_language(), int(abs(seconds) // MINUTE))


@lru_cache(maxsize=5000)
def _duration(_language: str | None, minutes: int) -> str:
    length = minutes * MINUTE
    if length < MINUTE:
        return gettext("under 1 min")
    if length < MINUTES_UP_TO:
        return gettext("%(minutes)d min") % {"minutes": length // MINUTE}
    if length < HOURS_UP_TO:
        return gettext("%(hours)d h") % {"hours": length // HOUR}
    return gettext("%(days)d d") % {"days": length // DAY}


def _element(value: datetime, text: str, relative: str = "") -> Markup:
    return _drawn(value, timezone.get_current_timezone(), current_locale(), text, relative)


@lru_cache(maxsize=5000)
def _drawn(value: datetime, zone: tzinfo, locale: Locale, text: str, relative: str) -> Markup:
    # A list shows the same moments again and again, and "6 d" is true for a day.
    mark = f' data-relative="{relative}"' if relative else ""
    stamp = value.astimezone(UTC).isoformat()
    title = escape(_exact(value, zone, locale))
    return Markup(f'<time datetime="{stamp}" title="{title}"{mark}>{escape(text)}</time>')  # noqa: S704  escaped


def datetime_filter(value: datetime | None, style: str = "said") -> Markup:
    """Return a `<time>`; style is said, exact, time, date or full. Nothing for None."""
    if value is None:
        return Markup()
    locale, local = current_locale(), _local(value)
    match style:
        case "said":
            text = said(value)
        case "exact":
            text = exact(value)
        case "time":
            text = formatted(local, "HH:mm", locale)
        case "date":
            text = day(local.date())
        case "full":
            text = str(dates.format_datetime(local, "medium", locale=locale))
        case _:
            raise ValueError(f"Unknown style of time: {style!r}")
    return _element(value, text)


def ago(value: datetime | None) -> Markup:
    """Return how long ago, kept current in the browser: 4 min, 26 h, 3 d. Nothing for None."""
    if value is None:
        return Markup()
    seconds = (clock.now() - value).total_seconds()
    return _element(value, gettext("now") if seconds < MINUTE else duration(seconds), "ago")


def due(value: datetime | None) -> Markup:
    """Return the time left or exceeded, kept current in the browser: in 40 min, 2 h over."""
    if value is None:
        return Markup()
    seconds = (value - clock.now()).total_seconds()
    pattern = gettext("in %(duration)s") if seconds >= 0 else gettext("%(duration)s over")
    return _element(value, pattern % {"duration": duration(seconds)}, "due")


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
