"""Links between tickets."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import text_of
from deskbell.agent.views import dialogs
from deskbell.agent.views.saving import saved
from deskbell.kernel.api import Invalid
from deskbell.tickets import api as tickets


@desk_view
@require_http_methods(["GET", "POST"])
def link(request: DeskRequest, ticket_id: int) -> HttpResponse:
    viewer = request.viewer
    page = tickets.ticket_page(viewer, ticket_id)

    def change() -> None:
        tickets.link(viewer, ticket_id, number_of(request.POST.get("other", "")), text_of(request.POST, "kind", 16))

    return dialogs.form(
        request,
        ticket_id,
        "link",
        {"ticket": page.ticket, "kinds": [(value, str(label)) for value, label in tickets.LinkKind.choices]},
        change,
    )


def number_of(text: str) -> int:
    """A ticket number as people write it: 10042, #10042. Raises Invalid."""
    digits = text.strip().lstrip("#").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):  # noqa: PLR2004  (bigint)
        raise Invalid(fields={"other": _("Write the number of the ticket, as in #10042.")})
    return int(digits)


@desk_view
@require_POST
def unlink(request: DeskRequest, ticket_id: int, link_id: int) -> HttpResponse:
    return saved(request, ticket_id, lambda: tickets.unlink(request.viewer, link_id), said=_("Link removed."))
