"""Query strings as they come from the world: anything may stand in them, and nothing breaks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest

LONGEST = 200  # characters of a search; more is cut
LARGEST_ID = 2**63 - 1


def text(request: HttpRequest, name: str) -> str:
    """The words of a search, without NUL and at most 200 characters."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]


def number(request: HttpRequest, name: str) -> int | None:
    """An id, or None for whatever is not one."""
    raw = request.GET.get(name, "")
    if not (raw.isascii() and raw.isdigit()) or len(raw) > len(str(LARGEST_ID)):
        return None
    value = int(raw)
    return value if value <= LARGEST_ID else None


def choice(request: HttpRequest, name: str, allowed: set[str]) -> str:
    """One of the allowed values, or nothing."""
    raw = request.GET.get(name, "")
    return raw if raw in allowed else ""


def day(request: HttpRequest, name: str) -> date | None:
    """A day written as ISO 8601, or None."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def start_of(value: date | None, zone: str) -> datetime | None:
    """The first moment of a day in a time zone, in UTC."""
    return None if value is None else datetime.combine(value, time.min, ZoneInfo(zone)).astimezone(UTC)


def end_of(value: date | None, zone: str) -> datetime | None:
    """The first moment after a day in a time zone, in UTC; None also for the last day there is."""
    if value is None or value == date.max:
        return None
    return start_of(value + timedelta(days=1), zone)


def with_query(request: HttpRequest, **changes: str | None) -> str:
    """This page's address with parts of its query changed; None takes one out."""
    query = {name: value for name, value in request.GET.items() if name != "screen" and value}
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"{request.path}?{urlencode(query)}" if query else request.path
