"""Custom fields between a form and the domain: which control shows a type, which value it sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from deskbell.agent.parsing import moment_of, text_of
from deskbell.tickets import api as tickets

PREFIX = "custom."
_INPUTS = {
    tickets.FieldType.INTEGER: "number",
    tickets.FieldType.DECIMAL: "number",
    tickets.FieldType.DATE: "date",
    tickets.FieldType.DATETIME: "datetime-local",
    tickets.FieldType.URL: "url",
    tickets.FieldType.EMAIL: "email",
}


def control(field: tickets.CustomField) -> str:
    """The control of a type: an input's type, or select, multiselect, checkbox, textarea."""
    return {
        tickets.FieldType.CHOICE: "select",
        tickets.FieldType.CHOICES: "multiselect",
        tickets.FieldType.BOOLEAN: "checkbox",
        tickets.FieldType.LONG_TEXT: "textarea",
    }.get(tickets.FieldType(field.type)) or _INPUTS.get(tickets.FieldType(field.type), "text")


def shown(field: tickets.CustomField, value: Any, zone: str) -> Any:
    """A stored value as its control takes it."""
    if value is None:
        return [] if field.type == tickets.FieldType.CHOICES else ""
    if field.type == tickets.FieldType.DATETIME:
        try:
            return datetime.fromisoformat(str(value)).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
        except ValueError:
            return value
    return value


def drawn(fields: Iterable[tickets.CustomField], values: dict[str, Any], zone: str) -> list[dict[str, Any]]:
    """What the template draws: name, label, help, control, choices, value."""
    return [
        {
            "name": f"{PREFIX}{field.code}",
            "label": field.label,
            "help": field.help,
            "control": control(field),
            "step": "any" if field.type == tickets.FieldType.DECIMAL else None,
            "options": [(choice, choice) for choice in field.choices],
            "required": field.is_required,
            "value": shown(field, values.get(field.code), zone),
        }
        for field in fields
    ]


def values_of(source: Any, fields: Iterable[tickets.CustomField], zone: str) -> dict[str, object]:
    """Values by code as the domain takes them. A checkbox says it was there by a hidden `<name>.shown`."""
    found: dict[str, object] = {}
    for field in fields:
        name = f"{PREFIX}{field.code}"
        if field.type == tickets.FieldType.BOOLEAN:
            if f"{name}.shown" in source:
                found[field.code] = name in source
        elif field.type == tickets.FieldType.CHOICES:
            if name in source or f"{name}.shown" in source:
                found[field.code] = [value for value in source.getlist(name) if value]
        elif name in source:
            found[field.code] = _one(source, name, field, zone)
    return found


def _one(source: Any, name: str, field: tickets.CustomField, zone: str) -> object:
    if field.type == tickets.FieldType.DATETIME:
        moment = moment_of(source, name, zone)
        return moment.isoformat() if moment else ""
    return text_of(source, name).strip()
