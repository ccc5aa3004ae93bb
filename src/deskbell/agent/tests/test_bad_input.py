"""Whatever a browser sends, the desk answers in words, never with a broken page."""

from __future__ import annotations

import pytest

from deskbell.agent.tests.conftest import HTMX, Desk

ODD = {
    "nul": "a\x00b",
    "rtl": "\u202egnp.exe",
    "emoji": "🔔" * 300,
    "sql": "'; DROP TABLE tickets_ticket; --",
    "template": "{{ 7*7 }}{% raw %}",
    "surrogate": "%ED%A0%80",
    "percent": "%s %d %(x)s %",
    "huge number": "9" * 400,
    "negative": "-1",
}
QUERIES = ["q", "view", "status", "sort", "department", "assignee", "category", "priority", "kind", "state", "tag",
           "requester", "organisation", "channel", "from", "to", "custom.asset", "after", "before", "nonsense"]  # fmt: skip


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_the_queue_survives_any_query(desk: Desk, value: str):
    client = desk.client("agent")
    for name in QUERIES:
        assert client.get("/desk/queue/all/", {name: value}).status_code == 200, name
    assert client.get("/desk/queue/all/", dict.fromkeys(QUERIES, value)).status_code == 200


def test_a_filter_that_cannot_be_used_is_named_and_the_rest_works(desk: Desk):
    page = desk.client("agent").get("/desk/queue/all/", {"department": "abc", "q": "drops"}).content.decode()
    assert "was left out" in page
    assert f'id="ticket-{desk.ticket.pk}"' in page


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_forms_survive_any_value(desk: Desk, value: str):
    client, base = desk.client("head"), f"/desk/tickets/{desk.ticket.pk}"
    forms = {
        f"{base}/send/": ["text", "text_html", "to", "cc", "seen", "attachment", "then", "mode"],
        f"{base}/draft/": ["text", "text_html", "to", "seen", "attachment"],
        f"{base}/subject/": ["subject", "seen_version"],
        f"{base}/assign/": ["assignee", "team", "note"],
        f"{base}/classify/": ["kind", "category", "impact", "urgency"],
        f"{base}/priority/": ["priority", "reason"],
        f"{base}/people/": ["requester", "affected", "owner"],
        f"{base}/tags/": ["tags", "add"],
        f"{base}/participants/": ["person", "person_text"],
        f"{base}/hand-over/": ["department", "note"],
        f"{base}/refer/": ["department", "person", "reason"],
        f"{base}/link/": ["other", "kind"],
        f"{base}/merge/": ["other"],
        f"{base}/state/waiting/": ["waiting_reason", "follow_up_at", "resolution", "reason"],
        "/desk/bulk/apply/": ["what", "ticket", "assignee", "add_tags"],
        "/desk/tickets/new/": ["requester", "requester_text", "subject", "text", "department", "kind", "impact"],
        "/desk/tickets/new/draft/": ["subject", "text"],
    }
    for path, names in forms.items():
        answer = client.post(path, dict.fromkeys(names, value), headers=HTMX)
        assert answer.status_code < 500, path
    for path in ("/desk/search/", "/desk/people/", "/desk/people/suggest/", "/desk/jump/", f"{base}/mentions/"):
        for name in ("q", "number", "after", "kind"):
            assert client.get(path, {name: value}).status_code < 500, path


def test_ten_megabytes_are_refused_in_words(desk: Desk):
    before = desk.facts()
    form = {"mode": "reply", "text": "a" * 10_000_000, "seen": desk.note.pk}
    answer = desk.client("agent").post(f"/desk/tickets/{desk.ticket.pk}/send/", form, headers=HTMX)
    assert answer.status_code in {413, 422}
    assert desk.facts() == before


def test_a_file_that_a_browser_would_run_is_only_ever_a_download(desk: Desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = desk.client("agent")
    kept = client.post(
        "/desk/uploads/", {"file": SimpleUploadedFile("x.html", b"<script>1</script>", "text/html")}
    ).json()
    answer = client.get(kept["url"])
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_mail_is_framed_with_a_policy_of_its_own(desk: Desk):
    answer = desk.client("agent").get(f"/desk/messages/{desk.message.pk}/body/")
    policy = answer["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "img-src 'self' data:" in policy
    assert "https:" not in policy
    assert (
        "https:"
        in desk.client("agent").get(f"/desk/messages/{desk.message.pk}/body/?images=1")["Content-Security-Policy"]
    )
