"""What came in: parked mail with what can be done about it, and the log of everything received."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.console import changes, filters, mailroom, offers, pages
from deskbell.console.forms.mail import DeliverForm, RetryForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import Invalid, Viewer, read, visible

PAGE = 50
TO_DECIDE = {channels.InboundState.PARKED.value, channels.InboundState.DISMISSED.value}


def _rows(viewer: Viewer) -> QuerySet[channels.InboundMessage]:
    return visible(viewer, channels.InboundMessage).select_related("mailbox", "ticket").defer("trace").order_by("-pk")


def _page(
    request: HttpRequest, rows: QuerySet[channels.InboundMessage]
) -> tuple[list[channels.InboundMessage], dict[str, str | None]]:
    after = filters.number(request, "after")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    return found, {
        "previous": filters.with_query(request, after=None) if after is not None else None,
        "next": filters.with_query(request, after=str(found[-1].pk)) if more else None,
    }


def _search(rows: QuerySet[channels.InboundMessage], text: str) -> QuerySet[channels.InboundMessage]:
    if not text:
        return rows
    return rows.filter(Q(author__icontains=text) | Q(author_name__icontains=text) | Q(subject__icontains=text))


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def parked(request: HttpRequest) -> HttpResponse:
    """Mail nobody could place for sure; nothing here is lost, and nothing leaves by itself."""
    viewer = viewer_of(request)
    shown = filters.choice(request, "state", {"dismissed"})
    text, sign = filters.text(request, "q"), filters.text(request, "sign")
    state = channels.InboundState.DISMISSED if shown else channels.InboundState.PARKED
    wanted = _search(_rows(viewer).filter(state=state), text)
    rows, paging = _page(request, wanted.filter(sign=sign) if sign else wanted)
    signs = [(name, f"{mailroom.sign_in_words(name)} ({count})") for name, count in channels.parked_signs(viewer)]
    context = {"rows": rows, "text": text, "state": shown, "sign": sign, "signs": signs, **paging}
    return pages.render(request, viewer, "console/mail/parked.html", context, block="results")


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def mail_log(request: HttpRequest) -> HttpResponse:
    """Everything that came in, and what became of it."""
    viewer = viewer_of(request)
    wanted = {
        "text": filters.text(request, "q"),
        "state": filters.choice(request, "state", set(channels.InboundState.values)),
        "mailbox": filters.number(request, "mailbox"),
    }
    rows = _search(_rows(viewer), str(wanted["text"]))
    if wanted["state"]:
        rows = rows.filter(state=wanted["state"])
    if wanted["mailbox"] is not None:
        rows = rows.filter(mailbox_id=wanted["mailbox"])
    found, paging = _page(request, rows)
    context = {
        "rows": found,
        "filter": wanted,
        "states": offers.spoken(channels.InboundState.choices),
        "mailboxes": _mailboxes(viewer),
        **paging,
    }
    return pages.render(request, viewer, "console/mail/received.html", context, block="results")


def _mailboxes(viewer: Viewer) -> list[tuple[int, str]]:
    return [(row.pk, str(row)) for row in visible(viewer, channels.Mailbox).order_by("name")]


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def parked_mail(request: HttpRequest, pk: int) -> HttpResponse:
    return _mail_page(request, pk)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def mail_log_mail(request: HttpRequest, pk: int) -> HttpResponse:
    return _mail_page(request, pk)


def _get(viewer: Viewer, pk: int) -> channels.InboundMessage:
    return channels.inbound(viewer, pk)


def _mail_page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """One mail: why it is where it is, how it reads, every decision, and what can be done."""
    viewer = viewer_of(request)
    row = _get(viewer, pk)
    context = {
        "row": row,
        "mail": mailroom.readable(row.raw),
        "trace": mailroom.trace_lines(row.trace),
        "to_decide": row.state in TO_DECIDE,
        "back": reverse("console:parked" if row.state in TO_DECIDE else "console:mail_log"),
        "view": filters.choice(request, "view", {"html", "source"}) or "text",
        "retry_form": RetryForm(prefix="retry", mailboxes=_mailboxes(viewer)),
        "deliver_form": DeliverForm(prefix="deliver"),
        "change": changes.last_change("mail", pk),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return pages.render(request, viewer, "console/mail/mail.html", context, status=status)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def mail_log_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's HTML as a document of its own, for the sandboxed frame."""
    mail = mailroom.readable(_get(viewer_of(request), pk).raw)
    return framed(mail.html if mail else "")


def framed(html: str) -> HttpResponse:
    """A document in which nothing runs and nothing is loaded from elsewhere."""
    body = f'<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><body>{html}</body>'
    response = HttpResponse(body)
    response["Content-Security-Policy"] = mailroom.FRAME_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def mail_log_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, as a download."""
    return download(read(_get(viewer_of(request), pk).raw), f"received-{pk}.eml")


def download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _address(pk: int) -> str:
    return reverse("console:parked_mail", args=[pk])


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def parked_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Process it again; after a setting was changed it may find its way."""
    viewer = viewer_of(request)
    form = RetryForm(request.POST, prefix="retry", mailboxes=_mailboxes(viewer))

    def retry(values: dict[str, Any]) -> channels.IntakeResult:
        return channels.retry_parked(viewer, pk, mailbox_id=values["mailbox_id"])

    if submit(form, retry) is None:
        return _mail_page(request, pk, retry_form=form)
    row = _get(viewer, pk)
    if row.state == channels.InboundState.PARKED:
        return pages.not_done(request, _address(pk), _("Still parked: %(reason)s") % {"reason": row.reason})
    text = _("Taken in as #%(number)s.") % {"number": row.ticket_id} if row.ticket_id else _("Taken in.")
    return pages.done(request, reverse("console:mail_log_mail", args=[pk]), text)


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def parked_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it into a ticket a person chose."""
    viewer = viewer_of(request)
    form = DeliverForm(request.POST, prefix="deliver")

    def deliver(values: dict[str, Any]) -> bool:
        digits = values["ticket"].strip().lstrip("#")
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:  # noqa: PLR2004  bigint
            raise Invalid(fields={"ticket": _("Type the number of a ticket, as in #10042.")})
        channels.deliver_parked(viewer, pk, int(digits))
        return True

    if submit(form, deliver):
        row = _get(viewer, pk)
        text = _("The mail is in #%(number)s now.") % {"number": row.ticket_id}
        return pages.done(request, reverse("console:mail_log_mail", args=[pk]), text)
    return _mail_page(request, pk, deliver_form=form)


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def parked_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        channels.dismiss_parked(viewer_of(request), pk)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    text = _("Set aside. You find it under “Set aside” and can take it in later.")
    return pages.done(request, reverse("console:parked"), text)
