"""`GET /live/events?topics=…`: server-sent events, the one native asynchronous answer."""

import asyncio
import http.cookies
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TypeVar
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from deskbell.config.live_rights import Rights, Watched
from deskbell.config.web.environ import Scope
from deskbell.config.web.protocol import HTTPProtocol, StreamTransport
from deskbell.config.web.threads import Threads
from deskbell.kernel.api import Viewer
from deskbell.live import api as live
from deskbell.people import api as people

logger = logging.getLogger(__name__)

HEARTBEAT = 15.0  # seconds; proxies close what is silent for longer
STREAMS = 12  # open at once in one session and process: as many pages as anybody looks at

_HEADERS = [
    ("content-type", "text/event-stream; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-accel-buffering", "no"),  # nginx would collect the stream otherwise
    ("x-content-type-options", "nosniff"),
]
_PLAIN = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store")]

ResultT = TypeVar("ResultT")


class LiveApp:
    """Streams of one process."""

    def __init__(self, hub: live.Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads
        self._open: Counter[str] = Counter()  # streams by session
        self._rights = Rights(people.session_marks, _allowed, self._in_thread)

    async def __call__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if scope.path != "/live/events":
            protocol.response_str(404, _PLAIN, "There is nothing here.\n")
        elif scope.method != "GET":
            protocol.response_str(405, [*_PLAIN, ("allow", "GET")], "Only GET.\n")
        elif self._hub.closing:
            protocol.response_str(503, [*_PLAIN, ("retry-after", "2")], "The desk is stopping.\n")
        else:
            await self._events(scope, protocol)

    async def _events(self, scope: Scope, protocol: HTTPProtocol) -> None:
        wanted = live.parse_topics(",".join(parse_qs(scope.query_string).get("topics", [])))
        session_key = _session_key(scope)
        try:
            allowed = await self._in_thread(lambda: _allowed(session_key, wanted))
        except Exception:
            logger.exception("Live updates could not ask the database")
            protocol.response_str(503, [*_PLAIN, ("retry-after", "5")], "The desk cannot reach its database.\n")
            return
        if allowed is None:
            protocol.response_str(401, _PLAIN, "Sign in first.\n")
        elif not allowed:
            protocol.response_str(403, _PLAIN, "You may listen to none of these.\n")
        elif self._open[session_key] >= STREAMS:
            protocol.response_str(429, [*_PLAIN, ("retry-after", "60")], "Close a few pages first.\n")
        else:
            self._open[session_key] += 1
            try:
                await self._stream(scope, protocol, session_key, allowed)
            finally:
                self._open[session_key] -= 1
                if not self._open[session_key]:
                    del self._open[session_key]

    async def _stream(self, scope: Scope, protocol: HTTPProtocol, session_key: str, topics: list[live.Topic]) -> None:
        # Listening begins before the replay, so that nothing falls between the two.
        subscription = self._hub.subscribe(topics)
        watched = Watched(session_key, subscription)
        self._rights.watch(watched)
        transport = protocol.response_stream(200, _HEADERS)
        last = scope.headers.get("last-event-id") or "".join(parse_qs(scope.query_string).get("last", []))
        gone = asyncio.ensure_future(_until_gone(protocol))
        gone.add_done_callback(lambda _done: subscription.put(None))
        try:
            await self._send(transport, live.read_position(last), subscription)
        except Exception as error:  # noqa: BLE001  (granian raises its own kinds when the client is gone)
            logger.debug("A stream ended: %s", error)
        finally:
            self._rights.forget(watched)
            self._hub.unsubscribe(subscription)
            gone.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await gone

    async def _send(
        self, transport: StreamTransport, since: live.Position | None, subscription: live.Subscription
    ) -> None:
        """Until the subscription ends: the hub closes, the client is gone, or the rights are."""
        await transport.send_str("retry: 2000\n: listening\n\n")
        if since is not None:
            topics = sorted(subscription.topics)
            for missed in await self._in_thread(lambda: live.catch_up(topics, since)):
                await transport.send_str(missed.as_sse())
        while True:
            try:
                update = await subscription.next(HEARTBEAT)
            except TimeoutError:
                await transport.send_str(": still here\n\n")
                continue
            if update is None:
                return
            await transport.send_str(update.as_sse())

    async def _in_thread(self, work: Callable[[], ResultT]) -> ResultT:
        results: list[ResultT] = []

        def run() -> None:
            close_old_connections()
            try:
                results.append(work())
            finally:
                close_old_connections()

        await self._threads.run(run)
        return results[0]


async def _until_gone(protocol: HTTPProtocol) -> None:
    await protocol.client_disconnect()


def _session_key(scope: Scope) -> str:
    jar: http.cookies.SimpleCookie = http.cookies.SimpleCookie()
    with suppress(http.cookies.CookieError):
        jar.load(scope.headers.get("cookie") or "")
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


def viewer_of_session(session_key: str) -> Viewer | None:
    """Who holds this session now; None when it is not a signed-in one."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    viewer = people.viewer_for(user)
    return viewer if viewer.is_authenticated else None


def _allowed(session_key: str, topics: list[live.Topic]) -> list[live.Topic] | None:
    viewer = viewer_of_session(session_key)
    return None if viewer is None else live.allowed_topics(viewer, topics)
