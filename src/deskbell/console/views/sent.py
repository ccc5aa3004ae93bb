"""What the desk sent: every mail on its way out, what became of it, and what the demonstration kept."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.console import filters, mailroom, pages
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.views.received import download, framed
from deskbell.kernel.api import DeskbellError, NotFound, StoredFile, Viewer, get_visible, read, visible

PAGE = 50
STATES: dict[str, list[str]] = {
    "waiting": ["queued", "sending"],
    "sent": ["sent"],
    "failed": ["failed", "bounced"],
}


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    text, state = filters.text(request, "q"), filters.choice(request, "state", set(STATES))
    rows = visible(viewer, channels.OutboundMessage).select_related("mailbox", "message").order_by("-pk")
    if state:
        rows = rows.filter(state__in=STATES[state])
    if text:
        rows = rows.filter(Q(subject__icontains=text) | Q(recipients__icontains=text))
    after = filters.number(request, "after")
    found = list((rows.filter(pk__lt=after) if after is not None else rows)[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "text": text,
        "state": state,
        "keeps": _keeps(viewer),
        "previous": filters.with_query(request, after=None) if after is not None else None,
        "next": filters.with_query(request, after=str(found[PAGE - 1].pk)) if len(found) > PAGE else None,
    }
    return pages.render(request, viewer, "console/mail/outbox.html", context, block="results")


def _keeps(viewer: Viewer) -> bool:
    """Whether this desk keeps what it sends instead of sending it (the demonstration)."""
    return bool(settings.DESKBELL.outbox_port) or visible(viewer, channels.OutboxMail).exists()


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_kept(request: HttpRequest) -> HttpResponse:
    """The demonstration's outbox: whole mails that went nowhere."""
    viewer = viewer_of(request)
    text = filters.text(request, "q")
    rows = visible(viewer, channels.OutboxMail).order_by("-pk")
    if text:
        rows = rows.filter(Q(subject__icontains=text) | Q(envelope_to__icontains=text))
    after = filters.number(request, "after")
    found = list((rows.filter(pk__lt=after) if after is not None else rows)[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "text": text,
        "previous": filters.with_query(request, after=None) if after is not None else None,
        "next": filters.with_query(request, after=str(found[PAGE - 1].pk)) if len(found) > PAGE else None,
    }
    return pages.render(request, viewer, "console/mail/kept.html", context, block="results")


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_mail(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = _get(viewer, pk)
    context = {
        "row": row,
        "title": row.subject or _("Sent mail"),
        "mail": mailroom.readable(row.raw),
        "back": reverse("console:outbox"),
        "html_url": reverse("console:outbox_html", args=[pk]),
        "source_url": reverse("console:outbox_source", args=[pk]),
        "failed": row.state in STATES["failed"],
        "view": filters.choice(request, "view", {"html", "source"}) or "text",
    }
    return pages.render(request, viewer, "console/mail/sent.html", context)


def _get(viewer: Viewer, pk: int) -> channels.OutboundMessage:
    rows = channels.OutboundMessage.objects.select_related("mailbox", "message", "raw")
    return get_visible(viewer, channels.OutboundMessage, pk, rows)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_kept_mail(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = get_visible(viewer, channels.OutboxMail, pk, channels.OutboxMail.objects.select_related("raw"))
    context = {
        "row": row,
        "title": row.subject or _("Sent mail"),
        "mail": mailroom.readable(row.raw),
        "back": reverse("console:outbox_kept"),
        "html_url": reverse("console:outbox_kept_html", args=[pk]),
        "source_url": reverse("console:outbox_kept_source", args=[pk]),
        "view": filters.choice(request, "view", {"html", "source"}) or "text",
    }
    return pages.render(request, viewer, "console/mail/kept_mail.html", context)


def _raw(viewer: Viewer, model: type[channels.OutboundMessage | channels.OutboxMail], pk: int) -> StoredFile:
    raw: StoredFile | None = get_visible(viewer, model, pk, model.objects.select_related("raw")).raw
    if raw is None:
        raise NotFound
    return raw


Model = type[channels.OutboundMessage] | type[channels.OutboxMail]


def _html(request: HttpRequest, model: Model, pk: int) -> HttpResponse:
    mail = mailroom.readable(_raw(viewer_of(request), model, pk))
    return framed(mail.html if mail else "")


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    return _html(request, channels.OutboundMessage, pk)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_kept_html(request: HttpRequest, pk: int) -> HttpResponse:
    return _html(request, channels.OutboxMail, pk)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_source(request: HttpRequest, pk: int) -> HttpResponse:
    return download(read(_raw(viewer_of(request), channels.OutboundMessage, pk)), f"sent-{pk}.eml")


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def outbox_kept_source(request: HttpRequest, pk: int) -> HttpResponse:
    return download(read(_raw(viewer_of(request), channels.OutboxMail, pk)), f"kept-{pk}.eml")


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def outbox_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it again to those who did not get it."""
    viewer = viewer_of(request)
    row = _get(viewer, pk)
    address = reverse("console:outbox_mail", args=[pk])
    if row.message_id is None:
        return pages.not_done(request, address, _("A test is not sent again: start a new one at its mailbox."))
    try:
        channels.resend(viewer, row.message_id)
    except DeskbellError as error:
        return pages.not_done(request, address, str(error))
    return pages.done(request, address, _("It is sent again to those who did not get it."))
