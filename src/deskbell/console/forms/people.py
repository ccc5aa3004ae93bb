"""Forms about people and organisations."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from deskbell.console.forms.fields import Choices, IdField, language_choices, zone_choices
from deskbell.people import api as people


class PersonForm(forms.Form):
    """What is known of a person; addresses and numbers are added on their own."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    job_title = forms.CharField(label=gettext_lazy("Job title"), max_length=200, required=False)
    organisation_id = IdField(
        label=gettext_lazy("Organisation"), required=False, empty=gettext_lazy("None, or by the mail domain")
    )
    sees_organisation = forms.BooleanField(
        label=gettext_lazy("Follows all tickets of the organisation"),
        required=False,
        help_text=gettext_lazy("In the portal they see what colleagues of their organisation asked."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("Mail and pages speak it to them.")
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("Times are shown to them in this zone.")
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only colleagues see this."),
    )

    def __init__(self, *args: Any, organisations: Choices, identifies: bool = True, **kwargs: Any) -> None:
        """identifies: whoever fills it in may say to which organisation the person belongs."""
        super().__init__(*args, **kwargs)
        self.offer("organisation_id", organisations)
        if not identifies:
            del self.fields["organisation_id"], self.fields["sees_organisation"]
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices()  # type: ignore[attr-defined]

    def offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, IdField)
        field.offer(choices)


class NewPersonForm(PersonForm):
    """A person with the first address or number."""

    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("They sign in with it, and mail from it is theirs."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"), required=False, max_length=40, help_text=gettext_lazy("As in +358 40 123 4567.")
    )
    field_order = ("name", "email", "phone", "job_title", "organisation_id", "sees_organisation", "language")


class ContactPointForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=people.ContactKind.choices)
    value = forms.CharField(label=gettext_lazy("Address or number"), max_length=320)


class RoleAssignmentForm(forms.Form):
    """A role for a person, in a department or everywhere."""

    role_id = IdField(label=gettext_lazy("Role"), empty=gettext_lazy("Choose a role"))
    department_id = IdField(
        label=gettext_lazy("Department"),
        required=False,
        empty=gettext_lazy("Everywhere"),
        help_text=gettext_lazy("It counts in the department and all below it."),
    )

    def __init__(self, *args: Any, roles: Choices, departments: Choices, everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, department = self.fields["role_id"], self.fields["department_id"]
        assert isinstance(role, IdField)
        assert isinstance(department, IdField)
        role.offer(roles)
        department.offer(departments)
        if not everywhere:
            department.required = True
            department.choices = list(departments)


class AbsenceForm(forms.Form):
    """From and until in the person's own time zone."""

    starts_at = forms.DateTimeField(label=gettext_lazy("From"), widget=forms.DateTimeInput())
    ends_at = forms.DateTimeField(label=gettext_lazy("Until"), widget=forms.DateTimeInput())
    substitute_id = IdField(
        label=gettext_lazy("Substitute"),
        required=False,
        empty=gettext_lazy("Nobody"),
        help_text=gettext_lazy("Colleagues who hand something over are shown this name."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, zone: str, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        substitute = self.fields["substitute_id"]
        assert isinstance(substitute, IdField)
        substitute.offer(colleagues)

    @override
    def clean(self) -> dict[str, Any]:
        """Moments in UTC. What was typed is read in the person's zone, not in the zone of whoever types."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("starts_at", "ends_at"):
            moment = cleaned.get(name)
            if isinstance(moment, datetime):
                cleaned[name] = moment.replace(tzinfo=self.zone).astimezone(UTC)
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end lies before the beginning."))
        return cleaned


class MergeForm(forms.Form):
    """Into whom a person goes."""

    target_id = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)


class OrganisationForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=people.OrganisationKind.choices,
        help_text=gettext_lazy("Partners are suppliers and others the desk works with."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, help_text=gettext_lazy("For people who join it from now on.")
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    shares_tickets = forms.BooleanField(
        label=gettext_lazy("People follow each other's tickets"),
        required=False,
        help_text=gettext_lazy("Everyone of the organisation sees all its tickets in the portal."),
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only colleagues see this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(unknown=True)  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = zone_choices(unknown=True)  # type: ignore[attr-defined]


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=gettext_lazy("Mail domain"),
        max_length=253,
        help_text=gettext_lazy("As in example.org. People who write from it join the organisation."),
    )
