"""How large the organisation behind a desk of so many tickets is, and when its people write."""

from __future__ import annotations

import math
from bisect import bisect
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

SEED = 20_260_404
SIZES = (2_000, 20_000, 200_000, 1_000_000)
DEPARTMENTS = 12
WEEKS = 104  # over which the tickets came
GROWTH = 0.35  # so much more tickets came in the last week than in the first
_DAYS = (1.25, 1.15, 1.05, 1.0, 0.85, 0.22, 0.16)  # Monday to Sunday
_HOURS = (1, 1, 1, 1, 1, 2, 6, 18, 42, 56, 58, 52, 38, 46, 50, 44, 34, 22, 14, 10, 8, 6, 4, 2)  # in UTC
_IN_WEEK = list(accumulate(day * hour for day in _DAYS for hour in _HOURS))


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts for one desk. until: a Monday, midnight in UTC, when the last ticket came."""

    tickets: int
    until: datetime
    seed: int = SEED

    @property
    def agents(self) -> int:
        """Twenty for 2,000 tickets, some 120 for a million."""
        return max(12, round(20 * math.pow(self.tickets / 2_000, 0.29)))

    @property
    def customers(self) -> int:
        return max(40, self.tickets // 8)

    @property
    def organisations(self) -> int:
        return max(5, self.customers // 12)

    def department_weights(self) -> list[float]:
        """By the law of Zipf: the largest queue takes a third of all."""
        return [1 / rank for rank in range(1, DEPARTMENTS + 1)]

    def arrival(self, index: int, rng: Random) -> datetime:
        """When the ticket of this place in the order came; later than those before it."""
        place = (index + rng.random()) / self.tickets
        # Volume grows linearly: the share that came until week w is w + GROWTH * w² / 2, scaled.
        week = WEEKS * ((1 + 2 * place * (GROWTH + GROWTH * GROWTH / 2)) ** 0.5 - 1) / GROWTH
        whole = int(week)
        inside = (week - whole) * _IN_WEEK[-1]
        hour = bisect(_IN_WEEK, inside)
        before = _IN_WEEK[hour - 1] if hour else 0
        hours = whole * 168 + hour + (inside - before) / (_IN_WEEK[hour] - before)
        return self.until - timedelta(weeks=WEEKS) + timedelta(hours=hours)


def last_monday(now: datetime) -> datetime:
    """Data are the same on every machine but for a shift by whole weeks, so that a desk is never old."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())
