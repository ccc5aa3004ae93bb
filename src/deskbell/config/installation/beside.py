"""Commands beside a running desk follow its ports, which may have been shifted because the usual ones were taken."""

import os

from deskbell.config.installation.load import load_settings
from deskbell.config.installation.model import DeskbellSettings
from deskbell.config.locks import ProcessLock

_PORTS = ("listen_port", "smtp_in_port", "outbox_port")


def describe(settings: DeskbellSettings) -> dict[str, object]:
    """What a running desk writes into its lock for others."""
    return {"address": settings.address, **{name: getattr(settings, name) for name in _PORTS}}


def load_settings_beside() -> DeskbellSettings:
    """The settings of this process, with the ports of the desk that runs from the same data folder."""
    settings = load_settings()
    running = ProcessLock(settings.place / "lock").who_holds()
    ports = {name: running[name] for name in _PORTS if isinstance(running.get(name), int)}
    if all(getattr(settings, name) == port for name, port in ports.items()):
        return settings
    # Into the environment, for Django's settings are read once more.
    os.environ |= {DeskbellSettings.environment_name(name): str(port) for name, port in ports.items()}
    load_settings.cache_clear()
    return load_settings()
