"""What was measured, and what has to be reached (issue "Know the numbers")."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from deskbell.bench.pace import Pace

PAGES_RATIO, CREATION_RATIO = 4.0, 5.0  # times the bare cost, at most


@dataclass(frozen=True, slots=True)
class Goal:
    """at_once: requests a second with eight at once, at least. one_ms: median of one at a time, at most.

    peer: the best of RT, osTicket, django-helpdesk, FreeScout and iTop, in words.
    """

    at_once: float | None = None
    one_ms: float | None = None
    ratio: float | None = None
    peer: str = ""


GOALS = {
    "queue": Goal(150, 10, PAGES_RATIO, "39 / 48 ms (FreeScout)"),
    "ticket": Goal(180, 8, PAGES_RATIO, "48 / 38 ms (FreeScout)"),
    "search: middle": Goal(150, 12, None, "34 / 57 ms (osTicket)"),
    "creation": Goal(250, 8, CREATION_RATIO, "81 / 22 ms (django-helpdesk)"),
    "mail": Goal(150, None, None, "65 messages/s (django-helpdesk)"),
}
# Other figures: name → (at most, unit, of the peers).
LIMITS = {
    "kb_per_ticket": (6.0, "KB a ticket", "7.4 with a text index, 2.2 without"),
    "memory_pss_mb": (300.0, "MB, all roles but the database", "108 (osTicket), 167 (django-helpdesk)"),
    "live_p95_ms": (300.0, "ms to 500 listeners, p95", ""),
    "idle_mb": (300.0, "MB, one process with 5,000 idle listeners", ""),
    "start_s": (4.0, "s from the command to the first page", ""),
}
GROWTH, SEARCH_GROWTH = 1.3, 3.0  # cost of a million tickets, in costs of 20,000


@dataclass(slots=True)
class Row:
    """One measured page or action. Times in milliseconds, of one at a time; at_once in answers a second.

    work_ms: what a fixed piece of work took meanwhile (`pace`).
    """

    name: str
    one_ms: float
    p95_ms: float
    at_once: float = 0.0
    at_once_p95_ms: float = 0.0
    bare_ms: float = 0.0
    queries: int = 0
    work_ms: float = 0.0
    rows: str = ""
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.one_ms / self.bare_ms if self.bare_ms else 0.0

    @property
    def goal(self) -> Goal | None:
        return GOALS.get(self.name)

    def verdict(self) -> str:
        """Passed, or which of the goals are missed; empty where there is none."""
        goal = self.goal
        if goal is None:
            return ""
        missed = []
        if goal.at_once is not None and self.at_once and self.at_once < goal.at_once:
            missed.append(f"{goal.at_once:g}/s")
        if goal.one_ms is not None and self.one_ms and self.one_ms > goal.one_ms:
            missed.append(f"{goal.one_ms:g} ms")
        if goal.ratio is not None and self.ratio > goal.ratio:
            missed.append(f"×{goal.ratio:g}")
        return f"misses {', '.join(missed)}" if missed else "passed"


@dataclass(slots=True)
class DeskFigures:
    """Everything measured on one desk. values: see LIMITS; details: tables for whoever wants to know more."""

    tickets: int
    rows: list[Row] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    def row(self, name: str) -> Row | None:
        return next((row for row in self.rows if row.name == name), None)

    @property
    def best_work_ms(self) -> float:
        """The fixed piece of work when the machine was at its fastest in this run; 0 when it was not watched."""
        return float(self.details.get("best_work_ms", 0.0))

    def watched(self, row: Row, pace: Pace) -> None:
        """Add a row with the pace of the machine while it was measured."""
        row.work_ms = pace.median
        best = min(pace.times)
        self.details["best_work_ms"] = min(best, self.best_work_ms or best)
        self.rows.append(row)

    def slowness(self, row: Row) -> float:
        """How many times slower than at its best in this run the machine was; 0 when it was not watched."""
        return row.work_ms / self.best_work_ms if self.best_work_ms else 0.0

    def as_json(self) -> dict[str, Any]:
        rows = [
            asdict(row) | {"ratio": row.ratio, "verdict": row.verdict(), "slowness": self.slowness(row)}
            for row in self.rows
        ]
        return {"tickets": self.tickets, "rows": rows, "values": self.values, "details": self.details}
