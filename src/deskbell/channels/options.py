"""Options of mail that an administrator changes in the page."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskbell.kernel.api import Option, declare

AUTOMATIC_PER_DAY: Option[int] = declare(
    Option(
        name="mail.automatic_per_day",
        type=Annotated[int, Field(ge=0, le=1000)],  # type: ignore[arg-type]  # anything pydantic validates
        default=5,
        label=_("Automatic mails to one address a day"),
        help=_("More acknowledgements than this are not sent. It stops two robots that answer each other."),
    )
)
GIVE_UP_HOURS: Option[int] = declare(
    Option(
        name="mail.give_up_hours",
        type=Annotated[int, Field(ge=1, le=240)],  # type: ignore[arg-type]  # anything pydantic validates
        default=48,
        label=_("Hours in which an answer that could not be sent is tried again"),
    )
)
