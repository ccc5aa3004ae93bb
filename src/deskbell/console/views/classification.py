"""Categories, kinds, priorities with their matrix, waiting reasons and custom fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deskbell.console import filters, offers, pages
from deskbell.console.forms import tickets as forms
from deskbell.console.gate import READS, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.console.views.configuration import PERMISSION, Section, initial_of, open_tickets, views_of
from deskbell.kernel.api import SYSTEM
from deskbell.tickets import api as tickets


@dataclass(frozen=True, slots=True)
class CategoryRow:
    row: tickets.Category
    depth: int


def category_tree() -> list[CategoryRow]:
    """All categories, each before those below it, by position and name; one query."""
    rows = {row.pk: row for row in tickets.Category.objects.select_related("department")}

    def key(row: tickets.Category) -> tuple[tuple[int, str, int], ...]:
        chain = [rows[int(part)] for part in row.path.strip("/").split("/") if part and int(part) in rows]
        return tuple((entry.position, str(entry).casefold(), entry.pk) for entry in chain)

    ordered = sorted(rows.values(), key=key)
    return [CategoryRow(row, row.path.count("/") - 2) for row in ordered]


def _kept(count: int) -> str:
    """How many open tickets keep what is switched off."""
    return ngettext("%(num)d open ticket keeps it.", "%(num)d open tickets keep it.", count) % {"num": count}


def _category_form(data: Any, row: tickets.Category | None) -> forms.CategoryForm:
    parents = [
        (entry.row.pk, offers.tree_name(str(entry.row), entry.depth))
        for entry in category_tree()
        if entry.row.is_active and not (row is not None and entry.row.path.startswith(row.path))
    ]
    return forms.CategoryForm(
        data,
        parents=parents,
        departments=offers.departments(SYSTEM),
        initial=initial_of(row, ("name", "parent_id", "department_id", "in_portal", "position")),
    )


CATEGORY = Section(
    table="category",
    view="category",
    list_view="categories",
    model=tickets.Category,
    add_title=gettext_lazy("Add category"),
    intro=gettext_lazy("What a ticket is about. Good categories are few, and everybody picks the same one."),
    make_form=_category_form,
    fields=("name", "parent_id", "department_id", "in_portal", "position"),
    save=tickets.save_category,
    meaning=lambda row: f"{_('It is offered no more.')} {_kept(open_tickets(category=row))}",
    with_code=False,
)
category_new, category, category_active = views_of(CATEGORY)


@console_page(PERMISSION, desk_wide=True, methods=READS)
def categories(request: HttpRequest) -> HttpResponse:
    rows, text = category_tree(), filters.text(request, "q")
    if text:
        rows = [entry for entry in rows if text.casefold() in str(entry.row).casefold()]
    context = {"rows": rows, "text": text}
    return pages.render(request, viewer_of(request), "console/tickets/categories.html", context, block="results")


def _kind_form(data: Any, row: tickets.Kind | None) -> forms.KindForm:
    form = forms.KindForm(data, initial=initial_of(row, ("name", "icon", "is_restricted", "in_portal", "position")))
    if row is not None and row.icon not in forms.ICONS:
        form.fields["icon"].choices = [(row.icon, row.icon), *form.fields["icon"].choices]  # type: ignore[attr-defined]
    return form


KIND = Section(
    table="kind",
    view="kind",
    list_view="kinds",
    model=tickets.Kind,
    add_title=gettext_lazy("Add kind"),
    intro=gettext_lazy("What sort of matter a ticket is. Fields can be asked for some kinds only."),
    make_form=_kind_form,
    fields=("name", "icon", "is_restricted", "in_portal", "position"),
    save=tickets.save_kind,
    meaning=lambda row: f"{_('It is offered no more.')} {_kept(open_tickets(kind=row))}",
)
kind_new, kind, kind_active = views_of(KIND)


@console_page(PERMISSION, desk_wide=True, methods=READS)
def kinds(request: HttpRequest) -> HttpResponse:
    context = {"rows": list(tickets.Kind.objects.order_by("position", "pk"))}
    return pages.render(request, viewer_of(request), "console/tickets/kinds.html", context)


WAITING_REASON = Section(
    table="waitingreason",
    view="waiting_reason",
    list_view="waiting_reasons",
    model=tickets.WaitingReason,
    add_title=gettext_lazy("Add waiting reason"),
    intro=gettext_lazy("Why a ticket waits. Delays are put down to whom it waits for."),
    make_form=lambda data, row: forms.WaitingReasonForm(data, initial=initial_of(row, ("name", "side", "position"))),
    fields=("name", "side", "position"),
    save=tickets.save_waiting_reason,
    meaning=lambda row: f"{_('It is offered no more.')} {_kept(open_tickets(waiting_reason=row))}",
)
waiting_reason_new, waiting_reason, waiting_reason_active = views_of(WAITING_REASON)


@console_page(PERMISSION, desk_wide=True, methods=READS)
def waiting_reasons(request: HttpRequest) -> HttpResponse:
    context = {"rows": list(tickets.WaitingReason.objects.order_by("position", "pk"))}
    return pages.render(request, viewer_of(request), "console/tickets/waiting_reasons.html", context)


PRIORITY = Section(
    table="priority",
    view="priority",
    list_view="priorities",
    model=tickets.Priority,
    add_title=gettext_lazy("Add priority"),
    intro=gettext_lazy("Tickets get it from the matrix of impact and urgency, or by hand with a reason."),
    make_form=lambda data, row: forms.PriorityForm(data, initial=initial_of(row, ("name", "rank"))),
    fields=("name", "rank"),
    save=tickets.save_priority,
)
priority_new, priority, _priority_active = views_of(PRIORITY)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    label: str
    cells: list[BoundField]


@console_page(PERMISSION, desk_wide=True)
def priorities(request: HttpRequest) -> HttpResponse:
    """The priorities, and the matrix in which impact and urgency choose one."""
    viewer = viewer_of(request)
    rows = list(tickets.Priority.objects.order_by("rank"))
    form = forms.MatrixForm(
        request.POST or None,
        priorities=[(row.pk, str(row)) for row in rows],
        cells={(cell.impact, cell.urgency): cell.priority_id for cell in tickets.PriorityCell.objects.all()},
    )
    if request.method == "POST":

        @transaction.atomic
        def save(values: dict[str, Any]) -> bool:
            for impact in tickets.Impact:
                for urgency in tickets.Urgency:
                    wanted = values[forms.cell_name(impact, urgency)]
                    tickets.set_priority_cell(viewer, impact.value, urgency.value, wanted)
            return True

        if submit(form, save):
            return pages.done(request, request.path, _("Saved. Tickets keep the priority they have."))
    context = {
        "rows": rows,
        "urgencies": [urgency.label for urgency in tickets.Urgency],
        "matrix": [
            MatrixRow(str(impact.label), [form[forms.cell_name(impact, urgency)] for urgency in tickets.Urgency])
            for impact in tickets.Impact
        ],
    }
    return pages.form_page(request, viewer, "console/tickets/priorities.html", context, form=form)


FIELD_FIELDS = (
    "label", "code", "help", "type", "choices", "kinds", "department_id", "is_required", "in_portal", "in_list",
    "position",
)  # fmt: skip


def _field_form(data: Any, row: tickets.CustomField | None) -> forms.FieldForm:
    return forms.FieldForm(
        data,
        kinds=[(entry.code, str(entry)) for entry in tickets.Kind.objects.order_by("position", "pk")],
        departments=offers.departments(SYSTEM),
        initial=initial_of(row, FIELD_FIELDS),
    )


FIELD = Section(
    table="customfield",
    view="field",
    list_view="fields",
    model=tickets.CustomField,
    add_title=gettext_lazy("Add field"),
    intro=gettext_lazy("It is on tickets at once, without a restart, and can be filtered by."),
    make_form=_field_form,
    fields=FIELD_FIELDS,
    save=tickets.save_custom_field,
    meaning=lambda _row: _("It is shown and asked no more. Values tickets have are kept and come back with it."),
    fixed=("code",),
)
field_new, field, field_active = views_of(FIELD)


@dataclass(frozen=True, slots=True)
class FieldRow:
    row: tickets.CustomField
    kinds: str


@console_page(PERMISSION, desk_wide=True, methods=READS)
def fields(request: HttpRequest) -> HttpResponse:
    names = {entry.code: str(entry) for entry in tickets.Kind.objects.all()}
    rows = [
        FieldRow(row, ", ".join(names.get(code, code) for code in row.kinds))
        for row in tickets.CustomField.objects.select_related("department").order_by("position", "pk")
    ]
    return pages.render(request, viewer_of(request), "console/tickets/fields.html", {"rows": rows})
