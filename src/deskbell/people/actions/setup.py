"""One-time links: the first administrator's, and invitations of colleagues."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import DESK_NAME, SYSTEM, Invalid, NotFound, Viewer, clock, on_behalf_of, one_line, record
from deskbell.kernel.api import change as change_option
from deskbell.people import events
from deskbell.people.access import SEE_PEOPLE
from deskbell.people.actions.contact_points import attach, confirm_email
from deskbell.people.actions.departments import create_department
from deskbell.people.actions.organisations import create_organisation
from deskbell.people.actions.roles import grant
from deskbell.people.actions.users import create_user, find_by_contact
from deskbell.people.authority import ADMINISTRATOR, lock_identity
from deskbell.people.contact_values import normalise_email
from deskbell.people.models import (
    ContactKind,
    Department,
    Organisation,
    OrganisationKind,
    Role,
    RoleAssignment,
    SetupLink,
    User,
)
from deskbell.people.options import PORTAL_SIGN_UP

SETUP_DAYS = 7
INVITATION_DAYS = 14


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """What the set-up page asks. desk_name names our own organisation; time_zone is an IANA name."""

    desk_name: str
    name: str
    email: str
    password: str
    department: str
    language: str
    time_zone: str


@transaction.atomic
def create_setup_link() -> str:
    """The token of a new link for the first administrator; earlier unused ones stop working.

    Raises Invalid when the desk has an administrator already.
    """
    if has_administrator():
        raise Invalid(_("The desk has an administrator already."))
    SetupLink.objects.filter(user=None, used_at=None).delete()
    return _new_link(None, SETUP_DAYS)


@transaction.atomic
def invite_user(viewer: Viewer, user_id: int) -> str:
    """The token of a link by which a person chooses their password; earlier unused ones stop working.

    Raises NotFound, NotAllowed (`authority.may_identify`), or Invalid for somebody without an address or deactivated.
    """
    user = lock_identity(viewer, user_id)
    if not user.is_active or user.email is None:
        raise Invalid(_("Somebody invited needs an e-mail address and must be active."))
    SetupLink.objects.filter(user=user, used_at=None).delete()
    token = _new_link(user, INVITATION_DAYS)
    record(viewer, events.USER_INVITED, user_id)
    return token


@transaction.atomic
def withdraw_invitation(viewer: Viewer, invitation_id: int) -> None:
    """The link of an invitation stops working.

    Raises NotFound, also when it was taken up, and NotAllowed as `invite_user`.
    """
    if not viewer.may_somewhere(SEE_PEOPLE):
        raise NotFound
    user_id = SetupLink.objects.filter(pk=invitation_id, used_at=None).values_list("user_id", flat=True).first()
    if user_id is None:
        raise NotFound
    lock_identity(viewer, user_id)
    deleted, _kinds = SetupLink.objects.filter(pk=invitation_id, used_at=None).delete()
    if not deleted:
        raise NotFound
    record(viewer, events.USER_INVITATION_WITHDRAWN, user_id)


def find_setup_link(token: str) -> SetupLink:
    """The link of this token. Raises NotFound when there is none, or it was used or is too old."""
    link = (
        SetupLink.objects.select_related("user")
        .filter(token_sha256=_digest(token), used_at=None, expires_at__gt=clock.now())
        .first()
    )
    if link is None or (link.user is not None and not link.user.is_active):
        raise NotFound(_("This link was used already or is too old. Ask for a new one."))
    return link


@transaction.atomic
def accept_setup_link(token: str, first: FirstAdministrator) -> User:
    """Make the desk's first administrator, organisation and department.

    Raises NotFound for a link that does not work, Invalid naming the field.
    """
    link = _take(token)
    if link.user_id is not None:
        raise NotFound
    if has_administrator():
        raise Invalid(_("The desk has an administrator already."))
    if not first.desk_name.strip():
        raise Invalid(fields={"desk_name": _("Give the desk a name.")})
    if not first.department.strip():
        raise Invalid(fields={"department": _("Name the first department.")})
    own = Organisation.objects.filter(kind=OrganisationKind.OWN).order_by("pk").first()
    if own is None:
        own = create_organisation(SYSTEM, name=first.desk_name, kind=OrganisationKind.OWN)
    user = create_user(
        SYSTEM,
        name=first.name,
        email=first.email,
        language=first.language,
        time_zone=first.time_zone,
        organisation_id=own.pk,
    )
    if user.email is None:
        raise Invalid(fields={"email": _("Give an e-mail address.")})
    _set_password(user, first.password)
    confirm_email(SYSTEM, user.pk, user.email)
    grant(SYSTEM, user.pk, Role.objects.get(code=ADMINISTRATOR), None)
    acting = on_behalf_of(user.pk, user.name)
    change_option(acting, DESK_NAME.name, one_line(first.desk_name, 100))
    if not Department.objects.filter(name__iexact=first.department.strip(), parent=None).exists():
        create_department(acting, name=first.department, head_id=user.pk)
    return user


@transaction.atomic
def accept_invitation(token: str, password: str) -> User:
    """The invited person chooses their password; their address is confirmed by that. Raises NotFound, Invalid."""
    link = _take(token)
    if link.user is None:
        raise NotFound
    user = link.user
    _set_password(user, password)
    acting = Viewer(user_id=user.pk, name=user.name)
    if user.email:
        attach(acting, user, ContactKind.EMAIL, user.email)
        confirm_email(acting, user.pk, user.email)
    record(acting, events.USER_JOINED, user.pk)
    return user


def has_administrator() -> bool:
    """Whether somebody active administers the desk."""
    return RoleAssignment.objects.filter(role__code=ADMINISTRATOR, department=None, user__is_active=True).exists()


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(fields={"password": " ".join(error.messages)}) from None
    user.set_password(password)
    user.save(update_fields=["password"])


def _take(token: str) -> SetupLink:
    """The link, locked and marked as used. The mark goes away with the transaction when something is Invalid."""
    link = find_setup_link(token)
    locked = SetupLink.objects.select_for_update().filter(pk=link.pk, used_at=None).first()
    if locked is None:
        raise NotFound
    locked.used_at = clock.now()
    locked.save(update_fields=["used_at"])
    locked.user = link.user
    return locked


def _new_link(user: User | None, days: int) -> str:
    token = secrets.token_urlsafe(32)
    SetupLink.objects.create(
        token_sha256=_digest(token),
        user=user,
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
    )
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def register(name: str, address: str, password: str, *, language: str) -> User:
    """A customer registers with an address they have shown to be theirs (a link sent to it).

    Raises Invalid when registering is closed, the address is somebody's already, or the password is too weak.
    """
    if not PORTAL_SIGN_UP.get():
        raise Invalid(_("Registering is closed. Write to us by mail instead."))
    if find_by_contact(ContactKind.EMAIL, normalise_email(address)) is not None:
        raise Invalid(_("There is an account with this address already. Sign in with a code sent to it."))
    user = create_user(SYSTEM, name=name, email=address, language=language)
    _set_password(user, password)
    acting = Viewer(user_id=user.pk, name=user.name)
    confirm_email(acting, user.pk, normalise_email(address))
    record(acting, events.USER_JOINED, user.pk)
    return user
