"""Runs a WSGI application for RSGI requests in a bounded pool of threads."""

import asyncio
import io
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from deskbell.config.web.body import Bodies, TooLargeError, TooSlowError
from deskbell.config.web.compression import compressed
from deskbell.config.web.environ import Scope, wsgi_environ
from deskbell.config.web.protocol import HeaderList, HTTPProtocol, StreamTransport
from deskbell.config.web.threads import Threads

logger = logging.getLogger(__name__)

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Requests that are here whole and wait for a thread; more than that are told to come back.
MAX_WAITING = 512

_BUSY = "The desk is busy.\n"
_TOO_SLOW = "The request did not arrive in time.\n"
_PLAIN = ("content-type", "text/plain")


class WSGIBridge:
    """Pages run at WSGI speed: one hop to a thread and back, no copies of small bodies."""

    def __init__(self, application: WSGIApplication, *, threads: int, body_limit: int) -> None:
        self._application = application
        self._body_limit = body_limit
        self._bodies = Bodies(body_limit)
        self._threads = Threads(threads, name="page")
        self._waiting = 0

    def close(self) -> None:
        """Let running pages finish."""
        self._threads.close()

    async def __call__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if self._is_full(protocol):
            return
        try:
            body, length = await self._bodies.receive(scope, protocol)
        except TooLargeError:
            # The application draws the page; it refuses by the announced length before it reads anything.
            body, length = io.BytesIO(), self._body_limit + 1
        except TooSlowError:
            protocol.response_str(408, [("connection", "close"), _PLAIN], _TOO_SLOW)
            return
        with body:
            if not self._is_full(protocol):
                await self._serve(wsgi_environ(scope, body, length), protocol)

    def _is_full(self, protocol: HTTPProtocol) -> bool:
        """Whether too many wait already; then it has been said."""
        if self._waiting < MAX_WAITING:
            return False
        protocol.response_str(503, [("retry-after", "2"), _PLAIN], _BUSY)
        return True

    async def _serve(self, environ: dict[str, Any], protocol: HTTPProtocol) -> None:
        self._waiting += 1
        try:
            await self._threads.run(partial(self._run, environ, protocol, asyncio.get_running_loop()))
        finally:
            self._waiting -= 1

    def _run(self, environ: dict[str, Any], protocol: HTTPProtocol, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: call the application and answer."""
        started: list[tuple[int, HeaderList]] = []

        def start_response(status: str, headers: HeaderList, exc_info: object = None) -> None:  # noqa: ARG001
            # Django writes cookies with a space before them.
            started[:] = [(int(status[:3]), [(name, value.strip()) for name, value in headers])]

        result = self._application(environ, start_response)
        try:
            status, headers = started[0]
            if getattr(result, "streaming", False) or not hasattr(result, "content"):
                self._stream(result, protocol.response_stream(status, headers), loop)
            else:
                accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
                headers, body = compressed(status, headers, b"".join(result), accepted)
                protocol.response_bytes(status, headers, body)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()

    @staticmethod
    def _stream(chunks: Iterable[bytes], transport: StreamTransport, loop: asyncio.AbstractEventLoop) -> None:
        """Send piece by piece, at the pace of the client; it may leave at any time."""
        try:
            for chunk in chunks:
                asyncio.run_coroutine_threadsafe(_send(transport, chunk), loop).result()
        except Exception as error:  # noqa: BLE001  (granian raises its own kinds when the client is gone)
            logger.info("A download ended early: %s", error)


async def _send(transport: StreamTransport, chunk: bytes) -> None:
    await transport.send_bytes(chunk)
