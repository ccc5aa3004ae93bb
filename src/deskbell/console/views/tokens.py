"""Who lets which program into the API."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import filters, pages
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.kernel.api import scopes
from deskbell.people import api as people

STATES = {"ended": False, "all": None}  # in the address; without one, those that work


@console_page(people.MANAGE_PEOPLE, people.SEE_AUDIT, desk_wide=True, methods=READS)
def tokens(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    state = filters.choice(request, "state", set(STATES))
    after = filters.text(request, "after")
    found = people.desk_tokens(viewer, working=STATES.get(state, True), after=after)
    context = {
        "rows": [{"token": token, "may_revoke": token.works() and _may_revoke(request, token)} for token in found.rows],
        "state": state,
        "scope_labels": {scope.name: scope.label for scope in scopes},
        "previous": filters.with_query(request, after=None) if after else None,
        "next": filters.with_query(request, after=found.next) if found.next else None,
    }
    return pages.render(request, viewer, "console/people/tokens.html", context, block="results")


def _may_revoke(request: HttpRequest, token: people.ApiToken) -> bool:
    viewer = viewer_of(request)
    return viewer.user_id == token.user_id or people.may_manage(viewer, token.user)


@console_page(people.MANAGE_PEOPLE, people.SEE_AUDIT, desk_wide=True, methods=WRITES)
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = people.revoke_token(viewer_of(request), pk)
    text = _("“%(name)s” is revoked. Programs that use it are refused from now on.") % {"name": token.name}
    return pages.done(request, reverse("console:tokens"), text)
