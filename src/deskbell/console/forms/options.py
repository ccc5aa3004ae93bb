"""The form of all settings, made from what the packages declared."""

from __future__ import annotations

import enum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from deskbell.console.forms.fields import LinesField
from deskbell.kernel.api import Option

LARGEST = 2**31 - 1
LONG_TEXT = 200  # characters of a default from which on a setting is written in several lines


def field_for(option: Option[Any]) -> forms.Field:
    """The input that fits an option's type, told by the JSON schema of it; text for what has no input of its own."""
    words: dict[str, Any] = {"label": option.label, "help_text": option.help}
    schema = TypeAdapter(option.type).json_schema()
    if "enum" in schema:
        return forms.ChoiceField(**words, choices=_choices(option, schema["enum"]))
    match schema.get("type"):
        case "boolean":
            return forms.BooleanField(**words, required=False)
        case "integer":
            least, most = schema.get("minimum", 0), schema.get("maximum", LARGEST)
            return forms.IntegerField(**words, min_value=least, max_value=most)
        case "number":
            return forms.FloatField(**words, min_value=schema.get("minimum"), max_value=schema.get("maximum"))
        case "array":
            one_a_line = _("One a line.")
            words["help_text"] = f"{option.help} {one_a_line}".strip()
            return LinesField(**words, required=False, max_length=20_000)
        case _:
            long = isinstance(option.default, str) and (len(option.default) > LONG_TEXT or "\n" in option.default)
            most = schema.get("maxLength", 20_000 if long else 500)
            return forms.CharField(
                **words,
                required=schema.get("minLength", 0) > 0,
                max_length=most,
                widget=forms.Textarea(attrs={"rows": 6}) if long else None,
            )


def _choices(option: Option[Any], values: list[Any]) -> list[tuple[Any, Any]]:
    declared: Any = option.type
    if isinstance(declared, enum.EnumMeta):
        entries: list[Any] = list(declared)
        return [(entry.value, getattr(entry, "label", entry.value)) for entry in entries]
    return [(value, value) for value in values]


def default_in_words(option: Option[Any]) -> str:
    """The default as a person reads it; nothing where it is empty."""
    if isinstance(option.default, bool):
        return _("on") if option.default else _("off")
    if isinstance(option.default, enum.Enum):
        return str(getattr(option.default, "label", option.default.value))
    if isinstance(option.default, list | tuple | set | frozenset):
        return ", ".join(map(str, option.default))
    return str(option.default)


class OptionsForm(forms.Form):
    """One field for each option given, named as the option."""

    def __init__(self, *args: Any, options: list[Option[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in options:
            self.fields[option.name] = field_for(option)
