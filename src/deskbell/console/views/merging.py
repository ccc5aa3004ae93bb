"""Merging two records of one person, with what will happen shown first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deskbell.console import filters, pages
from deskbell.console.forms.people import MergeForm
from deskbell.console.gate import console_page, viewer_of
from deskbell.kernel.api import Invalid, NotFound, Viewer
from deskbell.people import api as people
from deskbell.tickets import api as tickets

COUNTED_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    pk: int
    name: str
    second: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge does, line by line. moves: from the source; stays: of the target."""

    moves: list[str]
    stays: list[str]


@console_page(people.MANAGE_PEOPLE, desk_wide=True)
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the record that stays, look at what will be moved, merge."""
    viewer = viewer_of(request)
    source = people.person(viewer, pk)
    problem, status = "", 200
    if request.method == "POST":
        merged = _merge(viewer, pk, MergeForm(request.POST))
        if isinstance(merged, people.User):
            text = _("%(source)s is %(target)s now.") % {"source": source.name, "target": merged.name}
            return pages.done(request, reverse("console:colleague", args=[merged.pk]), text)
        problem, status = merged, 422
    target_pk = filters.number(request, "target")
    target = _target(viewer, target_pk) if target_pk and target_pk != pk else None
    text = filters.text(request, "q")
    context = {
        "source": source,
        "kind": "colleague",
        "target": target,
        "preview": _preview(source, target) if target else None,
        "text": text,
        "found": [_candidate(user) for user in people.suggest_people(viewer, text) if user.pk != pk],
        "problem": problem,
    }
    return pages.render(request, viewer, "console/people/merge.html", context, block="results", status=status)


def _merge(viewer: Viewer, pk: int, form: MergeForm) -> people.User | str:
    """The person who stays, or why it could not be done."""
    if not form.is_valid():
        return _("Choose the person it is the same as.")
    try:
        return people.merge_people(viewer, pk, form.cleaned_data["target_id"])
    except Invalid as error:
        return str(error)


def _target(viewer: Viewer, pk: int) -> people.User | None:
    try:
        return people.person(viewer, pk)
    except NotFound:
        return None


def _candidate(user: people.User) -> Candidate:
    parts = [user.email or "", user.organisation.name if user.organisation else ""]
    return Candidate(user.pk, str(user), " · ".join(part for part in parts if part))


def _preview(source: people.User, target: people.User) -> Preview:
    asked = tickets.Ticket.objects.filter(requester=source)[: COUNTED_UP_TO + 1].count()
    assigned = tickets.Ticket.objects.filter(assignee=source)[: COUNTED_UP_TO + 1].count()
    moves = [str(point) for point in source.contact_points.all()]
    if asked:
        moves.append(ngettext("%(num)d ticket they asked", "%(num)d tickets they asked", asked) % {"num": asked})
    if assigned:
        moves.append(
            ngettext("%(num)d ticket assigned to them", "%(num)d tickets assigned to them", assigned)
            % {"num": assigned}
        )
    moves += [
        _("%(role)s in %(department)s") % {"role": held.role, "department": held.department}
        if held.department
        else _("%(role)s everywhere") % {"role": held.role}
        for held in source.role_assignments.all()
    ]
    stays = [_("Name: %(name)s") % {"name": target.name}]
    organisation = target.organisation or source.organisation
    if organisation:
        stays.append(_("Organisation: %(name)s") % {"name": organisation.name})
    stays += [str(point) for point in target.contact_points.all()]
    return Preview(moves, stays)
