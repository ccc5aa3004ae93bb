"""States, transitions and reasons for waiting."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, permissions
from deskbell.tickets import access
from deskbell.tickets.actions.configuration.rows import configured, record_change, save_row
from deskbell.tickets.guards import guards
from deskbell.tickets.models import State, StateCategory, Ticket, Transition, WaitingReason


@transaction.atomic
def save_state(viewer: Viewer, pk: int | None, **values: Any) -> State:
    """Create or change a state: code and category (once), name, customer_name, is_default, is_active, position.

    Making one the default of its category takes that from the one before. Raises NotAllowed, NotFound, Invalid.
    """
    row = configured(viewer, State, pk)
    if values.get("is_default") is False and row.is_default:
        raise Invalid(fields={"is_default": _("Make another state of this category the default instead.")})
    if values.get("is_active") is False:
        _check_deactivation(row, is_new=pk is None)
    category = values.get("category", row.category)
    if category not in StateCategory.values:
        raise Invalid(fields={"category": _("Choose a category.")})
    if values.get("is_default"):
        for other in State.objects.select_for_update().filter(category=category, is_default=True).exclude(pk=row.pk):
            other.is_default = False
            other.save(update_fields=["is_default"])
            record_change(viewer, other, {"is_default": (True, False)})
    return save_row(viewer, row, values, fixed=("code", "category"))


def _check_deactivation(row: State, *, is_new: bool) -> None:
    if row.is_default:
        raise Invalid(fields={"is_active": _("This is the default of its category. Choose another default first.")})
    if not is_new and Ticket.objects.filter(state=row).exists():
        raise Invalid(fields={"is_active": _("There are tickets in this state. Take them to another one first.")})


@transaction.atomic
def save_transition(viewer: Viewer, pk: int | None, **values: Any) -> Transition:
    """Create or change a step: source_id and target_id (once), guards, permission, by_requester.

    Raises NotAllowed, NotFound, Invalid.
    """
    row = configured(viewer, Transition, pk)
    problems = {}
    source_id, target_id = values.get("source_id", row.source_id), values.get("target_id", row.target_id)
    if State.objects.filter(pk__in=[source_id, target_id]).count() != 2:  # noqa: PLR2004  (two different states)
        problems["target"] = _("Choose two different states.")
    unknown = [name for name in values.get("guards", ()) if name not in guards]
    if unknown:
        problems["guards"] = _("There is no condition “%(name)s”.") % {"name": unknown[0]}
    if values.get("permission", row.permission) not in permissions:
        problems["permission"] = _("There is no such permission.")
    if problems:
        raise Invalid(fields=problems)
    return save_row(viewer, row, values, fixed=("source_id", "target_id"))


@transaction.atomic
def delete_transition(viewer: Viewer, pk: int) -> bool:
    """Remove a step. True when its source now has no way out: allowed, but the page says so.

    Raises NotAllowed, NotFound.
    """
    viewer.require(access.CONFIGURE)
    row = Transition.objects.select_for_update(of=("self",)).select_related("source", "target").filter(pk=pk).first()
    if row is None:
        raise NotFound
    record_change(viewer, row, {"source": (row.source.code, None), "target": (row.target.code, None)}, removed=True)
    row.delete()
    return not Transition.objects.filter(source=row.source).exists()


@transaction.atomic
def save_waiting_reason(viewer: Viewer, pk: int | None, **values: Any) -> WaitingReason:
    """Create or change a reason: code (once), name, side, is_active, position. Raises NotAllowed, NotFound, Invalid."""
    row = configured(viewer, WaitingReason, pk)
    return save_row(viewer, row, values, fixed=("code",))
