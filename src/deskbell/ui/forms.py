"""Draw Django form fields with the design system's classes and accessible descriptions."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.SelectMultiple, "multiselect"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.ClearableFileInput, "file"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "multi"),
)
CLASSES = {
    "checkbox": "check-input",
    "radios": "check-input",
    "checkboxes": "check-input",
    "select": "input select",
    "multiselect": "input multiselect",
    "textarea": "input textarea",
    "file": "input-file",
}
NATIVE_TYPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.DateTimeInput, "datetime-local"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
)
NATIVE_FORMATS = {"datetime-local": "%Y-%m-%dT%H:%M", "date": "%Y-%m-%d", "time": "%H:%M"}


def widget_kind(bound: BoundField) -> str:
    """Return checkbox, checkboxes, radios, select, multiselect, textarea, file, multi, hidden or text."""
    if bound.is_hidden:
        return "hidden"
    for widget_class, kind in KINDS:
        if isinstance(bound.field.widget, widget_class):
            return kind
    return "text"


def widget(bound: BoundField, **attributes: Any) -> SafeString:
    """Return the field's control as HTML; underscores in attribute names become hyphens.

    Help and errors are tied to the control by `aria-describedby`, with the ids the `field` macro uses.
    """
    kind = widget_kind(bound)
    described = []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    if bound.help_text:
        described.append(f"{bound.auto_id}_help")
    attrs: dict[str, Any] = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    own = str(bound.field.widget.attrs.get("class", ""))
    attrs["class"] = " ".join(filter(None, [CLASSES.get(kind, "input"), own, str(attrs.get("class", ""))]))
    if described:
        attrs["aria-describedby"] = " ".join(described)
    control = bound.field.widget
    for widget_class, native in NATIVE_TYPES:
        # Browsers refuse localised values in their own pickers, so these are always ISO 8601.
        if isinstance(control, widget_class) and isinstance(
            control, forms.DateTimeInput | forms.DateInput | forms.TimeInput
        ):
            control.input_type, control.format = native, NATIVE_FORMATS[native]
            break
    return bound.as_widget(attrs=attrs)
