"""The ticket's properties, each saved where it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.agent import context, custom_fields
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import id_of, text_of, whole_number_of
from deskbell.agent.views import dialogs
from deskbell.agent.views.saving import saved
from deskbell.kernel.api import Invalid
from deskbell.people import api as people
from deskbell.tickets import api as tickets


@desk_view
@require_POST
def subject(request: DeskRequest, ticket_id: int) -> HttpResponse:
    words = text_of(request.POST, "subject", 2000)
    return saved(
        request,
        ticket_id,
        lambda: tickets.change_subject(request.viewer, ticket_id, words, seen_version=_seen(request)),
    )


@desk_view
@require_POST
def take(request: DeskRequest, ticket_id: int) -> HttpResponse:
    return saved(request, ticket_id, lambda: tickets.take(request.viewer, ticket_id), said=_("The ticket is yours."))


@desk_view
@require_POST
def assign(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Assignee, team or both; a field that was not sent stays as it is."""

    def change() -> None:
        options: dict[str, Any] = {"seen_version": _seen(request), "note": text_of(request.POST, "note", 2000)}
        if "team" in request.POST:
            options["team_id"] = id_of(request.POST, "team")
        if "assignee" in request.POST:
            assignee = id_of(request.POST, "assignee")
        else:
            assignee = tickets.ticket_page(request.viewer, ticket_id).ticket.assignee_id
        tickets.assign(request.viewer, ticket_id, assignee, **options)

    return saved(request, ticket_id, change)


@desk_view
@require_POST
def classify(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Kind, category, impact or urgency: whichever was changed."""

    def change() -> None:
        values: dict[str, Any] = {}
        if "kind" in request.POST:
            values["kind"] = text_of(request.POST, "kind", 40)
        if "category" in request.POST:
            values["category_id"] = id_of(request.POST, "category")
        for name in ("impact", "urgency"):
            if name in request.POST:
                values[name] = whole_number_of(request.POST, name)
        tickets.classify(request.viewer, ticket_id, **values, seen_version=_seen(request))

    return saved(request, ticket_id, change)


@desk_view
@require_http_methods(["GET", "POST"])
def priority(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Set a priority other than the matrix gives, with the reason."""
    page = tickets.ticket_page(request.viewer, ticket_id)

    def change() -> None:
        chosen = id_of(request.POST, "priority")
        if chosen is None:
            raise Invalid(fields={"priority": _("Choose a priority.")})
        tickets.classify(
            request.viewer,
            ticket_id,
            priority_id=chosen,
            priority_reason=text_of(request.POST, "reason", 300),
            seen_version=_seen(request),
        )

    return dialogs.form(
        request,
        ticket_id,
        "priority",
        {"ticket": page.ticket, "priorities": [(each.pk, str(each)) for each in tickets.priorities(request.viewer)]},
        change,
    )


@desk_view
@require_http_methods(["GET", "POST"])
def people_dialog(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Who asked, who is affected, who owns it."""
    page = tickets.ticket_page(request.viewer, ticket_id)
    ticket = page.ticket

    def change() -> None:
        requester, affected, owner = (id_of(request.POST, name) for name in ("requester", "affected", "owner"))
        if requester is None:
            raise Invalid(fields={"requester": _("Choose the person who asks.")})
        if requester != ticket.requester_id:
            tickets.change_requester(request.viewer, ticket_id, requester)
        if affected != ticket.affected_id:
            tickets.change_affected(request.viewer, ticket_id, affected)
        if owner != ticket.owner_id:
            tickets.change_owner(request.viewer, ticket_id, owner)

    return dialogs.form(
        request,
        ticket_id,
        "people",
        {"ticket": ticket, "colleague_options": context.colleagues(request.viewer, ticket)},
        change,
    )


@desk_view
@require_POST
def tags(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """All tags, comma separated, and perhaps one more in `add`."""
    written = f"{text_of(request.POST, 'tags', 5000)},{text_of(request.POST, 'add', 200)}"
    wanted = [tag.strip() for tag in written.split(",") if tag.strip()]
    return saved(request, ticket_id, lambda: tickets.set_tags(request.viewer, ticket_id, wanted))


@desk_view
@require_POST
def fields(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Custom fields; those that were not sent stay as they are."""

    def change() -> None:
        page = tickets.ticket_page(request.viewer, ticket_id)
        values = custom_fields.values_of(request.POST, [each.field for each in page.fields], request.viewer.time_zone)
        tickets.set_fields(request.viewer, ticket_id, values, seen_version=_seen(request))

    return saved(request, ticket_id, change)


@desk_view
@require_http_methods(["GET", "POST"])
def add_participant(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Somebody outside who may read and answer; an unknown address becomes a new person."""

    def change() -> None:
        user_id = id_of(request.POST, "person")
        if user_id is None:
            address = text_of(request.POST, "person_text", 320).strip()
            if not address:
                raise Invalid(fields={"person": _("Choose a person or write a mail address.")})
            found, _created = people.find_or_create_by_email(request.viewer, address)
            user_id = found.pk
        role = "to" if request.POST.get("role") == "to" else "cc"
        tickets.add_participant(request.viewer, ticket_id, user_id, role=role)

    page = tickets.ticket_page(request.viewer, ticket_id)
    return dialogs.form(request, ticket_id, "participant", {"ticket": page.ticket}, change)


@desk_view
@require_POST
def remove_participant(request: DeskRequest, ticket_id: int, user_id: int) -> HttpResponse:
    return saved(request, ticket_id, lambda: tickets.remove_participant(request.viewer, ticket_id, user_id))


def _seen(request: DeskRequest) -> int | None:
    return whole_number_of(request.POST, "seen_version")
