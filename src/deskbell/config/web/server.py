"""Starts granian for this machine's settings."""

import resource
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer
from typing_extensions import override

from deskbell.config.installation.model import DeskbellSettings

STOP_SECONDS = 1  # for running pages after the streams are closed
CONNECTIONS = 10_000  # open at once in one worker, nearly all of them live updates; granian's default is 512
HEADER_SECONDS = 15  # in which the head of a request has to be here; for bodies see `body`


class _One(MPServer):
    """A granian that is itself the only worker, where something else starts and watches several."""

    @override
    def _serve(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        self._init_shared_socket()  # type: ignore[no-untyped-call]
        self._start_ipc()  # type: ignore[no-untyped-call]
        self._spawn_worker(idx=0, target=spawn_target, callback_loader=target_loader).inner.run()


def serve(settings: DeskbellSettings) -> None:
    """Serve with as many processes as the settings say, and start one that crashes again, until a signal comes."""
    _serve_by(MPServer, settings, workers=settings.web_workers)


def serve_one(settings: DeskbellSettings) -> None:
    """Serve in this process alone until a signal comes. All processes that do so share the port.

    A process that does nothing but watch others holds 10 MB of its own, and the supervisor does that anyway.
    """
    _serve_by(_One, settings, workers=1)


def _serve_by(kind: type[MPServer], settings: DeskbellSettings, *, workers: int) -> None:
    _allow_files(CONNECTIONS + 500)
    kind(
        "deskbell.config.web.app:app",
        address=settings.listen_host,
        port=settings.listen_port,
        interface=Interfaces.RSGI,
        workers=workers,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        backlog=1024,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def _allow_files(count: int) -> None:
    """Each connection is an open file; systemd and shells begin with 1,024 of them and allow more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
