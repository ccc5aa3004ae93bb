"""Checking the values of custom fields against their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from pydantic import AnyHttpUrl, EmailStr, TypeAdapter, ValidationError

from deskbell.kernel.api import Invalid, storable_json
from deskbell.tickets.models import CustomField, FieldType
from deskbell.tickets.queries.vocabulary import vocabulary

LONGEST_TEXT = 500  # characters
LONGEST_LONG_TEXT = 20_000

_TYPES: dict[str, TypeAdapter[Any]] = {
    FieldType.TEXT: TypeAdapter(str),
    FieldType.LONG_TEXT: TypeAdapter(str),
    FieldType.INTEGER: TypeAdapter(int),
    FieldType.DECIMAL: TypeAdapter(Decimal),
    FieldType.BOOLEAN: TypeAdapter(bool),
    FieldType.DATE: TypeAdapter(date),
    FieldType.DATETIME: TypeAdapter(datetime),
    FieldType.CHOICE: TypeAdapter(str),
    FieldType.CHOICES: TypeAdapter(list[str]),
    FieldType.URL: TypeAdapter(AnyHttpUrl),
    FieldType.EMAIL: TypeAdapter(EmailStr),
}

_STORED: dict[str, Callable[[Any], Any]] = {
    # As JSON: a decimal as text keeps every digit.
    FieldType.DECIMAL: str,
    FieldType.DATE: date.isoformat,
    FieldType.DATETIME: datetime.isoformat,
    FieldType.URL: str,
}


def fields_for(*, kind: str, department_id: int) -> list[CustomField]:
    """The active fields of a kind in a department, in their order."""
    return [
        field
        for field in vocabulary().custom_fields
        if field.is_active and (not field.kinds or kind in field.kinds) and field.department_id in (None, department_id)
    ]


def clean_values(values: Mapping[str, object], *, kind: str, department_id: int, by_person: bool) -> dict[str, Any]:
    """The values as they are stored, by code; empty ones are left out.

    by_person: required fields are asked of people, not of mail intake.
    Raises Invalid with one entry `custom.<code>` per wrong or missing value.
    """
    if not values and not by_person:
        return {}
    fields = fields_for(kind=kind, department_id=department_id)
    problems: dict[str, str] = {}
    cleaned: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.code)
        if value in (None, "", []):
            if field.is_required and by_person:
                problems[f"custom.{field.code}"] = _("“%(field)s” is needed.") % {"field": field.label}
            continue
        try:
            cleaned[field.code] = clean_value(field, value)
        except Invalid as error:
            problems[f"custom.{field.code}"] = str(error)
    for code in values.keys() - {field.code for field in fields}:
        problems[f"custom.{code}"] = _("There is no field “%(code)s” here.") % {"code": code}
    if problems:
        raise Invalid(fields=problems)
    return cleaned


def merge_values(
    before: Mapping[str, Any], values: Mapping[str, object], *, kind: str, department_id: int
) -> dict[str, Any]:
    """The stored values with the given ones set or, when empty, cleared; others stay, also of fields long gone.

    Raises Invalid with one entry `custom.<code>` per wrong value, or required one that would be cleared.
    """
    fields = {field.code: field for field in fields_for(kind=kind, department_id=department_id)}
    after = dict(before)
    problems: dict[str, str] = {}
    for code, value in values.items():
        field = fields.get(code)
        if field is None:
            problems[f"custom.{code}"] = _("There is no field “%(code)s” here.") % {"code": code}
        elif value in (None, "", []):
            if field.is_required:
                problems[f"custom.{code}"] = _("“%(field)s” is needed.") % {"field": field.label}
            after.pop(code, None)
        else:
            try:
                after[code] = clean_value(field, value)
            except Invalid as error:
                problems[f"custom.{code}"] = str(error)
    if problems:
        raise Invalid(fields=problems)
    return after


def clean_value(field: CustomField, value: object) -> Any:
    """One value as it is stored. Raises Invalid, in words."""
    try:
        parsed = _TYPES[field.type].validate_python(storable_json(value))
    except ValidationError:
        raise Invalid(
            _("“%(field)s” is not a valid value for a field of type “%(type)s”.")
            % {"field": str(value)[:80], "type": FieldType(field.type).label}
        ) from None
    longest = {FieldType.TEXT: LONGEST_TEXT, FieldType.LONG_TEXT: LONGEST_LONG_TEXT}.get(FieldType(field.type))
    if longest is not None and len(parsed) > longest:
        raise Invalid(_("At most %(count)d characters.") % {"count": longest})
    chosen = {parsed} if field.type == FieldType.CHOICE else set(parsed) if field.type == FieldType.CHOICES else set()
    if chosen - set(field.choices):
        raise Invalid(_("Choose from the list."))
    return _STORED.get(field.type, lambda plain: plain)(parsed)
