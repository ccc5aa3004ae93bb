"""How often may be called: so many calls a minute for each token or person, and fewer tries with wrong tokens.

Counted in the memory of each web process, so that no call costs a write: a desk with two web processes lets through up
to twice as much, and a restart begins anew. That is enough to keep a program that runs wild from the others.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from deskbell.kernel.rest import problems
from deskbell.kernel.rest.problems import ProblemError

SECONDS = 60
MOST_KEYS = 10_000  # callers remembered; the one that came first makes room


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left to a caller. resets: seconds until it begins anew."""

    name: str
    most: int
    left: int
    resets: int

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 names them."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.most};w={SECONDS}',
            "RateLimit": f'"{self.name}";r={max(0, self.left)};t={self.resets}',
        }


class Limit:
    """So many times a minute for each key; 0: as often as it likes. name: as the headers call it."""

    def __init__(self, name: str, most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._most = most
        self._now = now
        self._lock = threading.Lock()
        self._used: dict[str, tuple[float, int]] = {}  # key → when its minute began, times since

    def spend(self, key: str, times: int = 1) -> Quota | None:
        """Count a call; what is left, below zero for one too many. times: 0 only looks. None without a limit."""
        if not self._most:
            return None
        now = self._now()
        with self._lock:
            began, used = self._used.get(key, (now, 0))
            if now - began >= SECONDS:
                # Taken out first, to stand at the end: the oldest goes when there are too many.
                self._used.pop(key, None)
                began, used = now, 0
            used += times
            if times:
                if key not in self._used and len(self._used) >= MOST_KEYS:
                    del self._used[next(iter(self._used))]
                self._used[key] = (began, used)
        return Quota(self._name, self._most, self._most - used, max(1, math.ceil(SECONDS - (now - began))))

    def require(self, key: str, times: int = 1) -> Quota | None:
        """`spend`. Raises ProblemError (429) for one too many, saying how long to wait."""
        quota = self.spend(key, times)
        # Whoever only looks is refused when nothing is left for the next.
        if quota is not None and quota.left < (0 if times else 1):
            raise ProblemError(problems.TOO_MANY_CALLS, headers={"Retry-After": str(quota.resets), **quota.headers})
        return quota


class Limits:
    """Of one API. calls: of a token or person. wrong_tokens: from one address, with tokens that open nothing."""

    def __init__(self, *, calls: int = 0, wrong_tokens: int = 0, now: Callable[[], float] = time.monotonic) -> None:
        self.calls = Limit("calls", calls, now)
        self.wrong_tokens = Limit("wrong-tokens", wrong_tokens, now)
