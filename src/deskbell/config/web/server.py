"""Starts granian for this machine's settings."""

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from deskbell.config.installation.model import DeskbellSettings

STOP_SECONDS = 1  # for running pages after the streams are closed
HEADER_SECONDS = 15  # in which the head of a request has to be here; for bodies see `body`


def serve(settings: DeskbellSettings) -> None:
    """Serve until a signal comes."""
    Granian(
        "deskbell.config.web.app:app",
        address=settings.listen_host,
        port=settings.listen_port,
        interface=Interfaces.RSGI,
        workers=settings.web_workers,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        backlog=1024,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
