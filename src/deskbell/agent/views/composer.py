"""The composer: answers, notes and their drafts."""

from __future__ import annotations

import json
import re
from email.utils import parseaddr
from typing import Any

from django.contrib import messages as toasts
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from email_validator import EmailNotValidError, validate_email

from deskbell.agent import inline_images, rich_text
from deskbell.agent.guard import DeskRequest, desk_view
from deskbell.agent.parsing import ids_of, text_of, whole_number_of
from deskbell.agent.views import parts
from deskbell.kernel.api import Conflict, Invalid
from deskbell.tickets import api as tickets
from deskbell.ui import fragments

KINDS = {"reply": tickets.MessageKind.PUBLIC, "note": tickets.MessageKind.NOTE}
# What "send and …" does besides; the state is entered only if the ticket may go there.
AFTERWARDS = {"resolve": tickets.StateCategory.RESOLVED, "wait": tickets.StateCategory.WAITING}
# Recipients stand between commas, semicolons or lines; within quotation marks these belong to a name.
_PARTS = re.compile(r'(?:"[^"]*"|[^,;\n"])+|"')
LONGEST_FORM_VALUE = 2000  # characters kept of each small field of a draft


@desk_view
@require_POST
def send(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Send a reply or add a note, then perhaps change the state; nothing of it happens when one part may not.

    A newer message than the writer has seen stops it: 409 with that message above the untouched composer.
    """
    mode = "note" if request.POST.get("mode") == "note" else "reply"
    seen = whole_number_of(request.POST, "seen")
    try:
        content = content_of(request, mode)
        if mode == "reply" and not content.to:
            _require_no_address(request, ticket_id)
        with transaction.atomic():
            write = tickets.add_note if mode == "note" else tickets.reply
            message = write(request.viewer, ticket_id, content, seen_message_id=seen)
            _go_on(request, ticket_id, content)
    except Conflict:
        return stopped(request, ticket_id, mode, seen or 0)
    except Invalid as error:
        return _alert(request, {"problem": error}, status=422)
    toasts.success(request, _("Note added.") if mode == "note" else _("Reply sent."))
    return parts.changed(request, ticket_id, fresh_composer=mode, trigger=json.dumps({"desk:sent": {"id": message.pk}}))


def _require_no_address(request: DeskRequest, ticket_id: int) -> None:
    """An answer to nobody is a mistake, unless the person who asked has no address and reads it in the portal."""
    if tickets.ticket_page(request.viewer, ticket_id).ticket.requester.email:
        raise Invalid(fields={"to": _("Add a recipient. Nobody would get this.")})


def content_of(request: DeskRequest, mode: str) -> tickets.MessageContent:
    """The message as it was written. Raises Invalid naming the field."""
    source = request.POST
    html = rich_text.clean(text_of(source, "text_html", rich_text.LONGEST + 1))
    text = text_of(source, "text", rich_text.LONGEST + 1)
    if max(len(html), len(text)) > rich_text.LONGEST:
        raise Invalid(fields={"text": _("This is too long for a message. Attach it as a file instead.")})
    html, pictures = inline_images.taken(request.viewer, html)
    to, cc = (addresses_of(source, name) for name in ("to", "cc")) if mode == "reply" else ([], [])
    return tickets.MessageContent(
        text=text,
        html=html,
        channel=tickets.Channel.EMAIL if to else tickets.Channel.AGENT,
        to=to,
        cc=cc,
        attachments=pictures,
        attachment_ids=ids_of(source, "attachment"),
        mentioned=rich_text.mentioned(html) if mode == "note" else [],
    )


def addresses_of(source: Any, name: str) -> list[tickets.Recipient]:
    """Mail addresses of one field. Raises Invalid that names the first one that is none."""
    found: list[tickets.Recipient] = []
    for part in _PARTS.findall(text_of(source, name, 10_000)):
        if not part.strip():
            continue
        display, address = parseaddr(part.strip())
        try:
            valid = validate_email(address, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise Invalid(
                fields={name: _("“%(address)s” is not a mail address.") % {"address": part.strip()[:100]}}
            ) from None
        if all(valid.normalized != other["address"] for other in found):
            found.append({"name": display[:200], "address": valid.normalized})
    return found


def _go_on(request: DeskRequest, ticket_id: int, content: tickets.MessageContent) -> None:
    category = AFTERWARDS.get(request.POST.get("then", ""))
    if category is None:
        return
    page = tickets.ticket_page(request.viewer, ticket_id)
    reachable = [step.state for step in page.next_states if step.state.category == category and not step.blocked]
    waits_for_reply = [state for state in reachable if state.code == "waiting_for_requester"]
    if not reachable:
        return
    tickets.change_state(
        request.viewer,
        ticket_id,
        (waits_for_reply or reachable)[0].code,
        resolution=content.preview if category == tickets.StateCategory.RESOLVED else "",
    )


def stopped(request: DeskRequest, ticket_id: int, mode: str, seen: int) -> HttpResponse:
    """What arrived meanwhile, above the composer, whose text stays as it is; sending again is a second decision."""
    newest_part = tickets.timeline_page(request.viewer, ticket_id)
    newer = [entry for entry in newest_part.entries if entry.message and entry.message.pk > seen]
    newest = max((entry.message.pk for entry in newer if entry.message), default=seen)
    return _alert(request, {"newer": newer, "newest": newest, "mode": mode, "ticket_id": ticket_id}, status=409)


def _alert(request: DeskRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    html = fragments.render_block(
        request, "agent/composer_alert.html", "alert", {"problem": None, "newer": [], **context}
    )
    response = fragments.respond(request, html, status=status)
    response["HX-Retarget"] = "#composer-alert"
    response["HX-Reswap"] = "innerHTML"
    return response


@desk_view
@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Keep, give back or throw away what was begun; one draft for each of reply and note."""
    return keep_draft(request, ticket_id)


def keep_draft(request: DeskRequest, ticket_id: int | None) -> HttpResponse:
    source = request.GET if request.method == "DELETE" else request.POST
    kind = KINDS["note" if source.get("mode") == "note" else "reply"]
    if request.method == "GET":
        found = tickets.get_draft(request.viewer, ticket_id, kind)
        return JsonResponse({"text": found.text, "html": found.html, "fields": found.fields} if found else {})
    text = text_of(source, "text", rich_text.LONGEST)
    html = rich_text.clean(text_of(source, "text_html", rich_text.LONGEST))
    attached = ids_of(source, "attachment") if request.method == "POST" else []
    if request.method == "DELETE" or not (
        text.strip() or html or attached or (ticket_id is None and any(source.values()))
    ):
        tickets.discard_draft(request.viewer, ticket_id, kind)
        return JsonResponse({"saved": False})
    fields: dict[str, Any] = {
        name: text_of(source, name, LONGEST_FORM_VALUE)
        for name in source
        if name not in {"text", "text_html", "csrfmiddlewaretoken", "mode", "seen", "attachment"}
    }
    fields["attachments"] = attached
    tickets.save_draft(request.viewer, ticket_id, kind, html, text, fields, whole_number_of(source, "seen") or 0)
    return JsonResponse({"saved": True})


@desk_view
@require_GET
def mentions(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Colleagues who may be named with @ on this ticket, as JSON for the editor."""
    found = tickets.mentionable(request.viewer, ticket_id, text_of(request.GET, "q", 100))
    return JsonResponse({"people": [{"id": person.pk, "name": str(person)} for person in found]})
