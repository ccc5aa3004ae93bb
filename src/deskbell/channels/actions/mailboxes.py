"""Setting up mailboxes."""

from __future__ import annotations

from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.channels import events
from deskbell.channels.access import CONFIGURE
from deskbell.channels.models import AfterReading, Mailbox, Protocol
from deskbell.channels.models.mailbox import SecurityChoice
from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, clock, record, storable
from deskbell.people.api import Department, normalise_email
from deskbell.tickets.api import Kind

_SECRETS = ("in_password", "out_password")
_PORTS = ("in_port", "out_port")


class MailboxValues(TypedDict, total=False):
    """What an administrator sets of a mailbox.

    A password left out or empty stays as it is, as long as it goes to the same place (`_guard_passwords`).
    """

    name: str
    address: str
    aliases: list[str]
    department_id: int
    default_kind_id: int | None
    sender_name: str
    plus_addressing: bool
    acknowledges: bool
    is_active: bool
    protocol: str
    in_host: str
    in_port: int
    in_security: str
    in_verify: bool
    in_user: str
    in_password: str
    folder: str
    after_reading: str
    move_to: str
    poll_seconds: int
    out_host: str
    out_port: int
    out_security: str
    out_verify: bool
    out_user: str
    out_password: str


@transaction.atomic
def create_mailbox(viewer: Viewer, **values: Unpack[MailboxValues]) -> Mailbox:
    """Add a mailbox; the intake notices by itself. Raises NotAllowed, Invalid naming each field."""
    viewer.require(CONFIGURE)
    mailbox = Mailbox(created_at=clock.now())
    cleaned = _clean({"name": "", "address": "", "department_id": 0, **values}, None)
    changes = apply(mailbox, **cleaned)
    _require_complete(mailbox)
    mailbox.save()
    record(viewer, events.MAILBOX_CREATED, mailbox.pk, changes=_without_secrets(changes))
    return mailbox


@transaction.atomic
def update_mailbox(viewer: Viewer, mailbox_id: int, **values: Unpack[MailboxValues]) -> Mailbox:
    """Change what is given; a running reader starts again. Raises NotFound, NotAllowed, Invalid."""
    mailbox = _lock(viewer, mailbox_id)
    cleaned = _clean(values, mailbox.pk)
    changes = apply(mailbox, **cleaned)
    if not changes:
        return mailbox
    _guard_passwords(mailbox, changes, given=cleaned)
    _require_complete(mailbox)
    if {"in_host", "in_user", "folder", "protocol", "after_reading"} & set(changes):
        mailbox.cursor = {}
    mailbox.failing_since, mailbox.last_error = None, ""
    mailbox.version += 1
    mailbox.save()
    record(viewer, events.MAILBOX_CHANGED, mailbox.pk, changes=_without_secrets(changes))
    return mailbox


@transaction.atomic
def remove_mailbox(viewer: Viewer, mailbox_id: int) -> None:
    """Remove a mailbox; what came through it stays. Raises NotFound, NotAllowed."""
    mailbox = _lock(viewer, mailbox_id)
    address = mailbox.address
    mailbox.delete()
    record(viewer, events.MAILBOX_REMOVED, mailbox_id, events.AddressData(address=address))


def _lock(viewer: Viewer, mailbox_id: int) -> Mailbox:
    viewer.require(CONFIGURE)
    mailbox = Mailbox.objects.select_for_update().filter(pk=mailbox_id).first()
    if mailbox is None:
        raise NotFound
    return mailbox


def _clean(values: MailboxValues, mailbox_id: int | None) -> dict[str, Any]:
    """Values fit to be stored. Raises Invalid naming each field that is wrong."""
    cleaned: dict[str, Any] = dict(values)
    for name, value in values.items():
        if isinstance(value, str) and name not in _SECRETS:
            cleaned[name] = " ".join(storable(value).split())
    for name in _SECRETS:
        if not cleaned.get(name):
            cleaned.pop(name, None)
    problems = _clean_addresses(cleaned, mailbox_id) | _references(cleaned) | _choices(cleaned)
    if "name" in cleaned:
        cleaned["name"] = cleaned["name"][:200] or cleaned.get("address", "")
    if problems:
        raise Invalid(fields=problems)
    return cleaned


def _clean_addresses(cleaned: dict[str, Any], mailbox_id: int | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    if "address" in cleaned:
        problems |= _clean_address(cleaned, mailbox_id)
    if "aliases" in cleaned:
        problems |= _clean_aliases(cleaned, mailbox_id)
    return problems


def _references(cleaned: dict[str, Any]) -> dict[str, str]:
    """Department and kind must be there and active."""
    problems: dict[str, str] = {}
    department_id = cleaned.get("department_id")
    if "department_id" in cleaned and not Department.objects.filter(pk=department_id or 0, is_active=True).exists():
        problems["department"] = _("Choose a department.")
    kind_id = cleaned.get("default_kind_id")
    if kind_id is not None and not Kind.objects.filter(pk=kind_id, is_active=True).exists():
        problems["default_kind"] = _("Choose a kind.")
    return problems


def _clean_address(cleaned: dict[str, Any], mailbox_id: int | None) -> dict[str, str]:
    try:
        cleaned["address"] = normalise_email(cleaned["address"])
    except Invalid as error:
        return {"address": str(error)}
    return {"address": _("Another mailbox has this address.")} if _is_taken(cleaned["address"], mailbox_id) else {}


def _clean_aliases(cleaned: dict[str, Any], mailbox_id: int | None) -> dict[str, str]:
    try:
        aliases = [normalise_email(alias) for alias in cleaned["aliases"] if alias.strip()]
    except Invalid as error:
        return {"aliases": str(error)}
    cleaned["aliases"] = list(dict.fromkeys(aliases))
    taken = [alias for alias in aliases if _is_taken(alias, mailbox_id)]
    return {"aliases": _("Another mailbox has %(address)s.") % {"address": taken[0]}} if taken else {}


def _is_taken(address: str, mailbox_id: int | None) -> bool:
    others = Mailbox.objects.exclude(pk=mailbox_id or 0)
    return others.filter(address=address).exists() or others.filter(aliases__contains=[address]).exists()


def _choices(cleaned: dict[str, Any]) -> dict[str, str]:
    allowed = {
        "protocol": Protocol.values,
        "after_reading": AfterReading.values,
        "in_security": SecurityChoice.values,
        "out_security": SecurityChoice.values,
    }
    problems = {
        name: _("Choose one.") for name, values in allowed.items() if cleaned.get(name, values[0]) not in values
    }
    for name in _PORTS:
        if not 1 <= int(cleaned.get(name, 1)) <= 65535:  # noqa: PLR2004
            problems[name] = _("A port is a number from 1 to 65535.")
    if not 10 <= int(cleaned.get("poll_seconds", 60)) <= 86400:  # noqa: PLR2004
        problems["poll_seconds"] = _("Between 10 seconds and a day.")
    return problems


def _require_complete(mailbox: Mailbox) -> None:
    """Raises Invalid for settings that do not fit together."""
    problems: dict[str, str] = {}
    if mailbox.is_read and not mailbox.in_host:
        problems["in_host"] = _("Give the server to read from.")
    if mailbox.is_read and not mailbox.in_user:
        problems["in_user"] = _("Give the user name to read with.")
    if mailbox.protocol == Protocol.IMAP and mailbox.after_reading == AfterReading.MOVE and not mailbox.move_to:
        problems["move_to"] = _("Give the folder to move to.")
    if mailbox.protocol == Protocol.POP3 and mailbox.after_reading == AfterReading.MOVE:
        problems["after_reading"] = _("POP3 has no folders: leave the mail there or delete it.")
    if problems:
        raise Invalid(fields=problems)


def _guard_passwords(mailbox: Mailbox, changes: dict[str, tuple[Any, Any]], *, given: dict[str, Any]) -> None:
    """A stored password never goes anywhere but where it was given for.

    Otherwise whoever may set up mailboxes could have every password told to a server of their own. Raises Invalid
    when the server or the account is another one and the password was not given again.
    """
    problems: dict[str, str] = {}
    for way in ("in", "out"):
        secret = f"{way}_password"
        place = {f"{way}_{name}" for name in ("host", "port", "security", "verify", "user")}
        if secret in given or not place & set(changes) or not getattr(mailbox, secret):
            continue
        if getattr(mailbox, f"{way}_host") and getattr(mailbox, f"{way}_user"):
            problems[secret] = _("The server or the account has changed: enter its password again.")
        else:
            changes |= apply(mailbox, **{secret: ""})
    if problems:
        raise Invalid(fields=problems)


def _without_secrets(changes: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """The log says that a password changed, never which."""
    return {name: ("•••", "•••") if name in _SECRETS else pair for name, pair in changes.items()}
