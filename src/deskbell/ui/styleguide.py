"""The style guide: every component in every state, and whole pages composed of them, with made-up data."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from deskbell.kernel.api import clock
from deskbell.ui import fragments

PAGES = ("queue", "ticket", "portal", "portal-ticket", "signin", "admin")
# A mail keeps its own styles; they end at the frame, and nothing in it may run or call home.
MAIL_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox "
    "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


class SampleForm(forms.Form):
    """One field of every kind."""

    subject = forms.CharField(max_length=120, help_text="What it is about, in a few words.")
    address = forms.EmailField(label="Mail address", required=False)
    kind = forms.ChoiceField(choices=[("incident", "Incident"), ("request", "Request"), ("question", "Question")])
    impact = forms.ChoiceField(
        choices=[("one", "One person"), ("many", "A department"), ("all", "Everybody")], widget=forms.RadioSelect
    )
    teams = forms.MultipleChoiceField(
        choices=[("net", "Network"), ("desk", "Desk"), ("field", "On site")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="Description")
    until = forms.DateField(required=False, widget=forms.DateInput(), label="Needed by")
    call_at = forms.DateTimeField(required=False, widget=forms.DateTimeInput(), label="Call back at")
    file = forms.FileField(required=False, label="Attachment")
    notify = forms.BooleanField(required=False, label="Tell me about every reply", help_text="By mail, at once.")


@dataclass(frozen=True)
class Sample:
    number: int
    subject: str
    requester: str
    organisation: str
    department: str
    state: str
    category: str
    level: int
    priority: str
    assignee: str
    due_in: int | None
    age: int
    unread: bool = False


# Minutes: due_in from now (negative is over), age since the last message.
SAMPLES = (
    Sample(
        10482,
        "Invoice 2026-311 shows the wrong VAT rate",
        "Anna Kern",
        "Kern & Töchter",
        "Billing",
        "New",
        "new",
        3,
        "High",
        "",
        40,
        4,
        unread=True,
    ),
    Sample(
        10481,
        "VPN drops every few minutes since the update on Monday, both on Wi-Fi and on cable, and the "
        "client must be restarted",
        "Олена Шевченко",
        "Дніпро Лоджистик",
        "IT support",
        "In progress",
        "active",
        4,
        "Urgent",
        "Tom Arden",
        -130,
        11,
        unread=True,
    ),
    Sample(
        10477,
        "登入後畫面一片空白",
        "林佳蓉",
        "福星貿易",
        "IT support",
        "Waiting for customer",
        "waiting",
        2,
        "Normal",
        "Mika Laine",
        420,
        55,
    ),
    Sample(
        10470,
        "New starter on 1 December: laptop, badge, accounts",
        "Piotr Zieliński",
        "Nordwind sp. z o.o.",
        "Facilities",
        "In progress",
        "active",
        2,
        "Normal",
        "Sara Okafor",
        2900,
        130,
    ),
    Sample(
        10466,
        "Suggestion: show the delivery window in the order mail",
        "Heikki Salo",
        "Salo Oy",
        "Sales",
        "New",
        "new",
        1,
        "Low",
        "",
        None,
        300,
    ),
    Sample(
        10459,
        "Refund for order 88213",
        "Maria Conti",
        "",
        "Billing",
        "Resolved",
        "resolved",
        2,
        "Normal",
        "Tom Arden",
        None,
        1500,
    ),
    Sample(
        10455,
        "Printer on floor 3 prints blank pages",
        "Jonas Beck",
        "Kern & Töchter",
        "IT support",
        "Closed",
        "closed",
        1,
        "Low",
        "Mika Laine",
        None,
        2600,
    ),
    Sample(
        10451,
        "Duplicate of 10450",
        "Анна Петрова",
        "ООО Вектор",
        "Sales",
        "Cancelled",
        "cancelled",
        1,
        "Low",
        "",
        None,
        4300,
    ),
)


def _context(request: HttpRequest) -> dict[str, object]:
    now = clock.now()
    wanted = request.GET.get("q", "").lower()
    tickets = [
        {
            **sample.__dict__,
            "due_at": None if sample.due_in is None else now + timedelta(minutes=sample.due_in),
            "updated_at": now - timedelta(minutes=sample.age),
        }
        for sample in SAMPLES
        if wanted in sample.subject.lower()
    ]
    return {
        "now": now,
        "tickets": tickets,
        "ticket": tickets[1] if len(tickets) > 1 else None,
        "hour_ago": now - timedelta(hours=1),
        "yesterday": now - timedelta(days=1, hours=3),
        "soon": now + timedelta(minutes=40),
        "late": now - timedelta(hours=2, minutes=10),
        "pages": PAGES,
        "empty": request.GET.get("state", ""),
        "screen": request.GET.get("screen", "main"),
        "mode": request.GET.get("mode", "reply"),
    }


def components(request: HttpRequest) -> HttpResponse:
    """Show every component; GET ?toast=success shows one."""
    if level := request.GET.get("toast"):
        messages.add_message(request, getattr(messages, level.upper(), messages.INFO), "Handed over to Billing.")
    bad = SampleForm({"subject": "", "address": "anna@", "kind": "incident"})
    bad.is_valid()
    context = {**_context(request), "form": SampleForm(), "bad": bad}
    return fragments.render(request, "ui/styleguide/components.html", context, block="main")


def composition(request: HttpRequest, page: str) -> HttpResponse:
    """Show a whole page made of the components."""
    if page not in PAGES:
        raise Http404
    return fragments.render(request, f"ui/styleguide/{page}.html", _context(request), block="list")


def mail_sample(request: HttpRequest) -> HttpResponse:
    """Serve a mail body the way message pages do: a document of its own with its own policy."""
    response = render(request, "ui/styleguide/mail.html", using="jinja2")
    response["Content-Security-Policy"] = MAIL_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def people_sample(request: HttpRequest) -> JsonResponse:
    """Answer mentions and recipient suggestions."""
    wanted = request.GET.get("q", "").lower()
    people = [
        {"id": sample.number, "name": sample.requester, "address": f"person{sample.number}@example.org"}
        for sample in SAMPLES
        if wanted in sample.requester.lower()
    ]
    return JsonResponse({"people": people[:8]})


@require_POST
def upload_sample(request: HttpRequest) -> HttpResponse:
    """Pretend to keep a file: answers as an upload view must, with id, name, size and address."""
    sent = request.FILES.get("file")
    if sent is None:
        return JsonResponse({"error": "No file arrived."}, status=400)
    return JsonResponse({"id": 1, "name": sent.name, "size": sent.size, "url": "/static/ui/img/bell.svg"}, status=201)


@require_POST
def draft_sample(request: HttpRequest) -> HttpResponse:
    """Pretend to keep a draft."""
    return HttpResponse(json.dumps({"fields": len(request.POST)}), status=200, content_type="application/json")
