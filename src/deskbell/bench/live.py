"""Live updates: how soon a change reaches many listeners, and what idle ones cost."""

from __future__ import annotations

import statistics
from typing import Any

from deskbell.bench.child import Inside
from deskbell.bench.figures import DeskFigures
from deskbell.bench.http import percentile
from deskbell.bench.server import RunningDesk, memory_of
from deskbell.bench.streams import STREAMS_A_SESSION, Streams
from deskbell.bench.trouble import BenchError

LISTENERS, IDLE = 500, 5_000
CHANGES = 20
PATIENCE = 10.0  # seconds for one change


def measure_fan_out(
    desk: RunningDesk, inside: Inside, facts: dict[str, Any], figures: DeskFigures, *, listeners: int = LISTENERS,
    changes: int = CHANGES,
) -> None:  # fmt: skip
    """From the commit of a change by a real action to its arrival at each of the listeners."""
    cookies = inside.ask("sessions", count=-(-listeners // STREAMS_A_SESSION), department=facts["department"])
    times: list[float] = []
    with Streams(desk.target, cookies, f"department:{facts['department']}", listeners) as streams:
        for _change in range(changes):
            committed = inside.ask("touch", ticket_id=facts["touched"])
            found = streams.wait(committed, seconds=PATIENCE)
            if len(found) < listeners:
                raise BenchError(f"A change reached {len(found)} of {listeners} listeners in {PATIENCE:g} s.")
            times += found
    figures.values["live_p50_ms"] = statistics.median(times)
    figures.values["live_p95_ms"] = percentile(times, 0.95)


def measure_idle(
    desk: RunningDesk, inside: Inside, facts: dict[str, Any], figures: DeskFigures, *, listeners: int = IDLE
) -> None:
    """Memory of the one web process that holds them all. The desk runs with one web worker."""
    cookies = inside.ask("sessions", count=-(-listeners // STREAMS_A_SESSION), department=facts["department"])
    before = max(memory_of(pid)[0] for pid in desk.web_workers())
    with Streams(desk.target, cookies, f"department:{facts['department']}", listeners):
        pss, rss = max(memory_of(pid) for pid in desk.web_workers())
    figures.values["idle_mb"] = rss
    figures.details["idle"] = {"listeners": listeners, "pss_before_mb": before, "pss_mb": pss, "rss_mb": rss}
