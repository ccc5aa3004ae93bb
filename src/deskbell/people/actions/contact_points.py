"""Addresses and numbers of a person."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotAllowed, NotFound, Viewer, action, clock, record
from deskbell.people import events, sign_in_addresses
from deskbell.people.authority import lock_identity, lock_user
from deskbell.people.contact_values import normalise, normalise_email
from deskbell.people.models import ContactKind, ContactPoint, User


@transaction.atomic
def add_contact_point(viewer: Viewer, user_id: int, kind: str, value: str, *, verified: bool = False) -> ContactPoint:
    """Add an address or number. The first of its kind becomes the primary one.

    A person adds to themselves; whoever manages people on the whole desk, to others (`authority.may_identify`). One's
    own mail address only when `verified` (see `claim_email`): mail from it is taken for the person's from then on, and
    its tickets are theirs to read. Raises NotFound, NotAllowed, or Invalid when it is malformed, belongs to
    somebody else, or is not confirmed.
    """
    own = viewer.user_id == user_id
    user = lock_user(viewer, user_id) if own else lock_identity(viewer, user_id)
    if own and not viewer.is_system and kind == ContactKind.EMAIL and not verified:
        raise Invalid(fields={kind: _("Add an address of your own on your account page, where a link confirms it.")})
    return attach(viewer, user, kind, value, verified=verified)


def claim_email(viewer: Viewer, address: str) -> str:
    """The address in its normal form, when the viewer may confirm it by a link sent there; nothing is kept yet.

    Raises NotAllowed for nobody, Invalid when it is malformed or belongs to somebody else.
    """
    if viewer.user_id is None:
        raise NotAllowed
    value = normalise_email(address)
    if ContactPoint.objects.filter(kind=ContactKind.EMAIL, value=value).exclude(user_id=viewer.user_id).exists():
        raise Invalid(fields={"email": _("This belongs to another person already.")})
    return value


def attach(viewer: Viewer, user: User, kind: str, value: str, *, verified: bool = False) -> ContactPoint:
    """`add_contact_point` on a person the caller has locked and authorised."""
    normal = normalise(kind, value)
    same_or_primary = Q(value=normal) | Q(user=user, is_primary=True)
    found = list(ContactPoint.objects.filter(same_or_primary, kind=kind))
    present = next((each for each in found if each.value == normal), None)
    if present is not None:
        if present.user_id == user.pk:
            return present
        raise Invalid(fields={kind: _("This belongs to another person already.")})
    is_first = not found
    point = ContactPoint.objects.create(
        user=user,
        kind=kind,
        value=normal,
        display=value.strip()[:320],
        is_primary=is_first,
        verified_at=clock.now() if verified else None,
    )
    if is_first and kind == ContactKind.EMAIL:
        user.email = normal
        user.save(update_fields=["email"])
    if verified:
        sign_in_addresses.sync(user.pk)
    record(viewer, events.USER_CONTACT_ADDED, user.pk, events.ContactPointData(kind=kind, value=normal))
    return point


@action()
def remove_contact_point(viewer: Viewer, point_id: int, *, of: int | None = None) -> None:
    """Remove an address or number; the primary one only when it is the last of its kind.

    of: the person it has to be of. Raises NotFound, NotAllowed, or Invalid for the address somebody signs in with.
    """
    user, point = _lock(viewer, point_id, of)
    has_others = ContactPoint.objects.filter(user=user, kind=point.kind).exclude(pk=point.pk).exists()
    if point.is_primary and has_others:
        raise Invalid(_("Make another one the main one first."))
    if point.kind == ContactKind.EMAIL and not has_others and user.has_usable_password():
        raise Invalid(_("This is the only address to sign in with. Add another one first."))
    if point.kind == ContactKind.EMAIL and point.is_primary:
        user.email = None
        user.save(update_fields=["email"])
    data = events.ContactPointData(kind=point.kind, value=point.value)
    point.delete()
    sign_in_addresses.sync(user.pk)
    record(viewer, events.USER_CONTACT_REMOVED, user.pk, data)


@action()
def make_primary(viewer: Viewer, point_id: int, *, of: int | None = None) -> ContactPoint:
    """Use this address or number first; a primary address is also the one shown at sign-in.

    A person cannot choose an address for themselves that they have not confirmed. of: the person it has to be of.
    Raises NotFound, NotAllowed, Invalid.
    """
    user, point = _lock(viewer, point_id, of)
    if point.is_primary:
        return point
    if viewer.user_id == user.pk and point.kind == ContactKind.EMAIL and point.verified_at is None:
        raise Invalid(_("Confirm this address first: sign in once with a code sent to it."))
    before = ContactPoint.objects.filter(user=user, kind=point.kind, is_primary=True).first()
    if before is not None:
        before.is_primary = False
        before.save(update_fields=["is_primary"])
    point.is_primary = True
    point.save(update_fields=["is_primary"])
    if point.kind == ContactKind.EMAIL:
        user.email = point.value
        user.save(update_fields=["email"])
        sign_in_addresses.sync(user.pk)
    record(
        viewer,
        events.USER_CONTACT_PRIMARY,
        user.pk,
        events.ContactPointData(kind=point.kind, value=point.value),
        changes={"value": (before.value if before else None, point.value)},
    )
    return point


@transaction.atomic
def confirm_email(viewer: Viewer, user_id: int, address: str) -> None:
    """The person has shown that this address is theirs (they used a code or link sent to it). Idempotent."""
    point = (
        ContactPoint.objects.select_for_update()
        .filter(user_id=user_id, kind=ContactKind.EMAIL, value=address, verified_at=None)
        .first()
    )
    if point is None:
        return
    point.verified_at = clock.now()
    point.save(update_fields=["verified_at"])
    sign_in_addresses.sync(user_id)
    record(viewer, events.USER_CONTACT_VERIFIED, user_id, events.ContactPointData(kind=point.kind, value=point.value))


def _lock(viewer: Viewer, point_id: int, of: int | None) -> tuple[User, ContactPoint]:
    point = ContactPoint.objects.filter(pk=point_id).first()
    if point is None or of not in (None, point.user_id):
        raise NotFound
    own = viewer.user_id == point.user_id
    user = lock_user(viewer, point.user_id) if own else lock_identity(viewer, point.user_id)
    return user, ContactPoint.objects.select_for_update().get(pk=point_id)
