"""Options of webhooks that an administrator changes in the page."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field

from deskbell.kernel.api import Option, declare
from deskbell.webhooks.sending.targets import Allowed, Refused


def _readable(entries: list[str]) -> list[str]:
    try:
        Allowed.read(entries)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None
    return entries


ALLOWED_TARGETS: Option[list[str]] = declare(
    Option(
        name="webhooks.allowed_targets",
        type=Annotated[list[str], Field(max_length=200), AfterValidator(_readable)],  # type: ignore[arg-type]  # anything pydantic validates
        default=[],
        label=_("Servers of your own that webhooks may be sent to"),
        help=_(
            "Names (hooks.internal), addresses or networks (10.1.0.0/16). All others must be public and speak https. "
            "Whoever sets up webhooks reaches these servers from the desk."
        ),
    )
)
PAUSE_AFTER_DAYS: Option[int] = declare(
    Option(
        name="webhooks.pause_after_days",
        type=Annotated[int, Field(ge=1, le=60)],  # type: ignore[arg-type]  # anything pydantic validates
        default=5,
        label=_("Days without a delivery after which a webhook is paused"),
    )
)
KEEP_DAYS: Option[int] = declare(
    Option(
        name="webhooks.keep_days",
        type=Annotated[int, Field(ge=1, le=365)],  # type: ignore[arg-type]  # anything pydantic validates
        default=30,
        label=_("Days for which deliveries of webhooks are kept"),
    )
)


def allowed() -> Allowed:
    """What an administrator has allowed; one query."""
    return Allowed.read(ALLOWED_TARGETS.get())
