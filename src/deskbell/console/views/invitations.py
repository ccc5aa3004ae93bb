"""Who was invited and has not chosen a password yet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import filters, pages
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.people import api as people

ROWS = 50


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=READS)
def invitations(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    before = filters.number(request, "before")
    rows = people.open_invitations(viewer, before=before, size=ROWS + 1)
    context = {
        "rows": [
            {"link": row, "may_withdraw": people.may_identify(viewer, row.user)} for row in rows[:ROWS] if row.user
        ],
        "previous": filters.with_query(request, before=None) if before else None,
        "next": filters.with_query(request, before=str(rows[ROWS - 1].pk)) if len(rows) > ROWS else None,
    }
    return pages.render(request, viewer, "console/people/invitations.html", context)


@console_page(people.MANAGE_PEOPLE, desk_wide=True, methods=WRITES)
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    people.withdraw_invitation(viewer_of(request), pk)
    return pages.done(
        request, reverse("console:invitations"), _("The invitation is withdrawn. Its link no longer works.")
    )
