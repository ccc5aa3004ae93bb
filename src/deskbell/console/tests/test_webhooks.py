"""The pages of webhooks: what a form refuses, what is never shown, and what is shown once."""

from __future__ import annotations

from typing import Any

from deskbell.kernel.api import Event
from deskbell.people.api import viewer_for
from deskbell.people.tests.factories import administrator
from deskbell.webhooks import api as webhooks

NEW = {
    "name": "Shop",
    "url": "https://hooks.example.org/in",
    "kinds": ["ticket.created", "user.*"],
    "headers": "X-Key: sesame",
}


def test_a_webhook_is_added_changed_and_keeps_what_was_masked(desk: Any, admin: Any) -> None:
    refused = admin.post("/admin/webhooks/new/", {**NEW, "url": "https://169.254.169.254/latest"})
    assert refused.status_code == 422
    assert "no public address" in refused.content.decode()
    assert admin.post("/admin/webhooks/new/", {**NEW, "kinds": []}).status_code == 422
    assert admin.post("/admin/webhooks/new/", {**NEW, "headers": "nonsense"}).status_code == 422
    added = admin.post("/admin/webhooks/new/", NEW)
    assert added.status_code == 303
    row = webhooks.Webhook.objects.get(name="Shop")
    page = admin.get(f"{added['Location']}edit/").content.decode()
    assert f"X-Key: {webhooks.MASK}" in page
    assert "sesame" not in page
    kept = {**NEW, "name": "Store", "headers": f"X-Key: {webhooks.MASK}"}
    assert admin.post(f"{added['Location']}edit/", kept).status_code == 303
    row.refresh_from_db()
    assert (row.name, row.headers) == ("Store", {"X-Key": "sesame"})


def test_the_secret_is_shown_only_on_demand_and_the_log_says_to_whom(desk: Any, admin: Any) -> None:
    path = f"/admin/webhooks/{desk.webhook.pk}/"
    assert desk.webhook.secret not in admin.get(path).content.decode()
    shown = admin.post(f"{path}secret/")
    assert desk.webhook.secret in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Event.objects.filter(kind="webhook.secret_shown", actor_id=desk.users["administrator"].pk).count() == 1


def test_another_manager_takes_it_over_before_changing_it(desk: Any, admin: Any) -> None:
    olga = viewer_for(administrator(name="Olga Other"))
    other = webhooks.create_webhook(olga, name="Hers", url="https://hers.example/", kinds=["ticket.*"])
    path = f"/admin/webhooks/{other.pk}/"
    assert "only they change it" in admin.get(f"{path}edit/").content.decode()
    assert admin.post(f"{path}edit/", {**NEW, "headers": ""}).status_code == 403
    admin.post(f"{path}take-over/")
    assert admin.post(f"{path}edit/", {**NEW, "headers": ""}).status_code == 303
    other.refresh_from_db()
    assert (other.owner_id, other.name) == (desk.users["administrator"].pk, "Shop")


def test_a_test_that_fails_leads_to_what_the_server_said(desk: Any, admin: Any) -> None:
    answer = admin.post(f"/admin/webhooks/{desk.webhook.pk}/test/", follow=True)
    page = answer.content.decode()
    assert "No connection with 127.0.0.1:9999" in page
    assert "The test was not delivered" in page
