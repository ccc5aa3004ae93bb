"""Options of people that an administrator sets."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from deskbell.kernel.api import Option, declare

PORTAL_SIGN_UP = declare(
    Option(
        "people.portal_sign_up",
        bool,
        default=False,
        label=_("People may register themselves in the portal"),
        help=_("When off, an account is made by a colleague or by the first mail somebody writes."),
    )
)
REQUIRE_SECOND_FACTOR = declare(
    Option(
        "people.require_second_factor",
        bool,
        default=False,
        label=_("Agents must use a second factor"),
        help=_("Whoever holds a role is taken to the set-up of an authenticator app or passkey at the next sign-in."),
    )
)
PHONE_REGION = declare(
    Option(
        "people.phone_region",
        str,
        default="",
        label=_("Country of phone numbers written without one"),
        help=_("Two letters, as in FI or UA."),
    )
)
TOKENS_FOR_CUSTOMERS = declare(
    Option(
        "people.tokens_for_customers",
        bool,
        default=False,
        label=_("People without a role may make API tokens"),
        help=_("When off, only colleagues make tokens; those that others have made stop working."),
    )
)
LONGEST_TOKEN_LIFE: Option[int] = declare(
    Option(
        name="people.longest_token_life",
        type=Annotated[int, Field(ge=0, le=3650)],  # type: ignore[arg-type]  # anything pydantic validates
        default=365,
        label=_("Longest life of an API token, in days"),
        help=_("0 lets people make tokens that never expire. Tokens made before keep the date they have."),
    )
)
