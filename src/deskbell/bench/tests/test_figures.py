"""Goals, and how figures are shown."""

from __future__ import annotations

import time

from rich.console import Console

from deskbell.bench.figures import DeskFigures, Row
from deskbell.bench.pace import Pace
from deskbell.bench.report import markdown, show


def figures(tickets: int, one_ms: float) -> DeskFigures:
    row = Row("queue", one_ms=one_ms, p95_ms=9, at_once=160, bare_ms=2.5, queries=4)
    values = {"kb_per_ticket": 7.25, "start_s": 2.0}
    return DeskFigures(tickets, rows=[row, Row("search: rare", 5, 6)], values=values)


def test_a_row_passes_when_it_reaches_all_goals():
    assert Row("queue", 9, 9, at_once=151, bare_ms=2.5).verdict() == "passed"


def test_a_row_names_the_goals_it_misses():
    assert Row("queue", 12, 9, at_once=100, bare_ms=2).verdict() == "misses 150/s, 10 ms, ×4"


def test_what_has_no_goal_has_no_verdict():
    assert not Row("search: rare", 500, 900).verdict()


def test_the_markdown_table_compares_sizes_and_says_how_cost_grew():
    text = markdown([figures(20_000, 8.0), figures(1_000_000, 10.0)])
    assert "| queue | 160 · 8.00 · 2.50 · 3.20 | 160 · 10.0 · 2.50 · 4.00 | 1.25 | passed |" in text
    assert "| KB a ticket | 7.25 | 7.25 | 6 |" in text


def test_a_watched_row_says_how_fast_the_machine_was_meanwhile():
    found = DeskFigures(20_000)
    found.watched(Row("queue", 8, 9, at_once=160, bare_ms=2.5), Pace(times=[4.0, 2.0, 4.0]))
    found.watched(Row("ticket", 8, 9, at_once=160, bare_ms=2.5), Pace(times=[2.0, 3.0, 3.0]))
    assert "| queue | 160 · 8.00 · 2.50 · 3.20 · 2.00 |" in markdown([found])
    assert "| ticket | 160 · 8.00 · 2.50 · 3.20 · 1.50 |" in markdown([found])


def test_the_pace_is_taken_all_the_while():
    with Pace() as pace:
        time.sleep(0.4)
    assert len(pace.times) >= 2
    assert pace.median > 0


def test_the_table_on_the_terminal_says_what_is_missed():
    console = Console(record=True, width=160)
    show(console, figures(20_000, 8.0))
    text = console.export_text()
    assert "passed" in text
    assert "missed" in text
