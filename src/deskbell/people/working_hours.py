"""A person's week, as the page sends it and as it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid

WEEKDAYS = ("1", "2", "3", "4", "5", "6", "7")  # ISO 8601: "1" is Monday
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def clean_week(week: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[list[str]]]:
    """The week with its spans in order; days without hours are left out. Raises Invalid naming "working_hours"."""
    cleaned: dict[str, list[list[str]]] = {}
    for day, spans in week.items():
        if day not in WEEKDAYS:
            raise Invalid(fields={"working_hours": _("A week has seven days.")})
        ordered = sorted([str(part) for part in span] for span in spans)
        before = ""
        for span in ordered:
            if len(span) != 2 or not all(TIME.fullmatch(part) for part in span):  # noqa: PLR2004  from and until
                raise Invalid(fields={"working_hours": _("Write times as hours and minutes, as in 09:00.")})
            if span[0] >= span[1] or span[0] < before:
                raise Invalid(fields={"working_hours": _("Working hours must end after they begin.")})
            before = span[1]
        if ordered:
            cleaned[day] = ordered
    return cleaned
