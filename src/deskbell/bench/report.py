"""The figures for people: tables on the terminal and for docs/performance.md."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from deskbell.bench.figures import LIMITS, DeskFigures, Row

_VERDICT_STYLES = {"passed": "green", "": ""}


def machine() -> dict[str, Any]:
    """The machine the figures come from."""
    model = "unknown"
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        for line in cpu.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model,
        "processors": os.cpu_count(),
        "memory_gb": round(memory, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "load": [round(value, 2) for value in os.getloadavg()],
    }


def show(console: Console, figures: DeskFigures) -> None:
    """The figures of one desk."""
    title = f"{figures.tickets:,} tickets" if figures.tickets else "Over HTTP"
    table = Table(title=title, box=None, pad_edge=False, title_justify="left")
    table.add_column("")
    for column in ("/s, 8 at once", "p95 ms", "ms, one", "p95 ms", "bare ms", "× bare", "queries", "machine ×"):
        table.add_column(column, justify="right")
    table.add_column("best peer")
    table.add_column("goal")
    for row in figures.rows:
        verdict = row.verdict()
        table.add_row(
            row.name, _number(row.at_once), _number(row.at_once_p95_ms), _number(row.one_ms), _number(row.p95_ms),
            _number(row.bare_ms), _number(row.ratio), str(row.queries or ""), _number(figures.slowness(row)),
            row.goal.peer if row.goal else "",
            f"[{_VERDICT_STYLES.get(verdict, 'red')}]{verdict}[/]" if verdict else "",
        )  # fmt: skip
    console.print(table)
    _show_values(console, figures)
    _show_profiles(console, figures)
    _show_disk(console, figures)


def _show_values(console: Console, figures: DeskFigures) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("", "measured", "at most", "unit", "best peer", "goal"):
        table.add_column(column, justify="right" if column in {"measured", "at most"} else "left")
    for name, value in figures.values.items():
        limit = LIMITS.get(name)
        if limit is None:
            table.add_row(name, _number(value))
            continue
        most, unit, peer = limit
        passed = value <= most
        table.add_row(
            name,
            _number(value),
            f"{most:g}",
            unit,
            peer,
            f"[{'green' if passed else 'red'}]{_passed(passed=passed)}[/]",
        )
    if figures.values:
        console.print(table)


def _show_profiles(console: Console, figures: DeskFigures) -> None:
    profiles = figures.details.get("profile")
    if not profiles:
        return
    table = Table(title="Where the time goes, ms", box=None, pad_edge=False, title_justify="left")
    for column in ("", "whole", "SQL", "Python", "template", "queries"):
        table.add_column(column, justify="right" if column else "left")
    for name, parts in profiles.items():
        cells = [_number(parts[part]) for part in ("whole", "sql", "python", "template")]
        table.add_row(name, *cells, f"{parts['queries']:g}")
    console.print(table)


def _show_disk(console: Console, figures: DeskFigures) -> None:
    """What takes more than a hundredth of a kilobyte a ticket."""
    rows = [(size / 1024 / figures.tickets, kind, name) for _table, kind, name, size in figures.details.get("disk", ())]
    rows = sorted((row for row in rows if row[0] >= 0.02), reverse=True)
    if not rows:
        return
    table = Table(title="On the disk", box=None, pad_edge=False, title_justify="left")
    table.add_column("KB a ticket", justify="right")
    table.add_column("")
    table.add_column("")
    for size, kind, name in rows:
        table.add_row(f"{size:.2f}", kind, name)
    console.print(table)


def markdown(found: list[DeskFigures]) -> str:
    """The table of docs/performance.md: a line for each page, the sizes beside each other."""
    sizes = [f"{figures.tickets:,}" for figures in found]
    lines = ["| | " + " | ".join(f"{size}: /s · ms · bare ms · × · machine ×" for size in sizes) + " | growth | goal |"]
    lines.append("|---" * (len(sizes) + 3) + "|")
    names = list(dict.fromkeys(row.name for figures in found for row in figures.rows))
    for name in names:
        rows = [figures.row(name) for figures in found]
        cells = [_cell(figures, row) for figures, row in zip(found, rows, strict=True)]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {_growth(rows)} | {_worst(rows)} |")
    lines += ["", "| | " + " | ".join(sizes) + " | at most | best peer |", "|---" * (len(sizes) + 3) + "|"]
    for name, (most, unit, peer) in LIMITS.items():
        values = [figures.values.get(name) for figures in found]
        if any(value is not None for value in values):
            cells = ["" if value is None else _number(value) for value in values]
            lines.append(f"| {unit} | " + " | ".join(cells) + f" | {most:g} | {peer} |")
    return "\n".join(lines)


def _cell(figures: DeskFigures, row: Row | None) -> str:
    if row is None:
        return ""
    text = " · ".join(_number(value) or "–" for value in (row.at_once, row.one_ms, row.bare_ms, row.ratio))
    slowness = figures.slowness(row)
    return f"{text} · {_number(slowness)}" if slowness else text


def _growth(rows: list[Row | None]) -> str:
    first, last = rows[0], rows[-1]
    if first is None or last is None or first is last or not first.one_ms:
        return ""
    return f"{last.one_ms / first.one_ms:.2f}"


def _worst(rows: list[Row | None]) -> str:
    verdicts = [row.verdict() for row in rows if row is not None]
    return next((verdict for verdict in verdicts if verdict.startswith("misses")), verdicts[0] if verdicts else "")


def _number(value: float) -> str:
    if not value:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _passed(*, passed: bool) -> str:
    return "passed" if passed else "missed"
