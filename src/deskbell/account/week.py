"""A week of working hours between the form and the person's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import get_day_names
from django.http import QueryDict
from django.utils import translation

from deskbell.ui.times import current_locale

DAYS = range(1, 8)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of the form. number: ISO weekday; start and end as "09:00", "" on a day off."""

    number: int
    name: str
    start: str = ""
    end: str = ""


def week_rows(source: QueryDict | Mapping[str, Any]) -> list[DayRow]:
    """Monday to Sunday with the hours of a person's record, or as a form was sent."""
    names = get_day_names("wide", "stand-alone", locale=current_locale())
    rows = []
    for number in DAYS:
        if isinstance(source, QueryDict):
            start, end = source.get(f"start_{number}", ""), source.get(f"end_{number}", "")
        else:
            spans = source.get(str(number)) or [["", ""]]
            # The form has one span a day; a lunch break set elsewhere shows as the whole of it.
            start, end = spans[0][0], spans[-1][1]
        rows.append(DayRow(number, translation.gettext(str(names[number - 1])), start, end))
    return rows


def read_week(sent: QueryDict) -> dict[str, list[list[str]]]:
    """The week as `update_preferences` takes it; days with both fields empty are days off."""
    week = {}
    for number in DAYS:
        start, end = sent.get(f"start_{number}", "").strip(), sent.get(f"end_{number}", "").strip()
        if start or end:
            week[str(number)] = [[start, end]]
    return week
