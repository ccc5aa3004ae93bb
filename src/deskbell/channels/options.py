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
TRUSTED_AUTHENTICATION: Option[str] = declare(
    Option(
        name="mail.trusted_authentication",
        type=Annotated[str, Field(max_length=253)],  # type: ignore[arg-type]  # anything pydantic validates
        default="",
        label=_("Mail server whose check of senders is believed"),
        help=_(
            "The name your mail server puts first in Authentication-Results. Empty: senders are not checked. "
            "The server must remove such headers of its name from mail that comes in."
        ),
    )
)
