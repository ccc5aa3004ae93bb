"""People: colleagues and contacts, one person, and what belongs to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import changes, filters, offers, pages
from deskbell.console.forms.people import AbsenceForm, ContactPointForm, NewPersonForm, PersonForm, RoleAssignmentForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.listing import PeopleFilter, PersonRow, person_row
from deskbell.console.submit import submit
from deskbell.kernel.api import Invalid, NotAllowed, Viewer
from deskbell.people import api as people

STATES = {"active", "inactive", "blocked"}


@console_page(people.MANAGE_PEOPLE, methods=READS)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Whoever holds a role; a head sees those of their departments."""
    return _list(request, colleagues=True)


@console_page(people.MANAGE_PEOPLE, methods=READS)
def contacts(request: HttpRequest) -> HttpResponse:
    """Whoever holds no role."""
    return _list(request, colleagues=False)


def _list(request: HttpRequest, *, colleagues: bool) -> HttpResponse:
    viewer = viewer_of(request)
    wanted = PeopleFilter(
        text=filters.text(request, "q"),
        organisation=None if colleagues else filters.number(request, "organisation"),
        department=filters.number(request, "department") if colleagues else None,
        state=filters.choice(request, "state", STATES),
    )
    page = people.list_people(
        viewer,
        wanted.text,
        kind="agents" if colleagues else "contacts",
        organisation_id=wanted.organisation,
        department_ids=offers.departments_within(viewer, wanted.department) if colleagues else None,
        active={"active": True, "inactive": False}.get(wanted.state),
        blocked=True if wanted.state == "blocked" else None,
        after=request.GET.get("after") or None,
    )
    rows: list[PersonRow] = [person_row(user) for user in page.rows]
    context = {
        "colleagues": colleagues,
        "kind": "colleague" if colleagues else "contact",
        "title": _("Colleagues") if colleagues else _("Contacts"),
        "list_url": reverse("console:colleagues" if colleagues else "console:contacts"),
        "filter": wanted,
        "rows": rows,
        "organisations": [] if colleagues else offers.organisations(viewer),
        "departments": offers.managed_departments(viewer, people.MANAGE_PEOPLE) if colleagues else [],
        "previous": filters.with_query(request, after=None) if request.GET.get("after") else None,
        "next": filters.with_query(request, after=page.next) if page.next else None,
    }
    return pages.render(request, viewer, "console/people/list.html", context, block="results")


@console_page(people.MANAGE_PEOPLE)
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person with their first address or number."""
    viewer = viewer_of(request)
    colleague = request.GET.get("colleague") == "1"
    form = NewPersonForm(
        request.POST or None,
        organisations=offers.organisations(viewer),
        identifies=viewer.may(people.MANAGE_PEOPLE),
        initial={"language": viewer.language, "time_zone": viewer.time_zone},
    )
    if request.method == "POST":

        def add(values: dict[str, Any]) -> people.User:
            if values.get("organisation_id") is None:
                values.pop("organisation_id", None)  # left out, the mail domain says which
            return people.create_user(viewer, **values)

        added = submit(form, add)
        if added is not None:
            return pages.done(
                request,
                _address(added.pk) + "?colleague=1" if colleague else reverse("console:contact", args=[added.pk]),
                _("%(name)s was added. Give them a role to work on this side of the desk.") % {"name": added.name}
                if colleague
                else _("%(name)s was added.") % {"name": added.name},
            )
    context = {
        "title": _("Add colleague") if colleague else _("Add person"),
        "back": reverse("console:colleagues" if colleague else "console:contacts"),
        "intro": _("Colleagues are people with a role: you give it on the next page, and invite them there.")
        if colleague
        else _("Whoever writes to the desk is added by themselves; this is for those who have not yet."),
        "submit": _("Add person"),
    }
    return pages.form_page(request, viewer, "console/form.html", context, form=form)


@console_page(people.MANAGE_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what is known, addresses, roles, absence, access."""
    viewer = viewer_of(request)
    row = people.person(viewer, pk)
    if request.method == "POST":
        form = _person_form(viewer, row, request.POST)
        if submit(form, lambda values: people.update_user(viewer, pk, **values)) is not None:
            return pages.done(request, request.path, _("Saved."))
        return _person_page(request, row, form=form)
    return _person_page(request, row)


def _person_form(viewer: Viewer, row: people.User, data: Any = None) -> PersonForm:
    names = ("name", "job_title", "organisation_id", "sees_organisation", "language", "time_zone", "notes")
    return PersonForm(
        data,
        organisations=offers.organisations(viewer, keep=row.organisation),
        identifies=people.may_identify(viewer, row),
        initial={name: getattr(row, name) for name in names},
    )


def _person_page(request: HttpRequest, row: people.User, **forms: Any) -> HttpResponse:
    """The page; forms given come back with their errors."""
    viewer = viewer_of(request)
    assignments = list(row.role_assignments.all())
    is_colleague = bool(assignments)
    may_manage = people.may_manage(viewer, row)
    gives_roles = viewer.may_somewhere(people.MANAGE_ROLES)
    context = {
        "row": row,
        "back": reverse("console:colleagues" if is_colleague else "console:contacts"),
        "kind": "colleague" if is_colleague else "contact",
        "may_manage": may_manage,
        "may_identify": people.may_identify(viewer, row),
        "may_describe": people.may_describe(viewer, row),
        "points": sorted(row.contact_points.all(), key=lambda point: (point.kind, not point.is_primary, point.value)),
        "assignments": [offers.held_role(viewer, assignment) for assignment in assignments],
        "absences": people.absences(viewer, row.pk),
        "form": _person_form(viewer, row),
        "contact_form": ContactPointForm(prefix="contact"),
        "role_form": _role_form(viewer) if gives_roles else None,
        "ask_role": not is_colleague and request.GET.get("colleague") == "1",
        "absence_form": _absence_form(viewer, row) if may_manage and is_colleague else None,
        "change": changes.last_change("user", row.pk),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return pages.render(request, viewer, "console/people/person.html", context, status=status)


def _role_form(viewer: Viewer, data: Any = None) -> RoleAssignmentForm:
    return RoleAssignmentForm(
        data,
        prefix="role",
        roles=offers.roles(viewer),
        departments=offers.managed_departments(viewer, people.MANAGE_ROLES),
        everywhere=viewer.may(people.MANAGE_ROLES),
    )


def _absence_form(viewer: Viewer, row: people.User, data: Any = None) -> AbsenceForm:
    colleagues = [choice for choice in offers.colleagues(viewer) if choice[0] != row.pk]
    return AbsenceForm(data, prefix="absence", zone=row.time_zone, colleagues=colleagues)


def _address(pk: int) -> str:
    return reverse("console:colleague", args=[pk])


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    form = ContactPointForm(request.POST, prefix="contact")

    def add(values: dict[str, Any]) -> people.ContactPoint:
        try:
            return people.add_contact_point(viewer, pk, values["kind"], values["value"])
        except Invalid as error:
            # The action names the kind of address; on this form it is the value that is wrong.
            raise Invalid(fields={"value": str(error)}) from None

    added = submit(form, add)
    if added is not None:
        return pages.done(request, _address(pk), _("%(address)s was added.") % {"address": added})
    return _person_page(request, people.person(viewer, pk), contact_form=form)


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def contact_remove(request: HttpRequest, pk: int, point_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    offers.belongs_to(viewer, pk, point_pk)
    try:
        people.remove_contact_point(viewer, point_pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("Removed."))


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def contact_primary(request: HttpRequest, pk: int, point_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    offers.belongs_to(viewer, pk, point_pk)
    try:
        point = people.make_primary(viewer, point_pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("%(address)s is the main one now.") % {"address": point})


@console_page(people.MANAGE_ROLES, methods=WRITES)
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    form = _role_form(viewer, request.POST)

    def give(values: dict[str, Any]) -> people.RoleAssignment:
        try:
            return people.assign_role(viewer, pk, values["role_id"], values["department_id"])
        except NotAllowed as error:
            raise Invalid(fields={"role_id": str(error)}) from None

    if submit(form, give) is not None:
        return pages.done(request, _address(pk), _("The role counts from the next page they open."))
    return _person_page(request, people.person(viewer, pk), role_form=form)


@console_page(people.MANAGE_ROLES, methods=WRITES)
def role_remove(request: HttpRequest, pk: int, assignment_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        people.remove_role_assignment(viewer, assignment_pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("The role was taken away. You can give it again below."))


@console_page(people.MANAGE_PEOPLE, methods=WRITES)
def absence_add(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = people.person(viewer, pk)
    form = _absence_form(viewer, row, request.POST)
    if submit(form, lambda values: people.set_absence(viewer, pk, **values)) is not None:
        return pages.done(request, _address(pk), _("Saved."))
    return _person_page(request, row, absence_form=form)


@console_page(people.MANAGE_PEOPLE, methods=WRITES)
def absence_remove(request: HttpRequest, pk: int, absence_pk: int) -> HttpResponse:
    people.remove_absence(viewer_of(request), absence_pk)
    return pages.done(request, _address(pk), _("The absence was removed."))


@console_page(people.MANAGE_PEOPLE, methods=WRITES)
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Park the mail of a sender, or let it in again."""
    blocked = request.POST.get("blocked") == "1"
    people.set_blocked(viewer_of(request), pk, blocked=blocked)
    text = _("Blocked. Their mail is parked from now on.") if blocked else _("No longer blocked.")
    return pages.done(request, _address(pk), text)


@console_page(people.MANAGE_PEOPLE, methods=WRITES)
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        people.deactivate_user(viewer_of(request), pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("Deactivated and signed out. You can undo it on this page."))


@console_page(people.MANAGE_PEOPLE, methods=WRITES)
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        people.reactivate_user(viewer_of(request), pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("Active again."))


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail a link with which the person chooses a password."""
    viewer = viewer_of(request)
    row = people.person(viewer, pk)
    try:
        people.send_invitation(
            viewer, pk, lambda token: request.build_absolute_uri(reverse("account:set_up", args=[token]))
        )
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("The invitation goes to %(address)s.") % {"address": row.email})
