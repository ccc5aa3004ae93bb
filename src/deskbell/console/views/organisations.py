"""Organisations and their mail domains."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import changes, filters, offers, pages
from deskbell.console.forms.people import DomainForm, OrganisationForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.listing import OrganisationRow
from deskbell.console.submit import submit
from deskbell.kernel.api import NotFound
from deskbell.people import api as people

FIELDS = ("name", "kind", "language", "time_zone", "shares_tickets", "notes")


@console_page(people.MANAGE_PEOPLE, methods=READS)
def organisations(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    wanted = {
        "text": filters.text(request, "q"),
        "kind": filters.choice(request, "kind", set(people.OrganisationKind.values)),
    }
    page = people.list_organisations(
        viewer, wanted["text"], kind=wanted["kind"], after=request.GET.get("after") or None
    )
    rows = [
        OrganisationRow(
            pk=row.pk,
            name=row.name,
            kind_label=row.get_kind_display(),
            domains=[domain.domain for domain in row.domains.all()],
            people=getattr(row, "people_count", 0),
            is_active=row.is_active,
        )
        for row in page.rows
    ]
    context = {
        "filter": wanted,
        "may_manage": viewer.may(people.MANAGE_PEOPLE),
        "rows": rows,
        "kinds": offers.spoken(people.OrganisationKind.choices),
        "previous": filters.with_query(request, after=None) if request.GET.get("after") else None,
        "next": filters.with_query(request, after=page.next) if page.next else None,
    }
    return pages.render(request, viewer, "console/people/organisations.html", context, block="results")


@console_page(people.MANAGE_PEOPLE, desk_wide=True)
def organisation_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST":
        added = submit(form, lambda values: people.create_organisation(viewer, **values))
        if added is not None:
            return pages.done(request, _address(added.pk), _("%(name)s was added.") % {"name": added.name})
    context = {
        "title": _("Add organisation"),
        "back": reverse("console:organisations"),
        "intro": _("Mail domains are added on the next page; they gather its people by themselves."),
        "submit": _("Add organisation"),
    }
    return pages.form_page(request, viewer, "console/form.html", context, form=form)


@console_page(people.MANAGE_PEOPLE)
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = people.organisation(viewer, pk)
    if request.method == "POST":
        form = _form(row, request.POST)
        if submit(form, lambda values: people.update_organisation(viewer, pk, **values)) is not None:
            return pages.done(request, request.path, _("Saved."))
        return _page(request, row, form=form)
    return _page(request, row)


def _form(row: people.Organisation, data: Any = None) -> OrganisationForm:
    return OrganisationForm(data, initial={name: getattr(row, name) for name in FIELDS})


def _page(request: HttpRequest, row: people.Organisation, **forms: Any) -> HttpResponse:
    context = {
        "row": row,
        "may_manage": viewer_of(request).may(people.MANAGE_PEOPLE),
        "form": _form(row),
        "domain_form": DomainForm(prefix="domain"),
        "domains": sorted(row.domains.all(), key=lambda domain: domain.domain),
        "people_count": row.people.filter(is_active=True).count(),
        "change": changes.last_change("organisation", row.pk),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return pages.render(request, viewer_of(request), "console/people/organisation.html", context, status=status)


def _address(pk: int) -> str:
    return reverse("console:organisation", args=[pk])


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def domain_add(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    form = DomainForm(request.POST, prefix="domain")
    added = submit(form, lambda values: people.add_domain(viewer, pk, values["domain"]))
    if added is not None:
        text = _("%(domain)s was added. People with such an address and no organisation joined it.")
        return pages.done(request, _address(pk), text % {"domain": added.domain})
    return _page(request, people.organisation(viewer, pk), domain_form=form)


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def domain_remove(request: HttpRequest, pk: int, domain_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    if all(domain.pk != domain_pk for domain in people.organisation(viewer, pk).domains.all()):
        raise NotFound
    people.remove_domain(viewer, domain_pk)
    return pages.done(request, _address(pk), _("Removed. You can add it again below."))


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def organisation_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate, or activate again."""
    active = request.POST.get("active") == "1"
    people.update_organisation(viewer_of(request), pk, is_active=active)
    return pages.done(
        request, _address(pk), _("Active again.") if active else _("Deactivated. You can undo it on this page.")
    )
