"""One LISTEN connection per process, fanned out in memory to the streams that are open here."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

import psycopg

from deskbell.live.messages import CHANNEL, RESYNC_UPDATE, Update, parse
from deskbell.live.topics import Topic

logger = logging.getLogger(__name__)

QUEUE_LIMIT = 200  # updates a stream may be behind; beyond, one resync says more
CHECK_SECONDS = 20.0  # how long a silent connection is believed
BACK_OFF = (0.2, 0.5, 1.0, 2.0, 3.0)  # seconds before each further attempt


class Subscription:
    """The updates of one open stream. Iterate with `next`; None means: the hub closes."""

    __slots__ = ("_backlog", "_wake", "told", "topics")

    def __init__(self, topics: Iterable[Topic]) -> None:
        self.topics = frozenset(topics)
        self.told = 0  # how many updates it was given
        self._backlog: list[Update | None] = []
        self._wake: asyncio.Future[None] | None = None

    def put(self, update: Update | None) -> None:
        """Called by the hub. A stream that does not keep up loses its backlog and is told to reload."""
        if len(self._backlog) >= QUEUE_LIMIT:
            self._backlog.clear()
            update = None if update is None else RESYNC_UPDATE
        self.told += 1
        self._backlog.append(update)
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def next(self, seconds: float) -> Update | None:
        """The next update. Raises TimeoutError after `seconds` without one. One reader at a time.

        A timer and a future, where asyncio's queue and `wait_for` take a task and three queues for each idle stream.
        """
        while not self._backlog:
            loop = asyncio.get_running_loop()
            self._wake = loop.create_future()
            timer = loop.call_later(seconds, _time_out, self._wake)
            try:
                await self._wake
            finally:
                timer.cancel()
                self._wake = None
        return self._backlog.pop(0)


def _time_out(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError())


class Hub:
    """Belongs to one event loop."""

    def __init__(self) -> None:
        self._by_topic: defaultdict[Topic, set[Subscription]] = defaultdict(set)
        self._all: set[Subscription] = set()
        self._task: asyncio.Task[None] | None = None
        self.closing = False
        self.listening = asyncio.Event()

    def start(self, conninfo: str) -> None:
        """Listen until `close`. Survives the database going away."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(conninfo), name="live hub")

    async def close(self) -> None:
        """End every stream and stop listening."""
        self.closing = True
        for subscription in list(self._all):
            subscription.put(None)
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def subscribe(self, topics: Iterable[Topic]) -> Subscription:
        subscription = Subscription(topics)
        for topic in subscription.topics:
            self._by_topic[topic].add(subscription)
        self._all.add(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        self._all.discard(subscription)
        for topic in subscription.topics:
            self._by_topic[topic].discard(subscription)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def dispatch(self, update: Update) -> None:
        """Hand an update to every stream that listens to one of its topics, once."""
        listeners = {listener for topic in update.topics for listener in self._by_topic.get(topic, ())}
        for listener in listeners:
            listener.put(update)

    async def _run(self, conninfo: str) -> None:
        failures = 0
        while True:
            try:
                async with await _connect(conninfo) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    if failures or self.listening.is_set():
                        self._resync()  # what was said meanwhile, nobody heard
                    failures = 0
                    self.listening.set()
                    await self._listen(connection)
            except (psycopg.Error, OSError) as error:
                wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                failures += 1
                logger.warning("Live updates lost the database, trying again in %s s: %s", wait, error)
                await asyncio.sleep(wait)

    async def _listen(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async for notification in connection.notifies(timeout=CHECK_SECONDS):
                update = parse(notification.payload)
                if update is None:
                    logger.warning("Not a live update: %r", notification.payload[:200])
                else:
                    self.dispatch(update)
            # A connection cut by a firewall stays silent for ever: asking finds out.
            await connection.execute("SELECT 1")

    def _resync(self) -> None:
        for subscription in list(self._all):
            subscription.put(RESYNC_UPDATE)


async def _connect(conninfo: str) -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(
        conninfo,
        autocommit=True,
        connect_timeout=5,
        application_name="deskbell live",
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
    )


@cache
def hub() -> Hub:
    """The hub of this process."""
    return Hub()
