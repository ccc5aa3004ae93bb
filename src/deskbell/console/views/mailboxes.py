"""Mailboxes: how each is doing, its servers, and the test that sends a mail around."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.console import changes, offers, pages
from deskbell.console.forms.mail import MailboxForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.mailroom import test_report
from deskbell.console.submit import submit
from deskbell.kernel.api import SYSTEM, Invalid, get_visible, visible
from deskbell.tickets import api as tickets

GENERAL = (
    "name", "address", "aliases", "department_id", "default_kind_id", "sender_name", "plus_addressing", "acknowledges",
)  # fmt: skip
INCOMING = (
    "protocol", "in_host", "in_security", "in_port", "in_verify", "in_user", "in_password", "folder", "after_reading",
    "move_to", "poll_seconds",
)  # fmt: skip
OUTGOING = ("out_host", "out_security", "out_port", "out_verify", "out_user", "out_password")
SECRETS = {"in_password", "out_password"}


@dataclass(frozen=True, slots=True)
class Condition:
    """How a mailbox is doing, in words. level: good, warn, bad or off."""

    level: str
    words: str
    at: datetime | None


def condition(row: channels.Mailbox) -> Condition:
    if not row.is_active:
        return Condition("off", _("Paused: mail stays where it is, nothing is sent from here."), None)
    if row.failing_since is not None:
        return Condition("bad", row.last_error or _("Cannot be reached."), row.failing_since)
    if row.is_read and row.last_ok_at is None:
        return Condition("warn", _("Not looked at yet. Test it, and see that the mail intake runs."), None)
    if row.is_read:
        return Condition("good", _("Works. Looked at"), row.last_checked_at or row.last_ok_at)
    return Condition("good", _("Open: other servers deliver here."), None)


@console_page(channels.CONFIGURE, desk_wide=True, methods=READS)
def mailboxes(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    rows = visible(viewer, channels.Mailbox).select_related("department").order_by("name", "address")
    context = {"rows": [(row, condition(row)) for row in rows]}
    return pages.render(request, viewer, "console/mail/mailboxes.html", context)


def _form(data: Any, row: channels.Mailbox | None) -> MailboxForm:
    initial = {}
    if row is not None:
        names = [*GENERAL, *INCOMING, *OUTGOING]
        initial = {name: getattr(row, name) for name in names if name not in SECRETS}
    kinds = tickets.Kind.objects.filter(is_active=True).order_by("position", "pk")
    return MailboxForm(
        data,
        departments=offers.departments(SYSTEM),
        kinds=[(kind.pk, str(kind)) for kind in kinds],
        initial=initial,
    )


def _groups() -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (_("Mailbox"), "", GENERAL),
        (_("Incoming mail"), _("Server and user are needed for IMAP and POP3 only."), INCOMING),
        (_("Outgoing mail"), _("By which server answers leave."), OUTGOING),
    ]


@console_page(channels.CONFIGURE, desk_wide=True)
def mailbox_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = _form(request.POST or None, None)
    if request.method == "POST":
        added = submit(form, lambda values: channels.create_mailbox(viewer, **values))
        if added is not None:
            text = _("%(name)s was added. Send a mail around to see that it works.") % {"name": added}
            return pages.done(request, _address(added.pk), text)
    context = {
        "row": None,
        "title": _("Add mailbox"),
        "groups": _groups(),
        "submit": _("Add mailbox"),
        "condition": None,
        "report": None,
        "change": None,
    }
    return pages.form_page(request, viewer, "console/mail/mailbox.html", context, form=form)


@console_page(channels.CONFIGURE, desk_wide=True)
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    row = get_visible(viewer, channels.Mailbox, pk)
    form = _form(request.POST or None, row)
    if request.method == "POST":
        saved = submit(form, lambda values: channels.update_mailbox(viewer, pk, **values))
        if saved is not None:
            return pages.done(request, request.path, _("Saved. The mail intake takes it up by itself."))
    test = channels.MailboxTest.objects.filter(mailbox=row).order_by("-pk").first()
    context = {
        "row": row,
        "title": str(row),
        "groups": _groups(),
        "submit": _("Save"),
        "condition": condition(row),
        "report": test_report(test) if test else None,
        "change": changes.last_change("mailbox", pk),
    }
    if request.method == "GET":
        return pages.render(request, viewer, "console/mail/mailbox.html", {**context, "form": form}, block="test")
    return pages.form_page(request, viewer, "console/mail/mailbox.html", context, form=form)


def _address(pk: int) -> str:
    return reverse("console:mailbox", args=[pk])


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def mailbox_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in at both servers and send a message around; the page then waits for it."""
    test = channels.start_mailbox_test(viewer_of(request), pk)
    if test.has_failed:
        return pages.not_done(request, f"{_address(pk)}#test", _("The test stopped at a step. See what to do there."))
    return pages.done(request, f"{_address(pk)}#test", _("The test message is on its way."))


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def mailbox_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, or go on."""
    active = request.POST.get("active") == "1"
    try:
        channels.update_mailbox(viewer_of(request), pk, is_active=active)
    except Invalid as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("It is read again.") if active else _("Paused. Mail stays where it is."))


@console_page(channels.CONFIGURE, desk_wide=True, methods=WRITES)
def mailbox_remove(request: HttpRequest, pk: int) -> HttpResponse:
    channels.remove_mailbox(viewer_of(request), pk)
    return pages.done(request, reverse("console:mailboxes"), _("The mailbox was removed. What came through it stays."))
