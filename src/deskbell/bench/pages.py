"""Pages over HTTP: one at a time in turns with their bare SQL, then eight at once."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from deskbell.bench.figures import Row
from deskbell.bench.http import (
    WARM_UP,
    WARM_UP_SECONDS,
    Connection,
    Request,
    Target,
    at_once,
    percentile,
    timed,
    warm_up,
)

Bare = Callable[[int], float]  # milliseconds of the SQL of the page of this place

ROW_OF_QUEUE = b'id="ticket-'
MESSAGE = b'<article class="message '
FOUND = b'class="item-title"'


def measure(
    target: Target, name: str, requests: Sequence[Request], *, rounds: int, seconds: float, bare: Bare | None = None
) -> Row:
    """rounds: of one at a time, in turns with the bare SQL. seconds: of eight at once."""
    times, bare_times = [], []
    # What is measured for a moment is warmed up for a moment.
    warm_up(target, requests, seconds=min(WARM_UP_SECONDS, seconds))
    if bare is not None:
        for place in range(WARM_UP):
            bare(place)
    with Connection(target) as connection:
        for place in range(rounds):
            times.append(timed(connection, requests[place % len(requests)]))
            if bare is not None:
                bare_times.append(bare(place))
    row = Row(name, one_ms=statistics.median(times), p95_ms=percentile(times, 0.95))
    if bare_times:
        row.bare_ms = statistics.median(bare_times)
    if seconds:
        throughput = at_once(target, requests, seconds=seconds)
        row.at_once, row.at_once_p95_ms = throughput.per_second, throughput.p95_ms
    return row


def queue_requests(target: Target, facts: dict[str, Any]) -> list[Request]:
    """The list an agent's desk opens on, whole, for each of the agents."""
    return [
        Request.build(
            target, "/desk/", headers={"Cookie": agent["cookie"]}, marker=ROW_OF_QUEUE, count=agent["queue"] or None
        )
        for agent in facts["agents"]
    ]


def ticket_requests(target: Target, facts: dict[str, Any]) -> list[Request]:
    """Tickets of all ages with three to ten messages."""
    agents = facts["agents"]
    return [
        Request.build(
            target, f"/desk/tickets/{number}/", headers={"Cookie": agent["cookie"]}, marker=MESSAGE, count=messages
        )
        for place in range(max(len(agent["tickets"]) for agent in agents))
        for agent in agents
        for number, messages in agent["tickets"][place : place + 1]
    ]


def search_path(text: str) -> str:
    return f"/desk/search/?q={quote(text)}"


def search_requests(target: Target, facts: dict[str, Any], kind: str) -> list[Request]:
    """The search page with something found, for a word of each language."""
    words = [found[kind] for found in facts["words"].values() if found.get(kind)]
    agents = facts["agents"]
    return [
        Request.build(
            target, search_path(word), headers={"Cookie": agents[place % len(agents)]["cookie"]}, marker=b'id="results"'
        )
        for place, word in enumerate(words)
    ]
