"""Time zones for a list to choose from, grouped by continent."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache

Choices = list[tuple[str, list[tuple[str, str]]]]


@lru_cache(maxsize=1)
def time_zone_choices() -> Choices:
    """(continent, [(IANA name, city)]); UTC comes first."""
    groups: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(zoneinfo.available_timezones()):
        continent, slash, place = name.partition("/")
        # "Etc/GMT+5" and the old "US/Eastern" names mislead; whoever uses one keeps it by its proper name.
        if not slash or continent in {"Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico", "posix", "right"}:
            continue
        groups.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", " · ")))
    return list(groups.items())
