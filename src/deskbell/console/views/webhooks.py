"""Webhooks: where events go, how each is doing, what was sent, and sending it again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.console import changes, filters, offers, pages, webhook_words
from deskbell.console.forms.webhooks import WebhookForm
from deskbell.console.gate import READS, WRITES, console_page, viewer_of
from deskbell.console.submit import submit
from deskbell.kernel.api import SYSTEM, DeskbellError, Viewer
from deskbell.live import api as live
from deskbell.people import api as people
from deskbell.webhooks import api as webhooks

FIELDS = ("name", "url", "kinds", "department_ids")


@console_page(webhooks.MANAGE, desk_wide=True, methods=READS)
def webhook_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    waiting = webhooks.waiting_counts(viewer)
    context = {
        "rows": [
            (row, webhook_words.condition(row), webhook_words.kinds_in_words(row), waiting.get(row.pk, 0))
            for row in webhooks.webhooks(viewer)
        ]
    }
    return pages.render(request, viewer, "console/webhooks/webhooks.html", context)


def _form(data: Any, row: webhooks.Webhook | None) -> WebhookForm:
    initial: dict[str, Any] = {}
    if row is not None:
        initial = {name: getattr(row, name) for name in FIELDS} | {"headers": row.headers}
    groups = webhook_words.groups(())
    kinds = [(each.name, each.label) for group in groups for each in (group.every, *group.kinds)]
    return WebhookForm(data, kinds=kinds, departments=offers.departments(SYSTEM), initial=initial)


def _edit(request: HttpRequest, viewer: Viewer, row: webhooks.Webhook | None, context: dict[str, Any],
          form: WebhookForm) -> HttpResponse:  # fmt: skip
    chosen = form.data.getlist("kinds") if form.is_bound else (row.kinds if row else ["ticket.*"])  # type: ignore[attr-defined]
    page = {"row": row, "form": form, "groups": webhook_words.groups(chosen), "may_change": True, **context}
    return pages.form_page(request, viewer, "console/webhooks/form.html", page, form=form)


@console_page(webhooks.MANAGE, desk_wide=True)
def webhook_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = _form(request.POST or None, None)
    if request.method == "POST":
        added = submit(form, lambda values: webhooks.create_webhook(viewer, **values))
        if added is not None:
            text = _("%(name)s was added. Give its secret to the receiver, then send a test.") % {"name": added}
            return pages.done(request, _address(added.pk), text)
    context = {"title": _("Add webhook"), "back": reverse("console:webhooks"), "submit": _("Add webhook")}
    return _edit(request, viewer, None, context, form)


@console_page(webhooks.MANAGE, desk_wide=True)
def webhook_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Only its owner changes it; others see what would have to be taken over first."""
    viewer = viewer_of(request)
    row = webhooks.webhook(viewer, pk)
    form = _form(request.POST or None, row)
    if request.method == "POST":
        saved = submit(form, lambda values: webhooks.update_webhook(viewer, pk, **values))
        if saved is not None:
            return pages.done(request, _address(pk), _("Saved."))
    context = {
        "title": str(row),
        "back": _address(pk),
        "submit": _("Save"),
        "may_change": row.owner_id == viewer.user_id,
    }
    return _edit(request, viewer, row, context, form)


@console_page(webhooks.MANAGE, desk_wide=True, methods=READS)
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """How it is doing and its log; the log alone when it has grown."""
    return _page(request, viewer_of(request), pk)


def _page(request: HttpRequest, viewer: Viewer, pk: int, *, secret: str = "") -> HttpResponse:
    # Asked before anything else is read, so that nothing falls between the page and its updates.
    last = str(live.position())
    row = webhooks.webhook(viewer, pk)
    state = filters.choice(request, "state", set(webhooks.DeliveryState.values))
    after = filters.number(request, "after")
    log = webhooks.deliveries(viewer, pk, state=state, before=after)
    departments = people.Department.objects.filter(pk__in=row.department_ids).values_list("name", flat=True)
    context = {
        "row": row,
        "condition": webhook_words.condition(row),
        "kinds": webhook_words.kinds_in_words(row),
        "departments": ", ".join(departments),
        "log": [(each, webhook_words.kind_in_words(each.kind), webhook_words.outcome(each)) for each in log.rows],
        "state": state,
        "tabs_of_states": [
            {"label": words, "href": f"{_address(pk)}?state={name}" if name else _address(pk), "current": name == state}
            for name, words in [("", _("All")), *offers.spoken(webhooks.DeliveryState.choices)]
        ],
        "previous": filters.with_query(request, after=None) if after is not None else None,
        "next": filters.with_query(request, after=str(log.next)) if log.next is not None else None,
        "is_owner": row.owner_id == viewer.user_id,
        "secret": secret,
        "here": request.get_full_path() if request.method == "GET" else _address(pk),
        "last": last,
        "change": changes.last_change("webhook", pk),
    }
    return pages.render(request, viewer, "console/webhooks/webhook.html", context, block="deliveries")


def _address(pk: int) -> str:
    return reverse("console:webhook", args=[pk])


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_test(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test now, and go to what became of it."""
    sent = webhooks.send_test(viewer_of(request), pk)
    address = reverse("console:webhook_delivery", args=[pk, sent.pk])
    if sent.state == webhooks.DeliveryState.DELIVERED:
        return pages.done(request, address, _("The test was delivered."))
    return pages.not_done(request, address, _("The test was not delivered. See what the server answered."))


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause, or go on."""
    viewer, active = viewer_of(request), request.POST.get("active") == "1"
    try:
        if active:
            webhooks.resume(viewer, pk)
        else:
            webhooks.pause(viewer, pk)
    except DeskbellError as error:
        return pages.not_done(request, _address(pk), str(error))
    return pages.done(request, _address(pk), _("It sends again.") if active else _("Paused. Nothing more is sent."))


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    webhooks.take_over(viewer_of(request), pk)
    return pages.done(request, _address(pk), _("It is yours, and carries what you may see."))


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the secret, this once; the audit log keeps who looked."""
    viewer = viewer_of(request)
    response = _page(request, viewer, pk, secret=webhooks.show_secret(viewer, pk))
    response["Cache-Control"] = "no-store"
    return response


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_rotate(request: HttpRequest, pk: int) -> HttpResponse:
    webhooks.rotate_secret(viewer_of(request), pk)
    return pages.done(request, _address(pk), _("Replaced. For a day the old secret signs too: tell the receiver."))


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_remove(request: HttpRequest, pk: int) -> HttpResponse:
    webhooks.remove_webhook(viewer_of(request), pk)
    return pages.done(request, reverse("console:webhooks"), _("The webhook was removed, and its log with it."))


@console_page(webhooks.MANAGE, desk_wide=True, methods=READS)
def webhook_delivery(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    """One delivery with every try."""
    viewer = viewer_of(request)
    last = str(live.position())
    log = webhooks.delivery_log(viewer, delivery_pk, pk)
    context = {
        "row": log.delivery,
        "hook": log.delivery.webhook,
        "title": webhook_words.kind_in_words(log.delivery.kind),
        "outcome": webhook_words.outcome(log.delivery),
        "attempts": [(each, webhook_words.took(each.seconds), webhook_words.pretty(each.request_body))
                     for each in log.attempts],
        "shows_content": log.shows_content,
        "here": request.path,
        "last": last,
    }  # fmt: skip
    return pages.render(request, viewer, "console/webhooks/delivery.html", context, block="tries")


@console_page(webhooks.MANAGE, desk_wide=True, methods=WRITES)
def webhook_resend(request: HttpRequest, pk: int, delivery_pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    address = reverse("console:webhook_delivery", args=[pk, delivery_pk])
    webhooks.delivery_log(viewer, delivery_pk, pk)
    try:
        webhooks.resend(viewer, delivery_pk)
    except DeskbellError as error:
        return pages.not_done(request, address, str(error))
    return pages.done(request, address, _("It is sent again, under the same id."))
