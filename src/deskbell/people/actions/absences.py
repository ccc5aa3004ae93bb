"""Absences, and who stands in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, clock, record, storable
from deskbell.people import events
from deskbell.people.authority import lock_managed, lock_user
from deskbell.people.models import Absence, User

LONGEST_CHAIN = 5  # substitutes who are away themselves; longer chains end at whoever is reached


@transaction.atomic
def set_absence(
    viewer: Viewer,
    user_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    substitute_id: int | None = None,
    note: str = "",
) -> Absence:
    """The person is away from starts_at until ends_at (aware). Own absences, or by whoever manages people.

    Raises NotFound, NotAllowed, Invalid naming the field.
    """
    user = lock_user(viewer, user_id) if viewer.user_id == user_id else lock_managed(viewer, user_id)
    if ends_at <= starts_at:
        raise Invalid(fields={"ends_at": _("The end must come after the beginning.")})
    if ends_at <= clock.now():
        raise Invalid(fields={"ends_at": _("This time is over already.")})
    if Absence.objects.filter(user=user, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Invalid(fields={"starts_at": _("There is an absence in this time already. Remove it first.")})
    if substitute_id == user_id:
        raise Invalid(fields={"substitute": _("Choose somebody else.")})
    if substitute_id is not None and not User.objects.filter(pk=substitute_id, is_active=True).exists():
        raise Invalid(fields={"substitute": _("There is no such person, or they are deactivated.")})
    absence = Absence.objects.create(
        user=user,
        starts_at=starts_at,
        ends_at=ends_at,
        substitute_id=substitute_id,
        note=storable(note).strip()[:200],
    )
    record(viewer, events.USER_ABSENCE_SET, user_id, _data(absence))
    return absence


@transaction.atomic
def remove_absence(viewer: Viewer, absence_id: int) -> None:
    """Raises NotFound, NotAllowed."""
    absence = Absence.objects.filter(pk=absence_id).first()
    if absence is None:
        raise NotFound
    if viewer.user_id != absence.user_id:
        lock_managed(viewer, absence.user_id)
    data = _data(absence)
    absence.delete()
    record(viewer, events.USER_ABSENCE_REMOVED, absence.user_id, data)


def substitute_of(user_id: int, at: datetime | None = None) -> int | None:
    """Who stands in for a person who is away at that moment (now by default); None when they are there.

    A substitute who is away passes on to theirs. Nobody named, or a circle: None.
    """
    moment = at or clock.now()
    seen = {user_id}
    current = user_id
    for _step in range(LONGEST_CHAIN):
        away = Absence.objects.filter(user_id=current, starts_at__lte=moment, ends_at__gt=moment).first()
        if away is None:
            return None if current == user_id else current
        if away.substitute_id is None or away.substitute_id in seen:
            return None
        current = away.substitute_id
        seen.add(current)
    return current


def _data(absence: Absence) -> events.AbsenceData:
    return events.AbsenceData(
        absence_id=absence.pk,
        starts_at=absence.starts_at.isoformat(),
        ends_at=absence.ends_at.isoformat(),
        substitute_id=absence.substitute_id,
    )
