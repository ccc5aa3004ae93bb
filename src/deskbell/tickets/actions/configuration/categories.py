"""The category tree and the kinds."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, Viewer
from deskbell.people.api import Department
from deskbell.tickets import access
from deskbell.tickets.actions.configuration.rows import configured, optional_id, save_row
from deskbell.tickets.models import Category, Kind

LONGEST_PATH = 400  # characters of Category.path


@transaction.atomic
def save_category(viewer: Viewer, pk: int | None, **values: Any) -> Category:
    """Create or change a category: name, parent_id, department_id, in_portal, position, is_active.

    Moving one takes everything below along. Raises NotAllowed, NotFound, Invalid.
    """
    viewer.require(access.CONFIGURE)
    # Paths of a whole subtree change: one move at a time.
    list(Category.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    row = configured(viewer, Category, pk)
    optional_id(values, "parent_id", Category)
    optional_id(values, "department_id", Department)
    before = row.path
    parent_id = values.get("parent_id", row.parent_id)
    if parent_id is not None:
        _check_parent(before, parent_id)
    if pk is not None and not values.get("is_active", True):
        _require_no_active_children(row)
    row = save_row(viewer, row, values)
    _keep_path(row, before)
    return row


def _check_parent(path: str, parent_id: int) -> None:
    parent = Category.objects.get(pk=parent_id)
    if path and parent.path.startswith(path):
        raise Invalid(fields={"parent": _("A category cannot be part of itself.")})
    if len(parent.path) > LONGEST_PATH - 60:
        raise Invalid(fields={"parent": _("The tree is too deep.")})


def _require_no_active_children(row: Category) -> None:
    if Category.objects.filter(parent=row, is_active=True).exists():
        raise Invalid(fields={"is_active": _("Close the categories below it first.")})


def _keep_path(row: Category, before: str) -> None:
    parent_path = Category.objects.filter(pk=row.parent_id or 0).values_list("path", flat=True).first() or "/"
    path = f"{parent_path}{row.pk}/"
    if path == before:
        return
    if before:
        below = Category.objects.filter(path__startswith=before).exclude(pk=row.pk)
        below.update(path=Concat(Value(path), Substr(F("path"), len(before) + 1)))
    row.path = path
    row.save(update_fields=["path"])


def deactivate_category(viewer: Viewer, pk: int) -> Category:
    """Offer a category no longer; tickets keep it. Raises NotAllowed, NotFound, Invalid while others are below."""
    return save_category(viewer, pk, is_active=False)


@transaction.atomic
def save_kind(viewer: Viewer, pk: int | None, **values: Any) -> Kind:
    """Create or change a kind: code (once), name, icon, is_restricted, in_portal, is_active, position.

    Making a kind restricted concerns tickets from now on. Raises NotAllowed, NotFound, Invalid.
    """
    row = configured(viewer, Kind, pk)
    if pk is not None and values.get("is_active") is False and not _others_active(row):
        raise Invalid(fields={"is_active": _("At least one kind has to stay.")})
    return save_row(viewer, row, values, fixed=("code",))


def _others_active(row: Kind) -> bool:
    return Kind.objects.filter(is_active=True).exclude(pk=row.pk).exists()
