"""Keeps django-allauth's table of addresses equal to the confirmed e-mail contact points of a person.

allauth looks people up there, so a row left behind would let a removed address sign in. Addresses that nobody
has confirmed are left out; the primary one is found through `User.email` in any case.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress

from deskbell.people.models import ContactKind, ContactPoint


def sync(user_id: int) -> None:
    """Bring the rows of one person up to date; called by every action that changes contact points."""
    points = ContactPoint.objects.filter(user_id=user_id, kind=ContactKind.EMAIL, verified_at__isnull=False)
    wanted = set(points.values_list("value", "is_primary"))
    rows = EmailAddress.objects.filter(user_id=user_id)
    if set(rows.values_list("email", "primary")) == wanted and not rows.filter(verified=False).exists():
        return
    rows.delete()
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=user_id, email=value, primary=primary, verified=True) for value, primary in sorted(wanted)
    )
