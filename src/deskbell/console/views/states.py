"""States, and the steps between them as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from deskbell.console import pages, records
from deskbell.console.forms.tickets import StateForm, StepForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.console.views.configuration import PERMISSION, Section, initial_of, last_config_change, views_of
from deskbell.kernel.api import NotFound
from deskbell.tickets import api as tickets

STATE = Section(
    table="state",
    view="state",
    list_view="states",
    model=tickets.State,
    add_title=gettext_lazy("Add state"),
    intro=gettext_lazy("A new state can be entered once the matrix has a step to it."),
    make_form=lambda data, row: StateForm(
        data, initial=initial_of(row, ("name", "customer_name", "category", "is_default", "position"))
    ),
    fields=("name", "customer_name", "category", "is_default", "position"),
    save=tickets.save_state,
    meaning=lambda _row: _("No ticket can enter it any more. It is refused while tickets are in it."),
    fixed=("category",),
)
state_new, state, state_active = views_of(STATE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One possible step. words: what it asks for and who may take it; empty when there is no step."""

    href: str
    source: str
    target: str
    exists: bool
    words: str
    guards: int
    by_requester: bool
    same: bool


@console_page(PERMISSION, desk_wide=True, methods=READS)
def states(request: HttpRequest) -> HttpResponse:
    """All states, and the matrix of steps between the active ones."""
    rows = list(tickets.State.objects.order_by("position", "pk"))
    steps = {(step.source_id, step.target_id): step for step in tickets.Transition.objects.all()}
    active = [row for row in rows if row.is_active]
    context = {
        "rows": rows,
        "active": active,
        "matrix": [
            (source, [_cell(source, target, steps.get((source.pk, target.pk))) for target in active])
            for source in active
        ],
        "stuck": [row for row in active if not any(source == row.pk for source, _target in steps)],
    }
    return pages.render(request, viewer_of(request), "console/tickets/states.html", context)


def _cell(source: tickets.State, target: tickets.State, step: tickets.Transition | None) -> Cell:
    return Cell(
        href=reverse("console:state_step", args=[source.pk, target.pk]),
        source=str(source),
        target=str(target),
        exists=step is not None,
        words=_words(step) if step else "",
        guards=len(step.guards) if step else 0,
        by_requester=bool(step and step.by_requester),
        same=source.pk == target.pk,
    )


def _words(step: tickets.Transition) -> str:
    asked = _guard_labels(step.guards)
    parts = [_("Needs: %(permission)s") % {"permission": records.permission_label(step.permission)}]
    if asked:
        parts.append(_("Asks for: %(guards)s") % {"guards": asked})
    if step.by_requester:
        parts.append(_("The person who asked may take it too"))
    return ". ".join(parts)


def _guard_labels(names: Sequence[str]) -> str:
    return ", ".join(str(tickets.guards.get(name).label) for name in names if name in tickets.guards)


@console_page(PERMISSION, desk_wide=True)
def state_step(request: HttpRequest, source_pk: int, target_pk: int) -> HttpResponse:
    """One step: what it asks for and who may take it; saved, it exists."""
    viewer = viewer_of(request)
    source, target = STATE.row(source_pk), STATE.row(target_pk)
    if source.pk == target.pk:
        raise NotFound
    step = tickets.Transition.objects.filter(source=source, target=target).first()
    initial = initial_of(step, ("guards", "permission", "by_requester")) or {"permission": "ticket.work"}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST":

        def save(values: dict[str, Any]) -> tickets.Transition:
            ends = {} if step else {"source_id": source.pk, "target_id": target.pk}
            return tickets.save_transition(viewer, step.pk if step else None, **ends, **values)

        if submit(form, save) is not None:
            return pages.done(request, reverse("console:states"), _("Saved. It counts at once."))
    context = {
        "source": source,
        "target": target,
        "step": step,
        "title": _("From “%(source)s” to “%(target)s”") % {"source": source, "target": target},
        "back": reverse("console:states"),
        "intro": _("A step colleagues take with one button on a ticket.")
        if step
        else _("There is no such step yet. Saved, it is offered on every ticket in this state."),
        "submit": _("Save step") if step else _("Add step"),
        "change": last_config_change("transition", step.pk) if step else None,
    }
    return pages.form_page(request, viewer, "console/tickets/step.html", context, form=form)


@console_page(PERMISSION, desk_wide=True, methods=WRITES)
def state_step_remove(request: HttpRequest, source_pk: int, target_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    step = tickets.Transition.objects.filter(source=source_pk, target=target_pk).first()
    if step is None:
        raise NotFound
    text = (
        _("Removed. Tickets in this state have no way on now: add another step.")
        if tickets.delete_transition(viewer, step.pk)
        else _("Removed. A click on its cell adds it again.")
    )
    return pages.done(request, reverse("console:states"), text)
