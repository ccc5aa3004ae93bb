"""Request bodies: small ones in memory, large ones on disk, too large and too slow ones refused.

The whole body is received before a thread is taken, so a slow sender holds a connection and nothing else, and that
not for long.
"""

import asyncio
import io
import tempfile
from typing import BinaryIO

from deskbell.config.web.environ import Scope
from deskbell.config.web.protocol import HTTPProtocol

IN_MEMORY = 256 * 1024  # bytes; beyond, the body goes to a temporary file
IDLE_SECONDS = 15.0  # without a single byte
BASE_SECONDS = 30.0  # for a body of any size …
SLOWEST = 32 * 1024  # … and a second more for each so many bytes: a bad mobile line manages that
MAX_RECEIVING = 256  # bodies that arrive at the same time; beyond, the oldest makes room


class TooLargeError(Exception):
    """The body is larger than the desk accepts."""


class TooSlowError(Exception):
    """The body did not arrive in time, or the oldest of too many had to make room."""


class Bodies:
    """Receives the bodies of one process.

    Honest bodies arrive within moments, so whoever opens many and sends slowly only pushes out its own.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._receiving: dict[int, asyncio.Timeout] = {}  # the oldest first
        self._count = 0

    async def receive(self, scope: Scope, protocol: HTTPProtocol) -> tuple[BinaryIO, int]:
        """The body and its length in bytes. Raises TooLargeError beyond the limit, TooSlowError."""
        announced = scope.headers.get("content-length")
        if announced is None and scope.headers.get("transfer-encoding") is None and scope.http_version[:1] == "1":
            return io.BytesIO(), 0
        length = int(announced) if announced and announced.isdigit() else None
        if length is not None and length > self._limit:
            raise TooLargeError
        if length == 0:
            return io.BytesIO(), 0
        self._make_room()
        self._count += 1
        number = self._count
        try:
            async with asyncio.timeout(None) as deadline:
                self._receiving[number] = deadline
                if length is not None and length <= IN_MEMORY:
                    deadline.reschedule(_now() + _longest(length))
                    content = await protocol()
                    return io.BytesIO(content), len(content)
                return await self._to_disk(protocol, number, deadline)
        except TimeoutError:
            raise TooSlowError from None
        finally:
            self._receiving.pop(number, None)

    def _make_room(self) -> None:
        while len(self._receiving) >= MAX_RECEIVING:
            oldest = next(iter(self._receiving))
            self._receiving.pop(oldest).reschedule(_now())

    async def _to_disk(self, protocol: HTTPProtocol, number: int, deadline: asyncio.Timeout) -> tuple[BinaryIO, int]:
        spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed after the response)
        received, begun = 0, _now()
        try:
            deadline.reschedule(begun + IDLE_SECONDS)
            async for chunk in protocol:
                received += len(chunk)
                self._require_welcome(number, received)
                # Blocks the loop for the time of a write to the page cache only.
                spool.write(chunk)
                deadline.reschedule(min(_now() + IDLE_SECONDS, begun + _longest(received)))
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return spool, received  # type: ignore[return-value]  # a spooled file reads like any binary file

    def _require_welcome(self, number: int, received: int) -> None:
        if received > self._limit:
            raise TooLargeError
        if number not in self._receiving:
            raise TooSlowError  # it had to make room while this chunk was on its way


def _longest(size: int) -> float:
    """Seconds in which so many bytes have to be here."""
    return BASE_SECONDS + size / SLOWEST


def _now() -> float:
    return asyncio.get_running_loop().time()
