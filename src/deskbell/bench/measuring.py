"""One desk, measured from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskbell.bench import pages
from deskbell.bench.child import Inside, Progress
from deskbell.bench.databases import Server
from deskbell.bench.figures import DeskFigures, Row
from deskbell.bench.http import Request
from deskbell.bench.server import Memory, RunningDesk, environment

CASES = ("queue", "ticket", "search", "creation", "mail", "live", "idle", "start", "memory", "disk")
SEARCHES = ("rare", "middle", "frequent", "two")
VERSION = 1  # of the made-up desk; another one is loaded anew


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be measured, and how long. seconds: of eight at once; rounds: of one at a time."""

    only: Collection[str] = CASES
    seconds: float = 8.0
    rounds: int = 80
    profile: bool = False


def ensure_loaded(
    server: Server, place: Path, tickets: int, progress: Progress, *, fresh: bool = False
) -> dict[str, Any]:
    """Facts about the desk of this size; it is made when it is not there or was made by other code."""
    facts = None if fresh else server.facts(tickets)
    if facts is not None and facts.get("version") == VERSION:
        with Inside(environment(server.url_of(tickets), place)) as inside:
            if inside.ask("schema") == facts["schema"]:
                return facts
    url = server.make(tickets)
    with Inside(environment(url, place)) as inside:
        facts = dict(inside.ask("prepare", tickets=tickets, progress=progress)) | {"version": VERSION}
    server.keep(tickets, facts)
    return facts


def measure_desk(server: Server, place: Path, tickets: int, wishes: Wishes, say: Callable[[str], None]) -> DeskFigures:
    """All wanted cases on one loaded desk. say: is told what is being measured."""
    figures = DeskFigures(tickets)
    url = server.url_of(tickets)
    place = place / f"desk-{tickets}"
    with Inside(environment(url, place)) as inside:
        if "disk" in wishes.only:
            say("disk")
            _measure_disk(inside, figures)
        facts = inside.ask("facts")
        with RunningDesk(url, place) as desk, Memory(desk) as memory:
            figures.values["start_s"] = desk.start_seconds
            _measure_pages(desk, inside, facts, wishes, figures, say)
            seen = memory.look()
            figures.values["memory_pss_mb"] = sum(pss for pss, _rss in seen.values())
            figures.values["memory_rss_mb"] = sum(rss for _pss, rss in seen.values())
        figures.values["peak_pss_mb"], figures.values["peak_rss_mb"] = memory.peak_pss, memory.peak_rss
        figures.details["memory"] = {name: list(values) for name, values in seen.items()}
    return figures


def _measure_pages(
    desk: RunningDesk, inside: Inside, facts: dict[str, Any], wishes: Wishes, figures: DeskFigures,
    say: Callable[[str], None],
) -> None:  # fmt: skip
    wanted: list[tuple[str, list[Request]]] = []
    if "queue" in wishes.only:
        wanted.append(("queue", pages.queue_requests(desk.target, facts)))
    if "ticket" in wishes.only:
        wanted.append(("ticket", pages.ticket_requests(desk.target, facts)))
    if "search" in wishes.only:
        wanted += [(f"search: {kind}", pages.search_requests(desk.target, facts, kind)) for kind in SEARCHES]
    for name, requests in wanted:
        say(name)
        figures.rows.append(_measure_page(desk, inside, name, requests, wishes))
        if wishes.profile:
            profile = inside.ask("profile", path=requests[0].path, cookie=_cookie(requests[0]))
            figures.details.setdefault("profile", {})[name] = profile


def _measure_page(desk: RunningDesk, inside: Inside, name: str, requests: list[Request], wishes: Wishes) -> Row:
    kept = requests[:8]
    queries = [
        inside.ask("capture", name=f"{name} {place}", path=request.path, cookie=_cookie(request))["queries"]
        for place, request in enumerate(kept)
    ]

    def bare(place: int) -> float:
        return float(inside.ask("bare", name=f"{name} {place % len(kept)}"))

    row = pages.measure(
        desk.target, name, requests, rounds=wishes.rounds, seconds=wishes.seconds, bare=bare
    )  # fmt: skip
    row.queries = max(queries)
    return row


def _cookie(request: Request) -> str:
    head = request.data.split(b"\r\n\r\n", 1)[0].decode()
    return next(line[8:] for line in head.split("\r\n") if line.startswith("Cookie: "))


def _measure_disk(inside: Inside, figures: DeskFigures) -> None:
    found = inside.ask("disk")
    figures.details["disk"] = found
    figures.values["kb_per_ticket"] = sum(size for _table, _kind, _name, size in found) / 1024 / figures.tickets


def write_json(path: Path, found: list[DeskFigures], machine: dict[str, Any]) -> None:
    path.write_text(json.dumps({"machine": machine, "desks": [each.as_json() for each in found]}, indent=1) + "\n")
