"""What everybody sets for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from django.utils.translation import gettext as _
from typing_extensions import Unpack

from deskbell.kernel.api import Invalid, NotAllowed, Viewer, action, apply, record
from deskbell.people import events
from deskbell.people.actions.users import UserValues, clean_values
from deskbell.people.authority import lock_user
from deskbell.people.models import Density, Theme, User
from deskbell.people.working_hours import clean_week


class Preferences(TypedDict, total=False):
    """A person's own settings. working_hours: see `User`."""

    name: str
    language: str
    time_zone: str
    theme: str
    density: str
    working_hours: Mapping[str, Sequence[Sequence[str]]]


@action()
def update_preferences(viewer: Viewer, **values: Unpack[Preferences]) -> User:
    """Change one's own settings. Raises NotAllowed for anybody without an account, Invalid naming the field."""
    if viewer.user_id is None:
        raise NotAllowed
    user = lock_user(viewer, viewer.user_id)
    own = {name: value for name, value in values.items() if name in {"name", "language", "time_zone"}}
    cleaned = clean_values(cast("UserValues", own))
    if "theme" in values:
        cleaned["theme"] = _choice(values["theme"], Theme.values, "theme")
    if "density" in values:
        cleaned["density"] = _choice(values["density"], Density.values, "density")
    if "working_hours" in values:
        cleaned["working_hours"] = clean_week(values["working_hours"])
    changes = apply(user, **cleaned)
    if changes:
        user.save(update_fields=list(changes))
        record(viewer, events.USER_CHANGED, user.pk, changes=changes)
    return user


def _choice(value: str, allowed: Sequence[str], name: str) -> str:
    if value not in allowed:
        raise Invalid(fields={name: _("Choose one of the list.")})
    return value
