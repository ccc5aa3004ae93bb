"""Names of time zones."""

from __future__ import annotations

import zoneinfo
from functools import cache


@cache
def known_time_zones() -> frozenset[str]:
    """All IANA names. Kept: asking for them reads every file of the time zone database, some 70 ms."""
    return frozenset(zoneinfo.available_timezones())
