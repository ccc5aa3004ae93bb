"""A new ticket."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from deskbell.kernel.api import Invalid, NotAllowed, NotFound
from deskbell.portal import files
from deskbell.portal.forms import LONGEST_TEXT, PREFIX, NewTicketForm
from deskbell.portal.guard import PortalRequest, portal_view
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for
from deskbell.ui.fragments import render, see_other

DRAFT = "public"
KEPT = ("department", "kind", "category", "subject", "follows")


@require_http_methods(["GET", "HEAD", "POST"])
@portal_view
def new(request: PortalRequest) -> HttpResponse:
    """The form. A change of department or kind sends it with `refresh`, which only draws it anew."""
    choices = tickets.form_choices(request.customer)
    if not choices.departments or not choices.kinds:
        return render(request, "portal/new_closed.html", {"place": "new"}, status=200)
    if request.method != "POST":
        initial, waiting = _begun(request)
        return _page(request, NewTicketForm(choices, initial=initial), waiting, str(initial.get("follows", "")))
    follows = request.POST.get("follows", "")
    if "refresh" in request.POST:
        given = {name: value for name, value in request.POST.items() if name != "refresh"}
        return _page(request, NewTicketForm(choices, initial=given), [], follows)
    form = NewTicketForm(choices, request.POST)
    sent = files.take(request)
    if form.is_valid() and not sent.problems:
        try:
            created = _create(request, form, sent, follows)
        except Invalid as problem:
            form.add_problems(problem.fields or {"": problem})
        except NotAllowed:
            form.add_error("department", _("This department does not take tickets here. Choose another one."))
        else:
            _forget(request)
            messages.success(request, _("We have it. The answer comes here and by mail."))
            return see_other(request, url_for("portal:ticket", created.pk))
    for text in sent.problems:
        form.add_error(None, text)
    return _page(request, form, sent.attachments, follows, status=422)


def _create(request: PortalRequest, form: NewTicketForm, sent: files.Files, follows: str) -> tickets.Ticket:
    cleaned = form.cleaned_data
    content = tickets.MessageContent(text=cleaned["text"], channel=tickets.Channel.PORTAL, attachment_ids=sent.ids)
    assert request.customer.user_id is not None
    wanted = tickets.NewTicket(
        subject=cleaned["subject"],
        content=content,
        department_id=cleaned["department"],
        requester_id=request.customer.user_id,
        kind=cleaned["kind"],
        category_id=cleaned.get("category"),
        custom=form.values,
    )
    before = _followed(request, follows)
    if before is not None and before.becomes_new:
        # Too late to go on with the old one: the new one is linked to it.
        _message, created, _is_new = tickets.receive_or_new(request.customer, before.ticket.pk, content, wanted)
        return created
    return tickets.create_ticket(request.customer, wanted)


@require_POST
@portal_view
def draft(request: PortalRequest) -> HttpResponse:
    """Keep what is typed. Colleagues keep the draft of their own form instead."""
    if request.viewer.is_agent:
        return HttpResponse(status=204)
    fields = {
        name: value[:2000]
        for name, value in request.POST.items()
        if (name in KEPT or name.startswith(PREFIX)) and isinstance(value, str)
    }
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    if text.strip() or str(fields.get("subject", "")).strip():
        tickets.save_draft(request.customer, None, DRAFT, "", text, fields)
    else:
        tickets.discard_draft(request.customer, None, DRAFT)
    return HttpResponse(status=204)


def _begun(request: PortalRequest) -> tuple[dict[str, Any], list[tickets.Attachment]]:
    """What the address asks for, over what was kept of an earlier try."""
    wanted = {name: request.GET[name].replace("\x00", "")[:500] for name in KEPT if request.GET.get(name)}
    before = _followed(request, wanted.get("follows", ""))
    if before is not None:
        row = before.ticket
        return {
            "subject": row.subject,
            "department": row.department_id,
            "kind": row.kind.code,
            "category": row.category_id,
            "follows": row.pk,
        }, []
    kept = None if request.viewer.is_agent else tickets.get_draft(request.customer, None, DRAFT)
    if kept is None:
        return wanted, []
    waiting = [each for each in kept.attachments.all() if each.message_id is None]
    return {**kept.fields, "text": kept.text, **wanted}, waiting


def _followed(request: PortalRequest, text: str) -> tickets.CustomerTicket | None:
    """The earlier ticket a new one goes on from, if it is one of the viewer's."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):  # noqa: PLR2004  bigint
        return None
    try:
        return tickets.customer_ticket(request.customer, int(text))
    except NotFound:
        return None


def _forget(request: PortalRequest) -> None:
    if not request.viewer.is_agent:
        tickets.discard_draft(request.customer, None, DRAFT)


def _page(
    request: PortalRequest,
    form: NewTicketForm,
    waiting: list[tickets.Attachment],
    follows: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "place": "new",
        "form": form,
        "custom_names": [PREFIX + field.code for field in form.custom],
        "waiting": waiting,
        "follows": follows,
        "max_size": tickets.ATTACHMENT_MB.get() * 1_000_000,
    }
    return render(request, "portal/new.html", context, block="details", status=status)
