"""Absences of one's own, with a substitute."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deskbell.account.forms import AbsenceForm
from deskbell.account.guard import account_view
from deskbell.account.views.profile import add_problems, page
from deskbell.kernel.api import Invalid, NotAllowed
from deskbell.people import api as people
from deskbell.ui.fragments import see_other

PLACE = "/account/#absences"


@require_POST
@account_view
def add(request: people.ViewerRequest) -> HttpResponse:
    if not request.viewer.is_agent or request.viewer.user_id is None:
        raise NotAllowed
    form = AbsenceForm(request.POST)
    if form.is_valid():
        zone = timezone.get_current_timezone()
        first, last = form.cleaned_data["first_day"], form.cleaned_data["last_day"]
        try:
            people.set_absence(
                request.viewer,
                request.viewer.user_id,
                datetime.combine(first, time.min, tzinfo=zone),
                datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone),
                substitute_id=_substitute(form.cleaned_data["substitute"]),
                note=form.cleaned_data["note"],
            )
        except (Invalid, OverflowError) as problem:
            wrong = problem if isinstance(problem, Invalid) else Invalid(_("This date is too far away."))
            names = {"starts_at": "first_day", "ends_at": "last_day"}
            add_problems(form, Invalid(wrong.message, fields={names.get(k, k): v for k, v in wrong.fields.items()}))
        else:
            messages.success(request, _("Your absence is set."))
            return see_other(request, PLACE)
    return page(request, absence_form=form, status=422)


@require_POST
@account_view
def remove(request: people.ViewerRequest, absence_id: int) -> HttpResponse:
    people.remove_absence(request.viewer, absence_id)
    messages.success(request, _("The absence is removed."))
    return see_other(request, PLACE)


def _substitute(address: str) -> int | None:
    if not address:
        return None
    try:
        found = people.find_by_contact(people.ContactKind.EMAIL, people.normalise_email(address))
    except Invalid as problem:
        raise Invalid(fields={"substitute": str(problem)}) from None
    if found is None or not found.is_active or not people.viewer_for(found).is_agent:
        raise Invalid(fields={"substitute": _("No colleague has this address.")})
    return found.pk
