"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from deskbell.console.forms.fields import Choices, IdsField
from deskbell.webhooks import api as webhooks


class HeadersField(forms.CharField):
    """Headers one a line, as in "X-Key: 123"; a value that is masked stays as it is (None)."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"})

    @override
    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name}: {webhooks.MASK}" for name in value) if isinstance(value, dict) else value

    @override
    def clean(self, value: Any) -> Any:
        found: dict[str, str | None] = {}
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            name, colon, text = line.partition(":")
            if not colon or name.strip() in found:
                raise forms.ValidationError(_("One header a line, each once, as in “X-Key: 123”."))
            found[name.strip()] = None if text.strip() == webhooks.MASK else text.strip()
        return found


class WebhookForm(forms.Form):
    """One webhook; the page draws the events as a list with groups."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("What it is for, as in “Stock system”.")
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy(
            "As in https://example.org/hooks. Servers inside your own network must be allowed in the settings first."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    department_ids = IdsField(
        label=gettext_lazy("Only tickets of these departments"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With all departments below them. None chosen: tickets of all that the owner sees."),
    )
    headers = HeadersField(
        label=gettext_lazy("Headers of its own"),
        required=False,
        max_length=25_000,
        help_text=gettext_lazy("One a line, as in “X-Key: 123”. Values are kept encrypted and shown as dots."),
    )

    def __init__(self, *args: Any, kinds: Choices, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["department_ids"].choices = list(departments)  # type: ignore[attr-defined]
