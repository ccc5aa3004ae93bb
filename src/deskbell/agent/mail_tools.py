"""What the mail channel adds to a message: its trace, its raw source, sending again.

Found by name: a desk without the mail channel has none of it, and says so.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer


def _door(name: str) -> Any:
    try:
        return getattr(import_module("deskbell.channels.api"), name, None)
    except ImportError:
        return None


def trace(viewer: Viewer, message_id: int) -> Any:
    """The decisions about an incoming mail, oldest first; None when there are none."""
    door = _door("trace_for_message")
    try:
        return door(viewer, message_id) if door else None
    except NotFound:
        return None


def raw_source(viewer: Viewer, message_id: int) -> bytes | None:
    """The mail as it was, or None when it is not kept."""
    door = _door("raw_source")
    found = door(viewer, message_id) if door else None
    return bytes(found) if found is not None else None


def resend(viewer: Viewer, message_id: int) -> None:
    """Raises Invalid where nothing sends."""
    door = _door("resend")
    if door is None:
        raise Invalid(_("No channel is set up that could send this."))
    door(viewer, message_id)
