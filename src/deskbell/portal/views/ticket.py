"""One ticket: its conversation, an answer, closing and reopening."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from deskbell.kernel.api import Invalid
from deskbell.live import api as live
from deskbell.portal import conversation, files
from deskbell.portal.forms import LONGEST_TEXT, AnswerForm
from deskbell.portal.guard import PortalRequest, portal_view
from deskbell.portal.words import next_step, state_words
from deskbell.tickets import api as tickets
from deskbell.ui.addresses import url_for
from deskbell.ui.fragments import render, see_other

DRAFT = "public"


@require_safe
@portal_view
def ticket(request: PortalRequest, ticket_id: int) -> HttpResponse:
    """The page; htmx gets its live part, or with `?before=` what stands before it.

    `?message=<id>`: the page around an older message. A merged ticket leads to where it goes on.
    """
    found = tickets.customer_ticket(request.customer, ticket_id)
    if found.ticket.pk != ticket_id:
        return see_other(request, url_for("portal:ticket", found.ticket.pk))
    if "before" in request.GET:
        return conversation.part(request, found.ticket)
    kept = tickets.get_draft(request.customer, ticket_id, DRAFT)
    form = AnswerForm(initial={"text": kept.text if kept else ""})
    waiting = [each for each in kept.attachments.all() if each.message_id is None] if kept else []
    return _page(request, found, form, waiting)


@require_POST
@portal_view
def answer(request: PortalRequest, ticket_id: int) -> HttpResponse:
    """Write on the ticket. One that ended goes on; one that ended long ago becomes a new one, linked to it."""
    found = tickets.customer_ticket(request.customer, ticket_id)
    form = AnswerForm(request.POST)
    sent = files.take(request, found.ticket.pk)
    if form.is_valid() and not sent.problems:
        content = tickets.MessageContent(
            text=form.cleaned_data["text"], channel=tickets.Channel.PORTAL, attachment_ids=sent.ids
        )
        try:
            _message, went_to, is_new = tickets.answer_as_requester(request.customer, found.ticket.pk, content)
        except Invalid as problem:
            form.add_error("text", str(problem))
        else:
            tickets.discard_draft(request.customer, found.ticket.pk, DRAFT)
            words = _("That was closed long ago, so your answer became this new ticket.") if is_new else _("Sent.")
            messages.success(request, words)
            return see_other(request, url_for("portal:ticket", went_to.pk) + "#end")
    for problem_text in sent.problems:
        form.add_error(None, problem_text)
    return _page(request, found, form, sent.attachments, status=422)


@require_POST
@portal_view
def close(request: PortalRequest, ticket_id: int) -> HttpResponse:
    try:
        tickets.close_as_requester(request.customer, ticket_id)
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Closed. Write below if something is still wrong."))
    return see_other(request, url_for("portal:ticket", ticket_id))


@require_POST
@portal_view
def draft(request: PortalRequest, ticket_id: int) -> HttpResponse:
    """Keep what is typed, for this or another device."""
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    if text.strip():
        tickets.save_draft(request.customer, ticket_id, DRAFT, "", text)
    else:
        tickets.discard_draft(request.customer, ticket_id, DRAFT)
    return HttpResponse(status=204)


def _page(
    request: PortalRequest,
    found: tickets.CustomerTicket,
    form: AnswerForm,
    waiting: list[tickets.Attachment],
    *,
    status: int = 200,
) -> HttpResponse:
    row = found.ticket
    # Asked before the messages: what is written in between comes by the live update, not never.
    position = live.position()
    side = row.waiting_reason.side if row.waiting_reason is not None else ""
    waits_for_me = row.is_open and (side == "requester" or row.state.code == "waiting_for_requester")
    pictures = request.GET.get("pictures", "")
    context: dict[str, Any] = {
        "place": "mine",
        "found": found,
        "ticket": row,
        "state": state_words(found.state, waits_for_me=waits_for_me),
        **conversation.newest(request, row),
        "waits_for_me": waits_for_me,
        "next_step": next_step(row.state_category, waits_for_me=waits_for_me, department=row.department.name),
        "pictures": int(pictures) if pictures.isascii() and pictures.isdigit() else 0,
        "fields": _shown_fields(request, row),
        "form": form,
        "waiting": waiting,
        "max_size": tickets.ATTACHMENT_MB.get() * 1_000_000,
        "newest_event": str(position),
    }
    return render(request, "portal/ticket.html", context, block="conversation", status=status)


def _shown_fields(request: PortalRequest, row: tickets.Ticket) -> list[tuple[str, str]]:
    """Custom values the portal shows, as (label, words)."""
    if not row.custom:
        return []
    found = []
    for field in tickets.custom_fields(request.customer):
        value = row.custom.get(field.code)
        if value in (None, "", []):
            continue
        if isinstance(value, bool):
            words = _("Yes") if value else _("No")
        else:
            words = ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        found.append((field.label, words))
    return found
