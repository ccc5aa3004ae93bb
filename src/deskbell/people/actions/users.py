"""People: adding, changing, finding by what identifies them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypedDict

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import (
    Invalid,
    NotAllowed,
    Rows,
    Statement,
    Viewer,
    action,
    apply,
    record,
    run,
    storable,
    together,
)
from deskbell.kernel.statements import columns, instance
from deskbell.people import events
from deskbell.people.access import MANAGE_PEOPLE
from deskbell.people.actions.contact_points import attach
from deskbell.people.actions.sessions import end_all_sessions
from deskbell.people.authority import (
    lock_managed,
    lock_user,
    may_describe,
    require_administrator_left,
    require_identifies,
    require_manages,
)
from deskbell.people.contact_values import domain_of, normalise_email
from deskbell.people.models import ContactKind, Organisation, OrganisationDomain, User
from deskbell.people.public_domains import is_public
from deskbell.people.time_zones import known_time_zones

LONGEST_NAME = 200
IDENTITY = frozenset({"organisation_id", "sees_organisation"})  # these say whose tickets a person reads


class UserValues(TypedDict, total=False):
    """What may be changed of a person. language: one of settings.LANGUAGES; time_zone: IANA name."""

    name: str
    job_title: str
    organisation_id: int | None
    sees_organisation: bool
    language: str
    time_zone: str
    notes: str


@transaction.atomic
def create_user(viewer: Viewer, *, email: str = "", phone: str = "", **values: Unpack[UserValues]) -> User:
    """Add a person; without an organisation, their mail domain says which.

    To put them into an organisation by hand needs `people.manage` on the whole desk. Raises NotAllowed, Invalid.
    """
    if not viewer.may_somewhere(MANAGE_PEOPLE):
        raise NotAllowed
    if (values.get("organisation_id") or values.get("sees_organisation")) and not viewer.may(MANAGE_PEOPLE):
        raise NotAllowed
    if not values.get("name", "").strip():
        raise Invalid(fields={"name": _("Give a name.")})
    with together():
        return _create(viewer, email=email, phone=phone, values=values)


def _create(viewer: Viewer, *, email: str, phone: str, values: UserValues, verified: bool = False) -> User:
    address = normalise_email(email) if email.strip() else ""
    organisation = None
    if "organisation_id" not in values and address:
        organisation = organisation_of(address)
        values["organisation_id"] = organisation.pk if organisation else None
    if organisation is not None:
        values["language"] = values.get("language") or organisation.language
        values["time_zone"] = values.get("time_zone") or organisation.time_zone
    user = User()
    user.set_unusable_password()
    cleaned = clean_values({name: value for name, value in values.items() if value != ""})  # type: ignore[arg-type]
    changes = apply(user, **cleaned)
    user.save()
    record(viewer, events.USER_CREATED, user.pk, changes=changes)
    if address:
        attach(viewer, user, ContactKind.EMAIL, email, verified=verified)
    if phone.strip():
        attach(viewer, user, ContactKind.PHONE, phone)
    return user


@action()
def update_user(viewer: Viewer, user_id: int, **values: Unpack[UserValues]) -> User:
    """Change what is given; the organisation, and whether they follow its tickets, as `authority.may_identify` says.

    Raises NotFound, NotAllowed, Invalid naming the field.
    """
    user = lock_user(viewer, user_id)
    if not may_describe(viewer, user):
        require_manages(viewer, user)
    changes = apply(user, **clean_values(values))
    if not changes.keys().isdisjoint(IDENTITY):
        require_identifies(viewer, user)
    if changes:
        user.save(update_fields=[name.removesuffix("_id") for name in changes])
        record(viewer, events.USER_CHANGED, user.pk, changes=changes)
    return user


@action()
def deactivate_user(viewer: Viewer, user_id: int) -> User:
    """The person cannot sign in any more and is signed out at once; their tickets stay.

    Raises NotFound, NotAllowed, or Invalid for the last administrator and for oneself.
    """
    user = lock_managed(viewer, user_id)
    if viewer.user_id == user_id:
        raise Invalid(_("You cannot deactivate yourself. Ask a colleague."))
    if not user.is_active:
        return user
    require_administrator_left(without_user=user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user)
    record(viewer, events.USER_DEACTIVATED, user.pk, changes={"is_active": (True, False)})
    return user


@action()
def reactivate_user(viewer: Viewer, user_id: int) -> User:
    """Raises NotFound, NotAllowed, or Invalid for somebody merged into another person."""
    user = lock_managed(viewer, user_id)
    if user.is_active:
        return user
    if user.merged_into_id is not None:
        raise Invalid(_("This person was merged into another one."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(viewer, events.USER_REACTIVATED, user.pk, changes={"is_active": (False, True)})
    return user


@action()
def set_blocked(viewer: Viewer, user_id: int, *, blocked: bool) -> User:
    """Park the mail of this sender instead of making tickets of it. Raises NotFound, NotAllowed."""
    user = lock_managed(viewer, user_id)
    if user.is_blocked != blocked:
        user.is_blocked = blocked
        user.save(update_fields=["is_blocked"])
        record(viewer, events.USER_BLOCKED, user.pk, changes={"is_blocked": (not blocked, blocked)})
    return user


def find_by_contact(kind: str, value: str) -> User | None:
    """Whom an address or number (normalised) identifies."""
    (rows,) = run([contact_statement(kind, value)])
    return contact_found(rows)


def contact_statement(kind: str, value: str) -> Statement:
    """For `kernel.run`, among other statements; what comes back is for `contact_found`."""
    return _contact_sql(), [str(kind), value]


def contacts_statement(kind: str, values: Sequence[str]) -> Statement:
    """For several at once (normalised): rows of a value and what `contact_found` takes as a row."""
    return _contact_sql(several=True), [str(kind), list(values)]


def contact_found(rows: Rows) -> User | None:
    """The person, with their organisation."""
    if not rows:
        return None
    own = len(User._meta.concrete_fields)  # noqa: SLF001  (documented)
    user: User = instance(User, rows[0][:own])
    organisation = rows[0][own:]
    user.organisation = None if organisation[0] is None else instance(Organisation, organisation)
    return user


@cache
def _contact_sql(*, several: bool = False) -> str:
    # S608: columns of our own models.
    return (
        f"SELECT {'c.value, ' * several}{columns(User, 'u')}, {columns(Organisation, 'o')} FROM people_contactpoint c"  # noqa: S608
        " JOIN people_user u ON u.id = c.user_id LEFT JOIN people_organisation o ON o.id = u.organisation_id"
        f" WHERE c.kind = %s AND c.value {'= ANY(%s)' if several else '= %s'}"
    )


def find_or_create_by_email(
    viewer: Viewer, address: str, name: str = "", *, language: str = "", time_zone: str = ""
) -> tuple[User, bool]:
    """The person this address identifies, added when nobody has it yet; and whether they were added.

    For colleagues and the system (a first mail, a ticket in somebody's name). Raises NotAllowed, and Invalid for
    what is not an address.
    """
    if not viewer.is_agent:
        raise NotAllowed
    value = normalise_email(address)
    found = find_by_contact(ContactKind.EMAIL, value)
    if found is not None:
        return found, False
    values: UserValues = {
        "name": _printable(name) or value.partition("@")[0],
        "language": language if language in dict(settings.LANGUAGES) else "",
        "time_zone": time_zone,
    }
    try:
        with transaction.atomic(), together():
            return _create(viewer, email=value, phone="", values=values), True
    except (IntegrityError, Invalid):
        # Two mails of one new sender at once: the other one was first.
        found = find_by_contact(ContactKind.EMAIL, value)
        if found is None:
            raise
        return found, False


def organisation_of(address: str) -> Organisation | None:
    """The organisation an address (normalised) belongs to by its domain, or a parent domain of it."""
    labels = domain_of(address).split(".")
    domains = [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]
    if is_public(domains[0]):
        return None
    found = {
        domain.domain: domain.organisation
        for domain in OrganisationDomain.objects.select_related("organisation").filter(
            domain__in=domains, organisation__is_active=True
        )
    }
    return next((found[domain] for domain in domains if domain in found), None)


def clean_values(values: UserValues) -> dict[str, object]:
    """The values, checked. Raises Invalid naming each field that is wrong."""
    problems: dict[str, str] = {}
    cleaned: dict[str, object] = dict(values)
    if "name" in values:
        cleaned["name"] = _printable(values["name"])
        if not cleaned["name"]:
            problems["name"] = _("Give a name.")
    if "language" in values and values["language"] not in dict(settings.LANGUAGES):
        problems["language"] = _("Deskbell does not speak this language yet.")
    if "time_zone" in values and values["time_zone"] not in known_time_zones():
        problems["time_zone"] = _("There is no such time zone.")
    organisation_id = values.get("organisation_id")
    if organisation_id is not None and not Organisation.objects.filter(pk=organisation_id).exists():
        problems["organisation"] = _("There is no such organisation.")
    for name in ("job_title", "notes"):
        text = cleaned.get(name)
        if isinstance(text, str):
            cleaned[name] = storable(text).strip()[: 200 if name == "job_title" else None]
    if problems:
        raise Invalid(fields=problems)
    return cleaned


def _printable(name: str) -> str:
    """A name on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())[:LONGEST_NAME]
