"""Which part of all tickets a department has, roughly: what is asked for there is expected in that part of its hits.

From the planner's statistics, so that nothing is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from deskbell.kernel.api import clock, reference
from deskbell.kernel.statements import fetch

_LEAST = 0.001  # of a department that is not among the common ones
_KEPT = 3600  # seconds


def share_of(departments: Collection[int]) -> float:
    """0 to 1; 1 where nothing is known."""
    known = _shares(int(clock.now().timestamp()) // _KEPT)
    return min(1.0, sum(known.get(each, _LEAST) for each in departments)) if known else 1.0


@reference.cached_up_to(2)
def _shares(_hour: int) -> Mapping[int, float]:
    return {department: share for found in fetch(_COMMON) for department, share in zip(*found, strict=True)}


_COMMON: Final = """
SELECT most_common_vals::text::bigint[], most_common_freqs FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'tickets_ticket' AND attname = 'department_id'
    AND most_common_vals IS NOT NULL
"""
