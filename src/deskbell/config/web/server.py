"""Starts granian for this machine's settings."""

import resource

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from deskbell.config.installation.model import DeskbellSettings

STOP_SECONDS = 1  # for running pages after the streams are closed
CONNECTIONS = 10_000  # open at once in one worker, nearly all of them live updates; granian's default is 512
HEADER_SECONDS = 15  # in which the head of a request has to be here; for bodies see `body`


def serve(settings: DeskbellSettings) -> None:
    """Serve until a signal comes."""
    _allow_files(CONNECTIONS + 500)
    Granian(
        "deskbell.config.web.app:app",
        address=settings.listen_host,
        port=settings.listen_port,
        interface=Interfaces.RSGI,
        workers=settings.web_workers,
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
