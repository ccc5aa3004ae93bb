"""Forms about departments, teams and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from deskbell.console.forms.fields import Choices, IdField, IdsField, PositionField


class DepartmentForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    parent_id = IdField(
        label=gettext_lazy("Part of"),
        required=False,
        empty=gettext_lazy("Nothing: stands at the top"),
        help_text=gettext_lazy("Roles held on a department reach everything below it."),
    )
    head_id = IdField(
        label=gettext_lazy("Head"),
        required=False,
        empty=gettext_lazy("Nobody"),
        help_text=gettext_lazy("Holds the role “Head” here; the former head loses it."),
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What it takes care of, in a sentence people outside understand."),
    )
    takes_portal_tickets = forms.BooleanField(
        label=gettext_lazy("People may choose it in the portal"), required=False, initial=True
    )
    position = PositionField()

    def __init__(
        self, *args: Any, departments: Choices, colleagues: Choices, at_top: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parent, head = self.fields["parent_id"], self.fields["head_id"]
        assert isinstance(parent, IdField)
        assert isinstance(head, IdField)
        parent.offer(departments)
        if not at_top:
            parent.required = True
            parent.choices = list(departments)
        head.offer(colleagues)


class NewTeamForm(forms.Form):
    department_id = IdField(label=gettext_lazy("Department"), empty=gettext_lazy("Choose a department"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department_id"]
        assert isinstance(department, IdField)
        department.offer(departments)


class TeamForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)


class TeamMembersForm(forms.Form):
    """Who is in the team, and who of them leads it; drawn as one grid."""

    members = IdsField(required=False)
    leads = IdsField(required=False)

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(colleagues)
        for name in ("members", "leads"):
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """permissions is drawn as a grid by group."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    description = forms.CharField(label=gettext_lazy("Description"), required=False, max_length=300)
    permissions = forms.MultipleChoiceField(label=gettext_lazy("Permissions"), required=False)

    def __init__(self, *args: Any, permissions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = list(permissions)  # type: ignore[attr-defined]
