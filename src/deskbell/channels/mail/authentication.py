"""What our own mail server found out about a sender (Authentication-Results, RFC 8601)."""

from __future__ import annotations

import re

from deskbell.channels.mail.parse import ParsedMail

_COMMENT = re.compile(r"\([^()]*\)")
_LONGEST = 10_000  # characters looked at


def refutation(mail: ParsedMail, server: str) -> str:
    """What refutes that the message comes from its sender, as in "dmarc=fail"; empty where nothing does.

    server: the authserv-id that is believed; empty: none is. Anybody can write such a header, and a server adds its
    own on top of them, so the first one under its name counts alone; it removes others of its name (section 5).
    """
    if not server:
        return ""
    for value in mail.header_values("Authentication-Results"):
        name, *results = _COMMENT.sub(" ", value[:_LONGEST]).lower().split(";")
        if name.split()[:1] == [server.strip().lower()]:
            return _verdict([result.split()[0] for result in results if result.strip()])
    return ""


def _verdict(results: list[str]) -> str:
    found: dict[str, set[str]] = {}
    for result in results:
        method, _equals, outcome = result.partition("=")
        found.setdefault(method, set()).add(outcome)
    if "dmarc" in found:
        return "dmarc=fail" if found["dmarc"] == {"fail"} else ""
    # Without DMARC only a message that both refute; one good signature among several is enough.
    if found.get("spf") == {"fail"} and found.get("dkim") == {"fail"}:
        return "spf=fail dkim=fail"
    return ""
