"""What comes by several connections at once, worked on together: whatever waits while others are worked on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
A = TypeVar("A")

GATHERING = 0.01  # seconds in which those who were just answered, together, come with their next
MOST = 20
LARGEST = 2_000_000  # bytes of all that go together


class Together(Generic[T, A]):
    """Gives what waits to `work`, in a thread, several at once and in their order; each caller gets its own answer.

    work: gives an answer for each, or raises for all; then each is worked on alone. size: in bytes.
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[A]], size: Callable[[T], int]) -> None:
        self._work = work
        self._size = size
        self._waiting: deque[tuple[T, asyncio.Future[A]]] = deque()
        self._task: asyncio.Task[None] | None = None

    async def take(self, one: T) -> A:
        """The answer for it. Raises what `work` raised for it alone."""
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch = self._next()
                if len(batch) == 1 or not await self._try(batch):
                    for each in batch:
                        await self._alone(*each)
                if len(batch) + len(self._waiting) > 1:
                    await asyncio.sleep(GATHERING)
        finally:
            self._task = None

    def _next(self) -> list[tuple[T, asyncio.Future[A]]]:
        batch = [self._waiting.popleft()]
        size = self._size(batch[0][0])
        while self._waiting and len(batch) < MOST:
            size += self._size(self._waiting[0][0])
            if size > LARGEST:
                break
            batch.append(self._waiting.popleft())
        return batch

    async def _try(self, batch: Sequence[tuple[T, asyncio.Future[A]]]) -> bool:
        try:
            answers = await asyncio.to_thread(self._work, [one for one, _answer in batch])
        except Exception:  # noqa: BLE001  (whose fault it is shows when each is alone)
            return False
        for (_one, answer), found in zip(batch, answers, strict=True):
            if not answer.done():  # who asked may have gone
                answer.set_result(found)
        return True

    async def _alone(self, one: T, answer: asyncio.Future[A]) -> None:
        try:
            (found,) = await asyncio.to_thread(self._work, [one])
        except Exception as error:  # noqa: BLE001  (told to who asked)
            if not answer.done():
                answer.set_exception(error)
        else:
            if not answer.done():
                answer.set_result(found)
