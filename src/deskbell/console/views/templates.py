"""The acknowledgement of a new ticket, by department and language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.console import changes, offers, pages
from deskbell.console.forms.mail import TemplateForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import DESK_NAME, SYSTEM, Invalid, NotFound, Viewer


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def templates(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {"rows": channels.list_acknowledgements(viewer), "languages": dict(settings.LANGUAGES)}
    return pages.render(request, viewer, "console/mail/templates.html", context)


@console_page(channels.CONFIGURE, desk_wide=True)
def template_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@console_page(channels.CONFIGURE, desk_wide=True)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, _row(pk))


def _row(pk: int) -> channels.AcknowledgementTemplate:
    found = channels.AcknowledgementTemplate.objects.select_related("department").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _edit(request: HttpRequest, row: channels.AcknowledgementTemplate | None) -> HttpResponse:
    viewer = viewer_of(request)
    names = ("department_id", "language", "subject", "body", "is_active")
    form = TemplateForm(
        request.POST or None,
        departments=offers.departments(SYSTEM),
        initial={name: getattr(row, name) for name in names} if row else {"language": settings.LANGUAGE_CODE},
    )
    if row is not None:
        for name in ("department_id", "language"):
            del form.fields[name]
    preview = None
    if request.method == "POST" and "preview" in request.POST:
        preview = submit(form, lambda values: _preview(values["subject"], values["body"]))
    elif request.method == "POST":
        saved = submit(form, lambda values: _save(viewer, row, values))
        if saved is not None:
            return pages.done(request, reverse("console:templates"), _("Saved. It counts for the next new ticket."))
    context = {
        "row": row,
        "title": _title(row),
        "variables": channels.ACKNOWLEDGEMENT_VARIABLES,
        "preview": preview,
        "change": changes.last_change("acknowledgement", row.pk) if row else None,
    }
    return pages.form_page(request, viewer, "console/mail/template.html", context, form=form)


def _title(row: channels.AcknowledgementTemplate | None) -> str:
    if row is None:
        return _("Add acknowledgement")
    language = dict(settings.LANGUAGES).get(row.language, row.language)
    where = row.department.name if row.department else _("every department")
    return _("%(language)s, %(department)s") % {"language": language, "department": where}


def _save(
    viewer: Viewer, row: channels.AcknowledgementTemplate | None, values: dict[str, Any]
) -> channels.AcknowledgementTemplate:
    if row is not None:
        values |= {"department_id": row.department_id, "language": row.language}
    elif channels.AcknowledgementTemplate.objects.filter(
        department_id=values["department_id"], language=values["language"]
    ).exists():
        raise Invalid(fields={"language": _("There is one for this department and language: change that one.")})
    return channels.set_acknowledgement(viewer, **values)


def _preview(subject: str, body: str) -> dict[str, str]:
    """As a person would read it, with made-up values."""
    values = {
        "person": {"name": "Anna Kern"},
        "ticket": {"number": "#10042", "subject": _("The invoice shows the wrong amount")},
        "department": {"name": _("Billing")},
        "desk": {"name": DESK_NAME.get(), "address": settings.BASE_URL},
    }
    return {"subject": channels.render_text(subject, values), "body": channels.render_text(body, values)}


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def template_remove(request: HttpRequest, pk: int) -> HttpResponse:
    channels.remove_acknowledgement(viewer_of(request), pk)
    return pages.done(request, reverse("console:templates"), _("Removed. The common text takes its place."))
