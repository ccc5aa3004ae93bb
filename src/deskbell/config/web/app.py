"""What granian serves: `/live/` natively asynchronous, everything else as WSGI in threads.

Loaded once in each web process. See docs/adr/0002-web-server.md.
"""

import asyncio
import logging
import multiprocessing
import os
import signal

from django.conf import settings

from deskbell.config.children import die_with_parent
from deskbell.config.web.bridge import WSGIBridge
from deskbell.config.web.environ import Scope
from deskbell.config.web.protocol import HTTPProtocol
from deskbell.config.web.threads import Threads

logger = logging.getLogger(__name__)

STREAM_GRACE = 0.2  # seconds for open streams to say goodbye before the server stops


class WebApp:
    """An RSGI application."""

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        if multiprocessing.parent_process() is not None:
            die_with_parent(signal.SIGKILL)  # a killed granian must not leave workers on the port
        os.environ["DESKBELL_ROLE"] = "web"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskbell.config.settings")
        from deskbell.config.wsgi import application  # loads Django, which the imports below need

        # The application draws the page for a body that is too large, so it must see a little over the limit.
        self._pages = WSGIBridge(
            application, threads=settings.DESKBELL.web_threads, body_limit=settings.MAX_UPLOAD_BYTES
        )
        from deskbell.config.live_app import LiveApp
        from deskbell.live import api as live

        self._hub = live.hub()
        self._live = LiveApp(self._hub, Threads(2, name="live"))
        loop.create_task(self._open())
        # granian waits for open answers before it stops, and a stream never ends by itself. So the first
        # signal ends the streams, and the second, sent by ourselves, is granian's.
        loop.add_signal_handler(signal.SIGTERM, lambda: loop.create_task(self._stop()))

    async def _open(self) -> None:
        from deskbell.config.installation.database import conninfo

        self._hub.start(conninfo())

    async def _stop(self) -> None:
        await self._hub.close()
        await asyncio.sleep(STREAM_GRACE)
        os.kill(os.getpid(), signal.SIGINT)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._pages.close()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if scope.proto != "http":
            protocol.response_empty(404, [])
        elif scope.path.startswith("/live/"):
            await self._live(scope, protocol)
        else:
            await self._pages(scope, protocol)


app = WebApp()
