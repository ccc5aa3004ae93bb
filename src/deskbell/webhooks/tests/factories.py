"""Webhooks for tests, made by the actions, and what their jobs would do."""

from __future__ import annotations

from typing import Any

from deskbell.kernel.api import SYSTEM, change
from deskbell.people.tests.factories import administrator, person
from deskbell.people.tests.factories import viewer as viewer_of
from deskbell.tickets.api import Ticket
from deskbell.tickets.tests.factories import ticket as ticket_from
from deskbell.webhooks import api as webhooks
from deskbell.webhooks.actions.delivering import send_due

PUBLIC_URL = "https://hooks.example.org/in"


def allow(*targets: str) -> None:
    """What an administrator allows beside the internet."""
    change(SYSTEM, webhooks.ALLOWED_TARGETS.name, list(targets))


def webhook(url: str = PUBLIC_URL, *, owner: Any = None, **values: Any) -> webhooks.Webhook:
    viewer = viewer_of(owner or administrator())
    return webhooks.create_webhook(viewer, **{"name": "Hook", "url": url, "kinds": ["ticket.*"], **values})


def send(hook: webhooks.Webhook) -> int:
    """What the job does; returns how many tries were made."""
    return send_due(hook.pk)


def fresh(hook: webhooks.Webhook) -> webhooks.Webhook:
    return webhooks.Webhook.objects.select_related("owner").get(pk=hook.pk)


def ticket(where: Any, requester: Any = None, **values: Any) -> Ticket:
    """A ticket that came in, asked by somebody whose address no other factory gives away too."""
    return ticket_from(where, requester or person(), **values)
