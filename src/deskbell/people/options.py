"""Options of people that an administrator sets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
