"""Normal forms of addresses and numbers, so that one person is found again on every channel."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import idna
import phonenumbers
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from deskbell.kernel.api import Invalid
from deskbell.people.models import ContactKind
from deskbell.people.options import PHONE_REGION

ANY_DOMAIN = "desk.test"  # the local part is checked apart from its domain
PLAIN_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*")
ADDRESS_LITERAL = re.compile(r"\[(ipv6:)?[0-9a-f.:]+\]")
LONGEST_ADDRESS = 254  # octets, RFC 5321 4.5.3.1.3 less the angle brackets


def normalise_email(address: str) -> str:
    """The address in lower case with its domain in ASCII (IDNA 2008).

    Mail systems of the last decades ignore case in the local part as well, though RFC 5321 lets them not to;
    two people whose addresses differ in case alone do not exist in practice. Raises Invalid naming "email".
    """
    cleaned = unicodedata.normalize("NFC", address.strip().strip("<>"))
    value = _normal_email(cleaned)
    if not value:
        raise Invalid(fields={"email": _("“%(value)s” is not an e-mail address.") % {"value": _short(cleaned)}})
    return value


@lru_cache(2048)  # a mail names the same few addresses many times
def _normal_email(cleaned: str) -> str:
    """Empty for what is no address."""
    local, _at, domain = cleaned.rpartition("@")
    try:
        parsed = validate_email(
            f"{local}@{ANY_DOMAIN}", check_deliverability=False, allow_quoted_local=True, test_environment=True
        )
        value = f"{parsed.local_part}@{_ascii_domain(domain)}".lower()
    except (EmailNotValidError, idna.IDNAError, UnicodeError):
        return ""
    return value if len(value.encode()) <= LONGEST_ADDRESS else ""


def _ascii_domain(domain: str) -> str:
    """The domain in ASCII; also one that only exists inside a company ("host.local"), or an address literal."""
    lowered = domain.lower()
    if PLAIN_DOMAIN.fullmatch(lowered) or ADDRESS_LITERAL.fullmatch(lowered):
        return lowered
    return idna.encode(lowered, uts46=True).decode("ascii")


def normalise_domain(domain: str) -> str:
    """A mail domain in lower case and ASCII, without a leading "@". Raises Invalid naming "domain"."""
    cleaned = domain.strip().lstrip("@").rstrip(".")
    try:
        return normalise_email(f"postmaster@{cleaned}").partition("@")[2]
    except Invalid:
        problem = _("“%(domain)s” is not a mail domain.") % {"domain": _short(cleaned)}
        raise Invalid(fields={"domain": problem}) from None


def normalise_phone(number: str, region: str | None = None) -> str:
    """The number in E.164, as in "+358401234567".

    region: ISO 3166 code for numbers written without a country; None means the desk's option
    `people.phone_region`. Raises Invalid naming "phone".
    """
    try:
        parsed = phonenumbers.parse(number, (region if region is not None else PHONE_REGION.get()) or None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise Invalid(
            fields={
                "phone": _("“%(number)s” is not a phone number. Write it with its country, as in +358 40 1234567.")
                % {"number": _short(number)}
            }
        )
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def normalise(kind: str, value: str) -> str:
    """The normal form of a contact point of this kind. Raises Invalid."""
    if kind == ContactKind.EMAIL:
        return normalise_email(value)
    if kind == ContactKind.PHONE:
        return normalise_phone(value)
    raise Invalid(fields={"kind": _("There is no such kind of contact.")})


def domain_of(address: str) -> str:
    """The domain of a normalised address."""
    return address.rpartition("@")[2]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  enough to recognise it by
