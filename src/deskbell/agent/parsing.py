"""Reading what a browser sent: forms are foreign input, whatever the page offered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid

_LONGEST_ID = 18  # digits that fit a bigint


def text_of(source: Any, name: str, limit: int = 100_000) -> str:
    """A form value without NUL, which PostgreSQL cannot store, and cut at `limit` characters."""
    return str(source.get(name, "")).replace("\x00", "")[:limit]


def id_of(source: Any, name: str) -> int | None:
    """A form value as an id; None when empty. Raises Invalid for what cannot be one."""
    value = str(source.get(name, "")).strip()
    if not value:
        return None
    if not _is_id(value):
        raise Invalid(fields={name: _("Choose from the list.")})
    return int(value)


def ids_of(source: Any, name: str) -> list[int]:
    """Form values as ids; what cannot be one is left out."""
    return [int(value) for part in source.getlist(name) for value in str(part).split(",") if _is_id(value.strip())]


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID


def moment_of(source: Any, name: str, zone: str) -> datetime | None:
    """A date or local time from the browser's picker as UTC; a date alone means nine in the morning there.

    Raises Invalid for what is neither.
    """
    value = str(source.get(name, "")).strip()
    if not value:
        return None
    try:
        local = datetime.fromisoformat(value) if "T" in value else datetime.combine(date.fromisoformat(value), time(9))
        return local.replace(tzinfo=local.tzinfo or ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError, KeyError):
        raise Invalid(fields={name: _("Write the date as day, month and year.")}) from None


def whole_number_of(source: Any, name: str) -> int | None:
    """A version or a small number; None when it is missing or none."""
    value = str(source.get(name, "")).strip()
    return int(value) if _is_id(value) else None


def in_days(now: datetime, days: int, zone: str) -> str:
    """The date so many days ahead in a zone, as the browser's date picker writes it."""
    return (now.astimezone(ZoneInfo(zone)) + timedelta(days=days)).date().isoformat()


class Given(dict[str, Any]):
    """What a form was sent with, for drawing it again: a field that was not sent is an empty text."""

    def __missing__(self, key: str) -> str:
        return ""


def given(source: Any) -> Given:
    """The last value of each field."""
    return Given({name: source[name] for name in source})
