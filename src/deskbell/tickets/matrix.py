"""Impact × urgency = priority."""

from __future__ import annotations

from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid
from deskbell.tickets.queries.vocabulary import vocabulary


def priority_for(impact: int, urgency: int) -> int:
    """The id of the priority the matrix gives. Raises Invalid for values outside it."""
    for cell in vocabulary().cells:
        if (cell.impact, cell.urgency) == (impact, urgency):
            return cell.priority_id
    raise Invalid(fields={"impact": _("The priority matrix has no such impact and urgency.")})
