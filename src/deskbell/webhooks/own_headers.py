"""Headers that a webhook adds of its own, such as a password of the receiver."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

MOST = 10
LONGEST_VALUE = 2000
MASK = "•••"

_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")  # a token by RFC 9110
_VALUE = re.compile(r"[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?")
# What the request itself decides, and what would change where or how the receiver reads it.
_OURS = frozenset(
    (
        "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "cookie", "expect",
        "forwarded", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via",
    )
)  # fmt: skip
_OUR_PREFIXES = ("webhook-", "proxy-", "x-forwarded-", "sec-")


def check(headers: Mapping[str, str]) -> str:
    """What is wrong with the headers, in words; empty when nothing is."""
    if len(headers) > MOST:
        return _("At most %(num)d headers.") % {"num": MOST}
    if len({name.lower() for name in headers}) < len(headers):
        return _("Each header once.")
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            return _("“%(name)s” is no name of a header.") % {"name": name[:100]}
        if name.lower() in _OURS or name.lower().startswith(_OUR_PREFIXES):
            return _("The header %(name)s is set by Deskbell.") % {"name": name}
        if len(value) > LONGEST_VALUE or not _VALUE.fullmatch(value):
            return _("The value of %(name)s may hold only printable ASCII characters, %(num)d at most.") % {
                "name": name,
                "num": LONGEST_VALUE,
            }
    return ""
