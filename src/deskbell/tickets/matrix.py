"""Impact × urgency = priority."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid
from deskbell.tickets.models import PriorityCell


def priority_for(impact: int, urgency: int) -> int:
    """The id of the priority the matrix gives. Raises Invalid for values outside it."""
    found = PriorityCell.objects.filter(impact=impact, urgency=urgency).values_list("priority_id", flat=True).first()
    if found is None:
        raise Invalid(fields={"impact": _("The priority matrix has no such impact and urgency.")})
    return found
