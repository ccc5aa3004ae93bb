"""Forms about how tickets behave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from deskbell.console.forms.fields import Choices, IdField, LinesField, PositionField
from deskbell.kernel.api import permissions
from deskbell.tickets import api as tickets

IN_PORTAL = gettext_lazy("People may choose it in the portal")
ICONS = (
    "circle-alert", "circle-help", "shield-alert", "message-square", "hand", "briefcase", "building-2", "calendar",
    "globe", "house", "key-round", "life-buoy", "mail", "monitor", "phone", "plug", "printer", "server", "smartphone",
    "star", "ticket", "user-round", "workflow", "zap",
)  # fmt: skip


class CategoryForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    parent_id = IdField(
        label=gettext_lazy("Part of"),
        required=False,
        empty=gettext_lazy("Nothing: stands at the top"),
        help_text=gettext_lazy("What lies below moves along. A filter on a category finds everything below it."),
    )
    department_id = IdField(
        label=gettext_lazy("Department"),
        required=False,
        empty=gettext_lazy("Every department"),
        help_text=gettext_lazy("Offered only on tickets of this department."),
    )
    in_portal = forms.BooleanField(label=IN_PORTAL, required=False, initial=True)
    position = PositionField()

    def __init__(self, *args: Any, parents: Choices, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent, department = self.fields["parent_id"], self.fields["department_id"]
        assert isinstance(parent, IdField)
        assert isinstance(department, IdField)
        parent.offer(parents)
        department.offer(departments)


class KindForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), choices=[(name, name.replace("-", " ")) for name in ICONS])
    is_restricted = forms.BooleanField(
        label=gettext_lazy("Visible only to those on its list"),
        required=False,
        help_text=gettext_lazy(
            "Tickets of this kind do not exist for anybody else: not in lists, search or counts. "
            "It counts for tickets from now on."
        ),
    )
    in_portal = forms.BooleanField(label=IN_PORTAL, required=False, initial=True)
    position = PositionField()


class StateForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    customer_name = forms.CharField(
        label=gettext_lazy("Name for the person who asked"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Plain words for the portal, as in “Waiting for you”. Empty: the same name."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What it means"),
        choices=tickets.StateCategory.choices,
        help_text=gettext_lazy("Rules, clocks and reports build on this, so it cannot be changed afterwards."),
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("Entered when only the meaning is known"),
        required=False,
        help_text=gettext_lazy("Each meaning has one such state; choosing this one takes it from the other."),
    )
    position = PositionField()


class StepForm(forms.Form):
    """A step between two states."""

    guards = forms.MultipleChoiceField(
        label=gettext_lazy("Asked for first"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The step is taken only when all of these are there."),
    )
    permission = forms.ChoiceField(label=gettext_lazy("Who may take it"))
    by_requester = forms.BooleanField(
        label=gettext_lazy("The person who asked may take it too"),
        required=False,
        help_text=gettext_lazy("In the portal, without filling in what colleagues are asked for."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guards"].choices = [(guard.name, guard.label) for guard in tickets.guards]  # type: ignore[attr-defined]
        self.fields["permission"].choices = [  # type: ignore[attr-defined]
            (permission.name, permission.label) for permission in permissions if permission.name.startswith("ticket.")
        ]


class PriorityForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    rank = forms.IntegerField(
        label=gettext_lazy("Rank"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("1 is the most pressing and stands first in lists. Each rank once."),
    )


class WaitingReasonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    side = forms.ChoiceField(
        label=gettext_lazy("Waits for"),
        choices=tickets.WaitingSide.choices,
        help_text=gettext_lazy("A delay is put down to them."),
    )
    position = PositionField()


class FieldForm(forms.Form):
    """A custom field. code is asked once."""

    label = forms.CharField(label=gettext_lazy("Label"), max_length=100)
    code = forms.CharField(
        label=gettext_lazy("Short name"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "For filters, exports and the API: small letters, digits and underscores. It is never changed "
            "afterwards. Empty: made from the label."
        ),
    )
    help = forms.CharField(
        label=gettext_lazy("Help"), max_length=300, required=False, help_text=gettext_lazy("Stands below the field.")
    )
    type = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=tickets.FieldType.choices,
        help_text=gettext_lazy("It stays once a ticket has a value."),
    )
    choices = LinesField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("One a line, for the types “one of a list” and “several of a list”."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of ticket"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: on tickets of every kind."),
    )
    department_id = IdField(label=gettext_lazy("Department"), required=False, empty=gettext_lazy("Every department"))
    is_required = forms.BooleanField(
        label=gettext_lazy("Required"),
        required=False,
        help_text=gettext_lazy("Asked of people who fill in a form. Mail is taken in without it."),
    )
    in_portal = forms.BooleanField(label=gettext_lazy("Shown in the portal"), required=False)
    in_list = forms.BooleanField(label=gettext_lazy("A filter in the queue"), required=False, initial=True)
    position = PositionField()

    def __init__(self, *args: Any, kinds: Choices, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = list(kinds)  # type: ignore[attr-defined]
        department = self.fields["department_id"]
        assert isinstance(department, IdField)
        department.offer(departments)


class MatrixForm(forms.Form):
    """The priority of each impact and urgency; fields are named cell_<impact>_<urgency>."""

    def __init__(self, *args: Any, priorities: Choices, cells: dict[tuple[int, int], int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(priorities)
        for impact in tickets.Impact:
            for urgency in tickets.Urgency:
                self.fields[cell_name(impact, urgency)] = forms.TypedChoiceField(
                    label=f"{impact.label}, {urgency.label}",
                    coerce=int,
                    choices=offered,
                    initial=cells.get((impact.value, urgency.value)),
                )


def cell_name(impact: int, urgency: int) -> str:
    """The name of one cell's field."""
    return f"cell_{int(impact)}_{int(urgency)}"
