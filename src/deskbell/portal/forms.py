"""New ticket and answer, as forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from deskbell.portal.words import kind_words
from deskbell.tickets import api as tickets

LONGEST_TEXT = 200_000  # characters
LONGEST_SUBJECT = 200
PREFIX = "custom_"
MOST_SHOWN = 1_000_000  # characters of a form that comes back; browsers stand still over ten times as many
TOO_LONG = {"max_length": _("This is too long: at most %(limit_value)d characters. Attach the rest as a file.")}


class LongText(forms.CharField):
    """A text that comes back whole when it is too long, but not by the megabyte."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_TEXT, **options})

    @override
    def clean(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > MOST_SHOWN:
            told = _(
                "This is far too long: at most %(most)d characters. Attach it as a file; its beginning stands here."
            )
            raise forms.ValidationError(told, params={"most": self.max_length})
        return str(super().clean(value))

    @override
    def bound_data(self, data: Any, initial: Any) -> Any:
        return data[:MOST_SHOWN] if isinstance(data, str) else data


class AnswerForm(forms.Form):
    """An answer on one's own ticket; empty is fine when files come along."""

    text = LongText(
        label=_("Your answer"),
        required=False,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class NewTicketForm(forms.Form):
    """A new ticket. Category and custom fields follow the chosen department and kind."""

    department = forms.TypedChoiceField(label=_("Who should help?"), coerce=int)
    kind = forms.ChoiceField(label=_("What is it?"))
    subject = forms.CharField(
        label=_("In a few words"),
        max_length=LONGEST_SUBJECT,
        help_text=_("As in “Invoice 311 shows the wrong VAT”."),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = LongText(
        label=_("What happened, and what do you need?"),
        error_messages={**TOO_LONG, "required": _("Write what happened and what you need.")},
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    category = forms.TypedChoiceField(label=_("Topic"), required=False, coerce=int, empty_value=None)

    @override
    def __init__(self, choices: tickets.FormChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = [(row.pk, row.name) for row in choices.departments]
        self._choose("department", departments)
        self._choose("kind", [(kind.code, kind_words(kind)) for kind in choices.kinds])
        self.chosen_department = _number(self["department"].value())
        self.chosen_kind = str(self["kind"].value() or "")
        categories = [
            (row.id, row.trail) for row in choices.categories if row.department_id in (None, self.chosen_department)
        ]
        if categories:
            self._choose("category", [("", _("I do not know")), *categories])
        else:
            del self.fields["category"]
        self.custom = _fitting(choices.custom_fields, self.chosen_department, self.chosen_kind)
        for field in self.custom:
            self.fields[PREFIX + field.code] = _field(field)

    def _choose(self, name: str, options: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options
        if len(options) == 1:
            # One choice is none: it goes along unseen.
            field.initial = options[0][0]
            field.widget = forms.HiddenInput()
        elif options and not self.is_bound and not self.initial.get(name) and name != "category":
            self.initial[name] = options[0][0]

    @property
    def values(self) -> dict[str, Any]:
        """The custom values by code, empty ones left out."""
        found = {field.code: self.cleaned_data.get(PREFIX + field.code) for field in self.custom}
        return {code: value for code, value in found.items() if value not in (None, "", [])}

    def add_problems(self, problems: Mapping[str, Any]) -> None:
        """What the action refused, beside the fields it names."""
        for name, text in problems.items():
            own = name.replace("custom.", PREFIX)
            self.add_error(own if own in self.fields else None, str(text))


def _number(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004  bigint


def _fitting(fields: Iterable[tickets.CustomField], department_id: int | None, kind: str) -> list[tickets.CustomField]:
    return [
        field
        for field in fields
        if (not field.kinds or kind in field.kinds) and field.department_id in (None, department_id)
    ]


_FIELDS: dict[str, tuple[type[forms.Field], dict[str, Any]]] = {
    tickets.FieldType.TEXT: (forms.CharField, {"max_length": 500}),
    tickets.FieldType.LONG_TEXT: (LongText, {"max_length": 20_000, "widget": forms.Textarea(attrs={"rows": 4})}),
    tickets.FieldType.INTEGER: (forms.IntegerField, {"min_value": -(2**53), "max_value": 2**53}),
    tickets.FieldType.DECIMAL: (forms.DecimalField, {"max_digits": 30}),
    tickets.FieldType.BOOLEAN: (forms.BooleanField, {}),
    tickets.FieldType.DATE: (forms.DateField, {"widget": forms.DateInput()}),
    tickets.FieldType.DATETIME: (forms.DateTimeField, {"widget": forms.DateTimeInput()}),
    tickets.FieldType.CHOICE: (forms.ChoiceField, {}),
    tickets.FieldType.CHOICES: (forms.MultipleChoiceField, {"widget": forms.CheckboxSelectMultiple}),
    tickets.FieldType.URL: (forms.URLField, {"assume_scheme": "https", "max_length": 500}),
    tickets.FieldType.EMAIL: (forms.EmailField, {"max_length": 254}),
}


def _field(custom: tickets.CustomField) -> forms.Field:
    made, options = _FIELDS[custom.type]
    common: dict[str, Any] = {"label": custom.label, "help_text": custom.help, "required": custom.is_required}
    if custom.type == tickets.FieldType.CHOICE:
        common["choices"] = [("", "–"), *((choice, choice) for choice in custom.choices)]
    elif custom.type == tickets.FieldType.CHOICES:
        common["choices"] = [(choice, choice) for choice in custom.choices]
    return made(**common, **options)
