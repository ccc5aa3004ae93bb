"""Every address of the console: how it is asked, and which roles it opens to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from deskbell.console.tests.factories import World

ROLES = ("anonymous", "customer", "agent", "lead", "head", "administrator")
ADMINISTRATOR = frozenset({"administrator"})
HEADS = frozenset({"head", "administrator"})
LEADS = frozenset({"lead", "head", "administrator"})

Args = Callable[[World], list[int]]


@dataclass(frozen=True)
class Door:
    name: str
    opens_to: frozenset[str]
    args: Args = lambda _world: []
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = lambda _world: {}

    def url(self, world: World) -> str:
        return reverse(f"console:{self.name}", args=self.args(world))


def pages(opens_to: frozenset[str], *names: str) -> list[Door]:
    return [Door(name, opens_to) for name in names]


def _state_steps(_world: World) -> list[int]:
    from deskbell.tickets.api import Transition

    step = Transition.objects.order_by("pk").first()
    assert step is not None
    return [step.source_id, step.target_id]


def _first(model: str) -> Args:
    def args(_world: World) -> list[int]:
        from deskbell.tickets import api as tickets

        return [getattr(tickets, model).objects.order_by("pk").values_list("pk", flat=True)[0]]

    return args


def _box(world: World) -> list[int]:
    return [world.mailbox.pk]


def _contact(world: World) -> list[int]:
    return [world.contact.pk]


def _helper(world: World) -> list[int]:
    return [world.assignment.user_id]


DOORS: list[Door] = [
    *pages(LEADS, "overview", "colleagues", "contacts", "person_new", "organisations"),
    *pages(HEADS, "departments", "department_new", "teams", "team_new", "roles", "audit", "audit_export"),
    *pages(ADMINISTRATOR, "organisation_new", "role_new", "options", "categories", "category_new", "kinds", "kind_new", "states"),
    *pages(ADMINISTRATOR, "state_new", "priorities", "priority_new", "waiting_reasons", "waiting_reason_new"),
    *pages(ADMINISTRATOR, "fields", "field_new", "mailboxes", "mailbox_new", "parked", "mail_log", "outbox"),
    *pages(ADMINISTRATOR, "outbox_kept", "templates", "template_new"),
    *pages(ADMINISTRATOR, "tokens", "unread_files"),
    Door("unread_files_again", ADMINISTRATOR, method="post", data=lambda _w: {"reason": "failed/slow"}),
    *pages(ADMINISTRATOR, "invitations"),
    Door("invitation_withdraw", ADMINISTRATOR, lambda w: [w.invitation_id], "post"),
    Door("token_revoke", ADMINISTRATOR, lambda w: [w.token.pk], "post"),
    Door("colleague", LEADS, _helper),
    Door("contact", LEADS, _contact),
    Door("person_contact_add", ADMINISTRATOR, _contact, "post", lambda w: {"contact-kind": "phone", "contact-value": "+358409876543"}),
    Door("person_contact_remove", ADMINISTRATOR, lambda w: [w.contact.pk, w.phone.pk], "post"),
    Door("person_contact_primary", ADMINISTRATOR, lambda w: [w.contact.pk, w.phone.pk], "post"),
    Door("person_role_add", HEADS, _contact, "post", lambda w: {"role-role_id": w.role.pk, "role-department_id": w.billing.pk}),
    Door("person_role_remove", HEADS, lambda w: [w.assignment.user_id, w.assignment.pk], "post"),
    Door("person_absence_add", LEADS, _helper, "post", lambda w: {"absence-starts_at": "2030-01-01T09:00", "absence-ends_at": "2030-01-02T09:00"}),
    Door("person_absence_remove", LEADS, lambda w: [w.absence.user_id, w.absence.pk], "post"),
    Door("person_block", ADMINISTRATOR, _contact, "post", lambda w: {"blocked": "1"}),
    Door("person_deactivate", ADMINISTRATOR, _contact, "post"),
    Door("person_reactivate", ADMINISTRATOR, _contact, "post"),
    Door("person_invite", ADMINISTRATOR, _contact, "post"),
    Door("person_merge", ADMINISTRATOR, _contact, "post", lambda w: {"target_id": w.twin.pk}),
    Door("organisation", LEADS, lambda w: [w.organisation.pk]),
    Door("organisation_active", ADMINISTRATOR, lambda w: [w.organisation.pk], "post"),
    Door("organisation_domain_add", ADMINISTRATOR, lambda w: [w.organisation.pk], "post", lambda w: {"domain-domain": "kern.org"}),
    Door("organisation_domain_remove", ADMINISTRATOR, lambda w: [w.organisation.pk, w.domain.pk], "post"),
    Door("department", HEADS, lambda w: [w.billing.pk]),
    Door("department_active", HEADS, lambda w: [w.billing.pk], "post"),
    Door("team", HEADS, lambda w: [w.team.pk]),
    Door("team_members", HEADS, lambda w: [w.team.pk], "post", lambda w: {"members": [w.assignment.user_id]}),
    Door("team_active", HEADS, lambda w: [w.team.pk], "post"),
    Door("role", HEADS, lambda w: [w.role.pk]),
    Door("role_remove", ADMINISTRATOR, lambda w: [w.role.pk], "post"),
    Door("category", ADMINISTRATOR, _first("Category")),
    Door("category_active", ADMINISTRATOR, _first("Category"), "post"),
    Door("kind", ADMINISTRATOR, _first("Kind")),
    Door("kind_active", ADMINISTRATOR, _first("Kind"), "post"),
    Door("state", ADMINISTRATOR, _first("State")),
    Door("state_active", ADMINISTRATOR, _first("State"), "post"),
    Door("state_step", ADMINISTRATOR, _state_steps),
    Door("state_step_remove", ADMINISTRATOR, _state_steps, "post"),
    Door("priority", ADMINISTRATOR, _first("Priority")),
    Door("waiting_reason", ADMINISTRATOR, _first("WaitingReason")),
    Door("waiting_reason_active", ADMINISTRATOR, _first("WaitingReason"), "post"),
    Door("field", ADMINISTRATOR, lambda w: [w.field.pk]),
    Door("field_active", ADMINISTRATOR, lambda w: [w.field.pk], "post"),
    Door("mailbox", ADMINISTRATOR, _box),
    Door("mailbox_test", ADMINISTRATOR, _box, "post"),
    Door("mailbox_active", ADMINISTRATOR, _box, "post"),
    Door("mailbox_remove", ADMINISTRATOR, _box, "post"),
    Door("parked_mail", ADMINISTRATOR, lambda w: [w.parked.pk]),
    Door("parked_retry", ADMINISTRATOR, lambda w: [w.parked.pk], "post", lambda w: {"retry-mailbox_id": w.mailbox.pk}),
    Door("parked_deliver", ADMINISTRATOR, lambda w: [w.parked.pk], "post", lambda w: {"deliver-ticket": w.ticket.pk}),
    Door("parked_dismiss", ADMINISTRATOR, lambda w: [w.parked.pk], "post"),
    Door("mail_log_mail", ADMINISTRATOR, lambda w: [w.parked.pk]),
    Door("mail_log_html", ADMINISTRATOR, lambda w: [w.parked.pk]),
    Door("mail_log_source", ADMINISTRATOR, lambda w: [w.parked.pk]),
    Door("outbox_mail", ADMINISTRATOR, lambda w: [w.sent.pk]),
    Door("outbox_html", ADMINISTRATOR, lambda w: [w.sent.pk]),
    Door("outbox_source", ADMINISTRATOR, lambda w: [w.sent.pk]),
    Door("outbox_resend", ADMINISTRATOR, lambda w: [w.sent.pk], "post"),
    Door("outbox_kept_mail", ADMINISTRATOR, lambda w: [w.kept.pk]),
    Door("outbox_kept_html", ADMINISTRATOR, lambda w: [w.kept.pk]),
    Door("outbox_kept_source", ADMINISTRATOR, lambda w: [w.kept.pk]),
    *pages(ADMINISTRATOR, "webhooks", "webhook_new"),
    *[Door(f"webhook{name}", ADMINISTRATOR, lambda w: [w.webhook.pk]) for name in ("", "_edit")],
    *[
        Door(f"webhook_{name}", ADMINISTRATOR, lambda w: [w.webhook.pk], "post")
        for name in ("test", "active", "take_over", "secret", "rotate", "remove")
    ],
    Door("webhook_delivery", ADMINISTRATOR, lambda w: [w.webhook.pk, w.delivery.pk]),
    Door("webhook_resend", ADMINISTRATOR, lambda w: [w.webhook.pk, w.delivery.pk], "post"),
    Door("template", ADMINISTRATOR, lambda w: [w.template.pk]),
    Door("template_remove", ADMINISTRATOR, lambda w: [w.template.pk], "post"),
]  # fmt: skip
