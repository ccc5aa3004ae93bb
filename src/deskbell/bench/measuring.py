"""One desk, measured from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskbell.bench import creation, live, mail, pages
from deskbell.bench.child import Inside, Progress
from deskbell.bench.databases import Server
from deskbell.bench.figures import DeskFigures, Row
from deskbell.bench.http import Request
from deskbell.bench.pace import Pace
from deskbell.bench.server import Memory, RunningDesk, environment

CASES = ("queue", "ticket", "search", "creation", "mail", "live", "idle", "start", "memory", "disk")
_ON_A_DESK = frozenset(CASES) - {"idle", "disk"}  # by one desk that runs as in production
SEARCHES = ("rare", "middle", "frequent", "two")
VERSION = 5  # of the made-up desk; another one is loaded anew
KEPT = 8  # pages whose SQL is run bare


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be measured, and how long.

    seconds: of eight at once. rounds: of one at a time. listeners, idle, mails: how many.
    """

    only: Collection[str] = CASES
    seconds: float = 8.0
    rounds: int = 80
    profile: bool = False
    listeners: int = live.LISTENERS
    idle: int = live.IDLE
    mails: int = mail.MESSAGES


def ensure_loaded(
    server: Server, place: Path, tickets: int, progress: Progress, *, fresh: bool = False
) -> dict[str, Any]:
    """Facts about the desk of this size; it is made when it is not there or was made by other code."""
    place = place / f"desk-{tickets}"
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
    url = server.url_of(tickets)
    place = place / f"desk-{tickets}"
    with Inside(environment(url, place)) as inside:
        return Measurement(url, place, inside, wishes, DeskFigures(tickets), say).run()


@dataclass(slots=True)
class Measurement:
    """What belongs to one desk. inside: the process that works in it."""

    url: str
    place: Path
    inside: Inside
    wishes: Wishes
    figures: DeskFigures
    say: Callable[[str], None]

    def run(self) -> DeskFigures:
        """What only reads comes first, so that the lists are those of the loaded desk."""
        if self._wants("disk"):
            self._disk()
        facts = self.inside.ask("facts", loaded=self.figures.tickets)
        # The very first start prepares static files, which later ones find: that of the idle listeners, or one more.
        if self._wants("idle"):
            self._idle(facts)
        elif self._wants("start"):
            self.say("start")
            with RunningDesk(self.url, self.place):
                pass
        if not _ON_A_DESK.isdisjoint(self.wishes.only):
            self._running(facts)
        return self.figures

    def _wants(self, case: str) -> bool:
        return case in self.wishes.only

    def _disk(self) -> None:
        self.say("disk")
        found = self.inside.ask("disk")
        values, tickets = self.figures.values, self.figures.tickets
        values["text_kb_per_ticket"] = self.inside.ask("text_bytes") / 1024 / tickets
        values["kb_per_ticket"] = sum(size for _table, _kind, _name, size in found) / 1024 / tickets
        self.figures.details["disk"] = found

    def _idle(self, facts: dict[str, Any]) -> None:
        self.say(f"{self.wishes.idle:,} idle listeners")
        with RunningDesk(self.url, self.place, DESKBELL_WEB_WORKERS="1") as desk:
            live.measure_idle(desk, self.inside, facts, self.figures, listeners=self.wishes.idle)

    def _running(self, facts: dict[str, Any]) -> None:
        with RunningDesk(self.url, self.place) as desk:
            with Memory(desk) as memory:
                self._pages(desk, facts)
                if self._wants("creation"):
                    self._creation(desk, facts)
                if self._wants("live"):
                    self.say(f"{self.wishes.listeners:,} listeners")
                    live.measure_fan_out(desk, self.inside, facts, self.figures, listeners=self.wishes.listeners)
                if self._wants("memory"):
                    self._memory(memory)
            if self._wants("mail"):
                self._mail_by_smtp(desk)
        if self._wants("start"):
            self.figures.values["start_s"] = desk.start_seconds
        if self._wants("mail"):
            self._mail()

    def _pages(self, desk: RunningDesk, facts: dict[str, Any]) -> None:
        wanted: list[tuple[str, list[Request]]] = []
        if self._wants("queue"):
            wanted.append(("queue", pages.queue_requests(desk.target, facts)))
        if self._wants("ticket"):
            wanted.append(("ticket", pages.ticket_requests(desk.target, facts)))
        if self._wants("search"):
            wanted += [(f"search: {kind}", pages.search_requests(desk.target, facts, kind)) for kind in SEARCHES]
        for name, requests in wanted:
            self.say(name)
            with Pace() as pace:
                row = self._page(desk, name, requests)
            self.figures.watched(row, pace)
            if self.wishes.profile:
                drawn = [[request.path, _cookie(request)] for request in requests]
                profile = self.inside.ask("profile", pages=drawn, runs=self.wishes.rounds)
                self.figures.details.setdefault("profile", {})[name] = profile

    def _page(self, desk: RunningDesk, name: str, requests: list[Request]) -> Row:
        kept = requests[: min(KEPT, self.wishes.rounds)]
        queries = [
            self.inside.ask("capture", name=f"{name} {place}", path=request.path, cookie=_cookie(request))["queries"]
            for place, request in enumerate(kept)
        ]

        def bare(place: int) -> float:
            return float(self.inside.ask("bare", name=f"{name} {place % len(kept)}"))

        wishes = self.wishes
        row = pages.measure(desk.target, name, requests, rounds=wishes.rounds, seconds=wishes.seconds, bare=bare)
        row.queries = max(queries)
        return row

    def _creation(self, desk: RunningDesk, facts: dict[str, Any]) -> None:
        self.say("creation")
        token = self.inside.ask("token", user_id=facts["creator"])
        wishes = self.wishes
        with Pace() as pace:
            row = creation.measure(
                desk.target, token, creation.body_for(facts), rounds=wishes.rounds, seconds=wishes.seconds,
                inside=self.inside, url=self.url,
            )  # fmt: skip
        self.figures.watched(row, pace)

    def _memory(self, memory: Memory) -> None:
        seen = memory.look()
        values = self.figures.values
        values["memory_pss_mb"] = sum(pss for pss, _rss in seen.values())
        values["memory_rss_mb"] = sum(rss for _pss, rss in seen.values())
        values["peak_pss_mb"], values["peak_rss_mb"] = memory.peak_pss, memory.peak_rss
        self.figures.details["memory"] = {name: [round(value, 1) for value in pair] for name, pair in seen.items()}

    def _mail_by_smtp(self, desk: RunningDesk) -> None:
        self.say("mail by SMTP")
        mailbox = self.inside.ask("open_mailbox")
        with Pace() as pace:
            row = mail.measure_smtp(desk.smtp_port, self.inside, **mailbox, messages=self.wishes.mails)
        self.figures.watched(row, pace)

    def _mail(self) -> None:
        """By two processes alone: the desk has ended."""
        self.say("mail intake")
        mailbox = self.inside.ask("open_mailbox")
        with Inside(environment(self.url, self.place)) as other, Pace() as pace:
            row = mail.measure_pipeline([self.inside, other], **mailbox, messages=self.wishes.mails)
        self.figures.watched(row, pace)


def _cookie(request: Request) -> str:
    head = request.data.split(b"\r\n\r\n", 1)[0].decode()
    return next(line[8:] for line in head.split("\r\n") if line.startswith("Cookie: "))


def write_json(path: Path, found: list[DeskFigures], machine: dict[str, Any]) -> None:
    """All figures with the machine they come from."""
    path.write_text(json.dumps({"machine": machine, "desks": [each.as_json() for each in found]}, indent=1) + "\n")
