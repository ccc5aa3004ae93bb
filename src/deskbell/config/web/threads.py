"""A bounded pool of threads that an event loop hands work to.

Not concurrent.futures: its threads are joined at exit, so one hanging page would delay stopping, and its two
futures per call cost a fifth of the speed of a small page (docs/adr/0002-web-server.md).
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

logger = logging.getLogger(__name__)

Work = Callable[[], None]
_Entry = tuple[Work, asyncio.AbstractEventLoop, asyncio.Future[None]]


def _resolve(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)


class Threads:
    """`size` daemon threads that run work in the order it came."""

    def __init__(self, size: int, *, name: str) -> None:
        self._queue: SimpleQueue[_Entry | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._loop, name=f"{name}-{number}", daemon=True) for number in range(size)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Work) -> None:
        """Run `work` in a thread; what it raises is raised here."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._queue.put((work, loop, done))
        await done

    def close(self) -> None:
        """Let each thread end after the work before it."""
        for _ in self._threads:
            self._queue.put(None)

    def _loop(self) -> None:
        while (entry := self._queue.get()) is not None:
            work, loop, done = entry
            if done.cancelled():
                continue
            error: Exception | None = None
            try:
                work()
            except Exception as raised:  # noqa: BLE001  (handed to whoever waits)
                error = raised
            try:
                loop.call_soon_threadsafe(_resolve, done, error)
            except RuntimeError:
                return  # the loop is closed: the process is ending
            del entry, work, done, error
