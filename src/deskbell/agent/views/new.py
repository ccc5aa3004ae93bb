"""A ticket created by an agent: for somebody on the phone, as an outgoing mail, or as a note to colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages as toasts
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from deskbell.agent import context, custom_fields, drafts, inline_images, rich_text, shell
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import given as as_given
from deskbell.agent.parsing import id_of, ids_of, text_of, whole_number_of
from deskbell.agent.views import composer
from deskbell.kernel.api import Invalid, NotAllowed, NotFound
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

# How the ticket begins: direction and channel of its first message.
BEGINNINGS = {
    "phone": (tickets.Direction.IN, tickets.Channel.PHONE),
    "mail": (tickets.Direction.OUT, tickets.Channel.EMAIL),
    "note": (tickets.Direction.INTERNAL, tickets.Channel.AGENT),
}


@desk_view
@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    if not request.viewer.may_somewhere(tickets.access.CREATE):
        raise NotAllowed
    if request.method != "POST":
        return _page(request, _begun(request))
    try:
        with transaction.atomic():
            ticket = tickets.create_ticket(request.viewer, _new_ticket(request))
            tickets.discard_draft(request.viewer, None, tickets.MessageKind.PUBLIC)
    except Invalid as error:
        return _page(
            request,
            request.POST,
            problems={name: str(text) for name, text in error.fields.items()} or {"": str(error)},
            status=422,
        )
    toasts.success(request, _("#%(number)s is created.") % {"number": ticket.pk})
    return fragments.see_other(request, shell.ticket_url(ticket.pk))


def _begun(request: DeskRequest) -> Mapping[str, Any]:
    """What the form starts with: the address (`?requester=12`), else the draft."""
    given: dict[str, Any] = {name: request.GET.get(name, "") for name in ("requester", "department", "subject")}
    if any(given.values()):
        return given
    draft = tickets.get_draft(request.viewer, None, tickets.MessageKind.PUBLIC)
    return {**draft.fields, "text": draft.text, "text_html": draft.html, "from_draft": True} if draft else {}


def _new_ticket(request: DeskRequest) -> tickets.NewTicket:
    source = request.POST
    direction, channel = BEGINNINGS.get(source.get("beginning", ""), BEGINNINGS["phone"])
    department = id_of(source, "department")
    if department is None:
        raise Invalid(fields={"department": _("Choose a department.")})
    if not text_of(source, "subject", 2000).strip():
        raise Invalid(fields={"subject": _("Say in a few words what it is about.")})
    html = rich_text.clean(text_of(source, "text_html", rich_text.LONGEST))
    text = text_of(source, "text", rich_text.LONGEST)
    if not text.strip():
        raise Invalid(fields={"text": _("Write something first.")})
    html, pictures = inline_images.taken(request.viewer, html)
    requester = _requester(request)
    if direction == tickets.Direction.OUT and not requester.email:
        raise Invalid(
            fields={
                "requester": _("%(name)s has no mail address. Choose how it began differently.")
                % {"name": requester.name}
            }
        )
    kind = text_of(source, "kind", 40) or "question"
    fields = _fields_of(tickets.form_choices(request.viewer, department), kind)
    content = tickets.MessageContent(
        text=text,
        html=html,
        channel=channel,
        to=[{"name": requester.name, "address": requester.email}]
        if direction == tickets.Direction.OUT and requester.email
        else [],
        attachments=pictures,
        attachment_ids=ids_of(source, "attachment"),
    )
    return tickets.NewTicket(
        subject=text_of(source, "subject", 2000),
        content=content,
        department_id=department,
        requester_id=requester.pk,
        kind=kind,
        category_id=id_of(source, "category"),
        impact=whole_number_of(source, "impact") or tickets.Impact.LIMITED,
        urgency=whole_number_of(source, "urgency") or tickets.Urgency.NORMAL,
        direction=direction,
        assignee_id=id_of(source, "assignee"),
        tags=[tag for tag in text_of(source, "tags", 2000).split(",") if tag.strip()],
        custom=custom_fields.values_of(source, fields, request.viewer.time_zone),
    )


def _requester(request: DeskRequest) -> people.User:
    """The chosen person, or a new one for an address nobody has yet. Raises Invalid."""
    chosen = id_of(request.POST, "requester")
    if chosen is not None:
        try:
            return people.person(request.viewer, chosen)
        except NotFound:
            raise Invalid(fields={"requester": _("Choose the person who asks.")}) from None
    written = text_of(request.POST, "requester_text", 400).strip()
    if "@" not in written:
        raise Invalid(fields={"requester": _("Choose the person who asks, or write their mail address.")})
    try:
        found = composer.addresses_of({"requester": written}, "requester")
    except Invalid as error:
        raise Invalid(fields={"requester": str(error)}) from None
    user, _created = people.find_or_create_by_email(request.viewer, found[0]["address"], name=found[0]["name"])
    return user


@desk_view
@require_GET
def fields(request: DeskRequest) -> HttpResponse:
    """What depends on the department and kind: categories, people, custom fields, the computed priority."""
    shown = _context(request, request.GET, {})
    return fragments.respond(request, fragments.render_block(request, "agent/new.html", "dependent", shown))


@desk_view
@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: DeskRequest) -> HttpResponse:
    return composer.keep_draft(request, None)


def _page(
    request: DeskRequest, given: Mapping[str, Any], *, problems: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    shown = _context(request, given, dict(problems or {}))
    return fragments.render(request, "agent/new.html", shown, block="form", status=status)


def _context(request: DeskRequest, given: Mapping[str, Any], problems: dict[str, str]) -> dict[str, Any]:
    viewer = request.viewer
    departments = context.creatable(viewer)
    chosen = whole_number_of(given, "department")
    department_id = chosen if chosen in dict(departments) else (departments[0][0] if departments else None)
    offered = tickets.form_choices(viewer, department_id)
    kind = str(given.get("kind") or "question")
    impact = whole_number_of(given, "impact") or tickets.Impact.LIMITED
    urgency = whole_number_of(given, "urgency") or tickets.Urgency.NORMAL
    priority_id = offered.matrix.get((impact, urgency))
    return {
        **shell.shell(request, "tickets"),
        "given": as_given(given),
        "problems": problems,
        "beginning": given.get("beginning") if given.get("beginning") in BEGINNINGS else "phone",
        "from_draft": bool(given.get("from_draft")),
        "requester_name": _name_of(request, given),
        "department_id": department_id,
        "department_options": departments,
        "kind_options": [(each.code, str(each)) for each in offered.kinds],
        "category_options": [(each.id, each.trail) for each in offered.categories],
        "impact_options": offered.impacts,
        "urgency_options": offered.urgencies,
        "impact": impact,
        "urgency": urgency,
        "priority": next((each for each in offered.priorities if each.pk == priority_id), None),
        "assignee_options": [(each.id, each.name) for each in tickets.assignable(viewer, department_id)]
        if department_id
        else [],
        "fields": custom_fields.drawn(_fields_of(offered, kind), _custom_of(given), viewer.time_zone),
        "kept_attachments": drafts.waiting(viewer, _attachments_of(given)),
        "max_upload": tickets.ATTACHMENT_MB.get() * drafts.MEGABYTE,
    }


def _fields_of(offered: tickets.FormChoices, kind: str) -> list[tickets.CustomField]:
    return [each for each in offered.custom_fields if not each.kinds or kind in each.kinds]


def _custom_of(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.removeprefix(custom_fields.PREFIX): given[name] for name in given if name.startswith(custom_fields.PREFIX)
    }


def _attachments_of(given: Mapping[str, Any]) -> list[int]:
    if hasattr(given, "getlist"):
        return ids_of(given, "attachment")
    kept = given.get("attachments", [])
    return [pk for pk in kept if isinstance(pk, int)] if isinstance(kept, list) else []


def _name_of(request: DeskRequest, given: Mapping[str, Any]) -> str:
    chosen = whole_number_of(given, "requester")
    if chosen is None:
        return ""
    try:
        return str(people.person(request.viewer, chosen))
    except NotFound:
        return ""
