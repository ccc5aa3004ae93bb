"""One way to add, change and switch off every sort of configuration row of tickets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from deskbell.console import changes, codes, pages
from deskbell.console.gate import WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import Event, Invalid, NotFound, Viewer
from deskbell.tickets import api as tickets

PERMISSION = tickets.access.CONFIGURE
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """One sort of row.

    table: as in the events (`config.changed`); also the name of the view of one row. list_view: of all rows.
    make_form: (data, row or None) → form. fields: what the form shows of a row. save: the action.
    meaning: what switching off means, in words, for a row. with_code: the action asks for a code of a new row.
    """

    table: str
    view: str
    list_view: str
    model: type[Model]
    add_title: Words
    intro: Words
    make_form: Callable[[Any, Any], forms.Form]
    fields: tuple[str, ...]
    save: Callable[..., Any]
    meaning: Callable[[Any], str] | None = None
    with_code: bool = True
    fixed: tuple[str, ...] = ()

    def address(self, pk: int) -> str:
        return reverse(f"console:{self.view}", args=[pk])

    def row(self, pk: int) -> Any:
        # SLF001: Django documents _default_manager as public.
        found = self.model._default_manager.filter(pk=pk).first()  # noqa: SLF001
        if found is None:
            raise NotFound
        return found


View = Callable[..., HttpResponseBase]


def views_of(section: Section) -> tuple[View, View, View]:
    """The views to add a row, to change one, and to switch one off or on."""

    @console_page(PERMISSION, desk_wide=True)
    def new(request: HttpRequest) -> HttpResponse:
        viewer = viewer_of(request)
        form = section.make_form(request.POST or None, None)
        if request.method == "POST":
            added = submit(form, lambda values: _add(viewer, section, values))
            if added is not None:
                return pages.done(request, reverse(f"console:{section.list_view}"), _("Added."))
        context = {
            "title": section.add_title,
            "back": reverse(f"console:{section.list_view}"),
            "intro": section.intro,
            "submit": _("Add"),
        }
        return pages.form_page(request, viewer, "console/form.html", context, form=form)

    @console_page(PERMISSION, desk_wide=True)
    def edit(request: HttpRequest, pk: int) -> HttpResponse:
        viewer = viewer_of(request)
        row = section.row(pk)
        form = section.make_form(request.POST or None, row)
        for name in section.fixed:
            form.fields.pop(name, None)
        if request.method == "POST" and submit(form, lambda values: section.save(viewer, pk, **values)) is not None:
            return pages.done(request, reverse(f"console:{section.list_view}"), _("Saved."))
        context = {
            "row": row,
            "title": str(row),
            "back": reverse(f"console:{section.list_view}"),
            "submit": _("Save"),
            "active": getattr(row, "is_active", None),
            "active_url": reverse(f"console:{section.view}_active", args=[pk]) if section.meaning else "",
            "meaning": section.meaning(row) if section.meaning else "",
            "change": last_config_change(section.table, pk),
        }
        return pages.form_page(request, viewer, "console/tickets/record.html", context, form=form)

    @console_page(PERMISSION, desk_wide=True, methods=WRITES)
    def active(request: HttpRequest, pk: int) -> HttpResponse:
        wanted = request.POST.get("active") == "1"
        try:
            section.save(viewer_of(request), pk, is_active=wanted)
        except Invalid as error:
            return pages.not_done(request, section.address(pk), str(error))
        text = _("Active again.") if wanted else _("Deactivated. You can undo it on this page.")
        return pages.done(request, section.address(pk), text)

    return new, edit, active


def _add(viewer: Viewer, section: Section, values: dict[str, Any]) -> Any:
    if section.with_code and not values.get("code"):
        values["code"] = codes.free_code(section.model, values.get("name") or values.get("label") or "")
    return section.save(viewer, None, **values)


def initial_of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What a form shows of a row; nothing for a new one, so that the form's own defaults stand."""
    return {name: getattr(row, name) for name in names} if row is not None else {}


def last_config_change(table: str, pk: int) -> changes.LastChange | None:
    """Who changed a configuration row last; ids of several tables share one subject, so the table is asked too."""
    newest = Event.objects.filter(subject_type="config", subject_id=pk, data__table=table).order_by("-id").first()
    return None if newest is None else changes.of_event(newest)


def open_tickets(**conditions: Any) -> int:
    """How many open tickets there are with something, counted up to a thousand."""
    still_open = [category.value for category in tickets.StateCategory.open()]
    return tickets.Ticket.objects.filter(state_category__in=still_open, **conditions)[:1000].count()
