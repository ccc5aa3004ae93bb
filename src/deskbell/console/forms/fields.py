"""Fields the console's forms share."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

Choices = Iterable[tuple[Any, Any]]


class IdField(forms.TypedChoiceField):
    """One record of a list, by its id; None when nothing is chosen."""

    def __init__(self, *, empty: object = "–", **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **options)
        self.empty = empty

    def offer(self, choices: Choices) -> None:
        """The records to choose from, as (id, words)."""
        self.choices = [("", self.empty), *choices]


class IdsField(forms.TypedMultipleChoiceField):
    """Several records of a list, by their ids."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=[], **options)


class PositionField(forms.IntegerField):
    """Where a record stands among its kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=10_000,
            label=gettext_lazy("Position"),
            help_text=gettext_lazy("Lower numbers stand first."),
            initial=0,
            **options,
        )


class LinesField(forms.CharField):
    """A list written one entry a line; empty lines and doubles are left out."""

    widget = forms.Textarea(attrs={"rows": 6})

    @override
    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    @override
    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        return list(dict.fromkeys(line.strip() for line in written.splitlines() if line.strip()))


@cache
def _zones() -> tuple[str, ...]:
    skipped = ("Etc/", "SystemV/", "posix/", "right/")
    zones = zoneinfo.available_timezones()
    return tuple(sorted(zone for zone in zones if "/" in zone and not zone.startswith(skipped)))


def zone_choices(*, unknown: bool = False) -> list[tuple[str, str]]:
    """Time zones by their IANA names; unknown: offer that nobody knows."""
    first = [("", _("Not known"))] if unknown else []
    return [*first, ("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in _zones())]


def language_choices(*, unknown: bool = False) -> list[tuple[str, str]]:
    first = [("", _("Not known"))] if unknown else []
    return [*first, *settings.LANGUAGES]
