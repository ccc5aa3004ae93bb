"""Whether open streams may stay open: asked for all that are due at once.

A stream is looked at every RECHECK seconds. One question tells of all sessions whether anything about them, their
person or their rights has changed. What a topic's own record allows (a ticket handed over, access taken back) changes
with an event of that record, of which the stream itself is told: only then, or when its session changed, or once in
a while, are its topics asked for one by one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from deskbell.live import api as live

logger = logging.getLogger(__name__)

RECHECK = 50.0  # seconds within which a stream ends whose rights have ended
TICK = 5.0
AT_ONCE = 500  # streams in one question
IN_FULL = 12  # each so many looks the topics are asked for one by one, whatever is said to be unchanged

Marks = Callable[[set[str]], dict[str, str]]
Allowed = Callable[[str, list[live.Topic]], list[live.Topic] | None]
InThread = Callable[[Callable[[], list["Watched"]]], Awaitable[list["Watched"]]]


@dataclass(slots=True, eq=False)
class Watched:
    """One open stream. mark: of its session when its topics were asked for last; told: how many updates it had then.

    The first look asks for all: a right may have gone between the opening and the listening.
    """

    session_key: str
    subscription: live.Subscription
    mark: str = ""
    told: int = 0
    looks: int = 0
    at: float = field(default_factory=time.monotonic)


class Rights:
    """The streams of one process. Belongs to one event loop; `lost` runs in a thread."""

    def __init__(self, marks: Marks, allowed: Allowed, in_thread: InThread) -> None:
        self._marks, self._allowed, self._in_thread = marks, allowed, in_thread
        self._watched: set[Watched] = set()
        self._task: asyncio.Task[None] | None = None

    def watch(self, stream: Watched) -> None:
        """Look after a stream until `forget`; one that may no longer listen is told that it ends."""
        self._watched.add(stream)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run(), name="live rights")

    def forget(self, stream: Watched) -> None:
        self._watched.discard(stream)

    async def _run(self) -> None:
        while self._watched:
            await asyncio.sleep(TICK)
            now = time.monotonic()
            due = [stream for stream in self._watched if now - stream.at >= RECHECK - 2 * TICK]
            for start in range(0, len(due), AT_ONCE):
                await self.look(due[start : start + AT_ONCE])

    async def look(self, due: list[Watched]) -> None:
        """End those of these streams that may no longer listen."""
        try:
            lost = await self._in_thread(lambda: self.lost(due))
        except Exception:  # noqa: BLE001  (no database: nothing is sent either; ask again next time)
            logger.warning("Live rights could not be checked: no database")
            return
        for stream in lost:
            stream.subscription.put(None)  # the page connects again and is told where it stands

    def lost(self, due: list[Watched]) -> list[Watched]:
        """Those whose session ended, or of whose topics one is no longer theirs."""
        marks = self._marks({stream.session_key for stream in due})
        return [stream for stream in due if not self._may_stay(stream, marks.get(stream.session_key))]

    def _may_stay(self, stream: Watched, mark: str | None) -> bool:
        if mark is None:
            return False
        stream.at, told = time.monotonic(), stream.subscription.told
        stream.looks += 1
        if mark and (mark, told) == (stream.mark, stream.told) and stream.looks % IN_FULL:
            return True
        topics = sorted(stream.subscription.topics)
        stream.mark, stream.told = mark, told
        return self._allowed(stream.session_key, topics) == topics
