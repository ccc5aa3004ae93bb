"""Finding one's own tickets: the box in the head of the portal, and the page with everything found."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from deskbell.portal.guard import PortalRequest, portal_view
from deskbell.search import api as engine
from deskbell.ui import finding
from deskbell.ui.addresses import url_for
from deskbell.ui.fragments import render


@require_safe
@portal_view
def search(request: PortalRequest) -> HttpResponse:
    """`?q=`: words, filters or a number. `after`: paging."""
    asked = finding.read(request.GET, request.customer, engine.PORTAL, url_for("portal:search"))
    return render(request, "portal/search.html", {"place": "search", "finding": asked}, block="results")


@require_safe
@portal_view
def box(request: PortalRequest) -> HttpResponse:
    """The list under the box, for what was typed so far."""
    asked = finding.read(request.GET, request.customer, engine.PORTAL, url_for("portal:search"), size=finding.IN_BOX)
    return render(request, "ui/finding_list.html", {"finding": asked})
