"""Priorities and the matrix that gives them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, Viewer
from deskbell.tickets import access
from deskbell.tickets.actions.configuration.rows import configured, record_change, save_row
from deskbell.tickets.models import Impact, Priority, PriorityCell, Urgency


@transaction.atomic
def save_priority(viewer: Viewer, pk: int | None, **values: Any) -> Priority:
    """Create or change a priority: code (once), name, rank (1 is the most pressing). Raises NotAllowed, Invalid."""
    row = configured(viewer, Priority, pk)
    return save_row(viewer, row, values, fixed=("code",))


@transaction.atomic
def set_priority_cell(viewer: Viewer, impact: int, urgency: int, priority_id: int) -> PriorityCell:
    """Choose the priority of one impact and urgency; tickets keep what they have. Raises NotAllowed, Invalid."""
    viewer.require(access.CONFIGURE)
    if impact not in Impact.values or urgency not in Urgency.values:
        raise Invalid(fields={"impact": _("The priority matrix has no such impact and urgency.")})
    priority = Priority.objects.filter(pk=priority_id).first()
    if priority is None:
        raise Invalid(fields={"priority": _("There is no such priority.")})
    cell = PriorityCell.objects.select_for_update().filter(impact=impact, urgency=urgency).first()
    before = cell.priority_id if cell else None
    if cell is None:
        cell = PriorityCell(impact=impact, urgency=urgency)
    if before != priority.pk:
        cell.priority = priority
        cell.save()
        changes = {"priority_id": (before, priority.pk), "impact": (impact, impact), "urgency": (urgency, urgency)}
        record_change(viewer, cell, changes)
    return cell
