"""Custom fields: added, changed and switched off without restart or migration."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, Viewer
from deskbell.people.api import Department
from deskbell.tickets.actions.configuration.rows import configured, optional_id, save_row
from deskbell.tickets.models import CustomField, FieldType, Kind, Ticket

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


@transaction.atomic
def save_custom_field(viewer: Viewer, pk: int | None, **values: Any) -> CustomField:
    """Create or change a field: code (once), label, help, type, choices, kinds (codes), department_id,
    is_required, in_portal, in_list, is_active, position.

    The type stays once a ticket has a value. Raises NotAllowed, NotFound, Invalid.
    """
    row = configured(viewer, CustomField, pk)
    optional_id(values, "department_id", Department)
    problems: dict[str, str] = {}
    if pk is None and not _CODE.fullmatch(str(values.get("code", ""))):
        problems["code"] = _("Small letters, digits and underscores, beginning with a letter.")
    kinds = list(values.get("kinds", ()))
    if set(kinds) - set(Kind.objects.filter(code__in=kinds).values_list("code", flat=True)):
        problems["kinds"] = _("Choose from the list.")
    field_type = values.get("type", row.type)
    if field_type in (FieldType.CHOICE, FieldType.CHOICES) and not values.get("choices", row.choices):
        problems["choices"] = _("Write at least one choice.")
    if pk is not None and field_type != row.type and Ticket.objects.filter(custom__has_key=row.code).exists():
        problems["type"] = _("Tickets already have values of this field, so its type stays. Add another field instead.")
    if problems:
        raise Invalid(fields=problems)
    if "choices" in values:
        values["choices"] = list(
            dict.fromkeys(str(choice).strip() for choice in values["choices"] if str(choice).strip())
        )
    return save_row(viewer, row, values, fixed=("code",))
