"""The way every row of configuration is changed: authorised, validated by its model, on the event log."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from deskbell.kernel.api import Invalid, NotFound, Viewer, apply, record
from deskbell.tickets import access, events

ModelT = TypeVar("ModelT", bound=Model)


def configured(viewer: Viewer, model: type[ModelT], pk: int | None) -> ModelT:
    """The row to be changed, locked, or a new one. Raises NotAllowed, NotFound."""
    viewer.require(access.CONFIGURE)
    if pk is None:
        return model()
    # SLF001: Django documents _default_manager as public.
    found = model._default_manager.select_for_update().filter(pk=pk).first()  # noqa: SLF001
    if found is None:
        raise NotFound
    return found


def save_row(viewer: Viewer, row: ModelT, values: dict[str, Any], *, fixed: tuple[str, ...] = ()) -> ModelT:
    """Set, validate and save a row and write its event; nothing happens when nothing changed.

    fixed: fields that never change once the row exists. Raises Invalid naming each field.
    """
    known = {field.attname for field in row._meta.concrete_fields}  # noqa: SLF001  documented as public
    unknown = sorted(values.keys() - known)
    if unknown:
        raise Invalid(fields={name: _("There is no such setting.") for name in unknown})
    is_new = row.pk is None
    changes = apply(row, **values)
    frozen = [] if is_new else [name for name in fixed if name in changes]
    if frozen:
        raise Invalid(fields={name: _("This cannot be changed any more.") for name in frozen})
    if not changes and not is_new:
        return row
    validate(row)
    row.save()
    record_change(viewer, row, changes)
    return row


def record_change(viewer: Viewer, row: Model, changes: dict[str, tuple[Any, Any]], *, removed: bool = False) -> None:
    """Write config.changed or config.removed for a row."""
    record(
        viewer,
        events.CONFIG_REMOVED if removed else events.CONFIG_CHANGED,
        row.pk,
        events.ConfigChanged(table=str(row._meta.model_name), name=str(row)[:200]),  # noqa: SLF001
        changes=changes,
    )


def validate(row: Model) -> None:
    """Raises Invalid with what the model's own validation says, by field."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Invalid(
            fields={
                ("name" if name == NON_FIELD_ERRORS else name): " ".join(messages)
                for name, messages in error.message_dict.items()
            }
        ) from None


def optional_id(values: dict[str, Any], name: str, model: type[Model]) -> None:
    """Check that `values[name]`, when given, is the id of a row. Raises Invalid."""
    wanted = values.get(name)
    if wanted is not None and not model._default_manager.filter(pk=wanted).exists():  # noqa: SLF001
        raise Invalid(fields={name.removesuffix("_id"): _("There is no such entry.")})
