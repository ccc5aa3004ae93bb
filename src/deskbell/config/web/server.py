"""Starts granian for this machine's settings."""

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from deskbell.config.installation.model import DeskbellSettings

STOP_SECONDS = 1  # for running pages after the streams are closed


def serve(settings: DeskbellSettings) -> None:
    """Serve until a signal comes."""
    Granian(
        "deskbell.config.web.app:app",
        address=settings.listen_host,
        port=settings.listen_port,
        interface=Interfaces.RSGI,
        workers=settings.web_workers,
        websockets=False,
        backlog=1024,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()
