"""How long to wait: after a try that failed, after a target was found down, and as the target asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST_TRIES = 10
LONGEST_AGE = timedelta(days=3)
LONGEST_REST = timedelta(hours=1)
LEASE = timedelta(seconds=30)
"""After this a try that was begun and never noted died with its process; longer than any request takes."""

_FIRST = timedelta(seconds=15)
_FACTOR = 3
_LONGEST = timedelta(hours=10)
_JITTER = 0.2  # of the wait, to either side
_FIRST_REST = timedelta(seconds=5)
_LONGEST_OWN_REST = timedelta(minutes=5)
_LONGEST_ASKED = timedelta(days=1)


def wait_after(tries: int, chance: float) -> timedelta:
    """The wait after so many tries: 15 seconds, three times as long each time, about a day over ten tries.

    chance: from 0 to 1, spreads it by a fifth to either side.
    """
    steps: int = _FACTOR ** min(tries - 1, 12)
    wait = min(_FIRST * steps, _LONGEST)
    return wait * (1 + _JITTER * (2 * chance - 1))


def rest(failures: int) -> timedelta:
    """How long a target that was down so many times in a row is left alone by all deliveries."""
    steps: int = 2 ** min(failures - 1, 10)
    return min(_FIRST_REST * steps, _LONGEST_OWN_REST)


def asked_to_wait(headers: Mapping[str, str], now: datetime) -> timedelta:
    """What Retry-After asks for, in seconds or as a date (RFC 9110, section 10.2.3); at most a day."""
    written = next((value.strip() for name, value in headers.items() if name.lower() == "retry-after"), "")
    if written.isascii() and written.isdigit():
        asked = timedelta(seconds=min(int(written[:9]), _LONGEST_ASKED.total_seconds()))
    else:
        try:
            at = parsedate_to_datetime(written)
        except ValueError:
            return timedelta(0)
        asked = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(asked, timedelta(0)), _LONGEST_ASKED)
