"""The one place that reads the settings of this process."""

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from deskbell.config.installation.model import DeskbellSettings
from deskbell.config.installation.sources import SettingsError, explain, refuse_misspelt

RoleName = Literal["web", "worker", "intake"]

_KEY_FILE = "secret_key"


@cache
def load_settings() -> DeskbellSettings:
    """The settings of this process, read once. Raises SettingsError with every wrong one named."""
    refuse_misspelt(DeskbellSettings, os.environ)
    try:
        return DeskbellSettings()
    except ValidationError as error:
        raise SettingsError(explain(error, DeskbellSettings, os.environ)) from error


def take_role(name: RoleName) -> DeskbellSettings:
    """The settings of this process, which is that role from now on.

    Nothing is read again: a copy of another process would write to 5 MB that it shares with the others.
    """
    os.environ["DESKBELL_ROLE"] = name
    settings = load_settings()
    object.__setattr__(settings, "role", name)  # frozen for everybody else
    return settings


def make_private(folder: Path) -> None:
    """Create a data folder. Its parents are made with default rights; existing ones are left alone."""
    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o711)  # the embedded database's user passes through, nobody lists it


def ensure_secret_key(settings: DeskbellSettings) -> None:
    """Make the secret key at the first start and keep it, readable by the owner only."""
    path = settings.place / _KEY_FILE
    if settings.secret_key is not None or path.exists():
        return
    make_private(settings.place)
    # Written whole under another name, then linked: of two first starts exactly one wins.
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def secret_key(settings: DeskbellSettings) -> str:
    """The key in use; before the first start one that lasts as long as this process."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    try:
        return (settings.place / _KEY_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return secrets.token_urlsafe(48)
    except PermissionError as error:
        raise SettingsError(
            f"{settings.place / _KEY_FILE}: cannot be read by this user.\n"
            "  Fix: run as the user who owns the data folder, or set DESKBELL_DATA_DIR to a folder of your own."
        ) from error
