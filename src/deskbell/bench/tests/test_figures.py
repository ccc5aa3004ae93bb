"""Goals, and how figures are shown."""

from __future__ import annotations

from rich.console import Console

from deskbell.bench.figures import DeskFigures, Row
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


def test_the_table_on_the_terminal_says_what_is_missed():
    console = Console(record=True, width=160)
    show(console, figures(20_000, 8.0))
    text = console.export_text()
    assert "passed" in text
    assert "missed" in text
