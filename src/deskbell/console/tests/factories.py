"""A small desk with one of everything the console shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deskbell.channels import api as channels
from deskbell.channels.tests.factories import raw_mail
from deskbell.kernel.api import SYSTEM, change, clock, store
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, organisation, person
from deskbell.tickets import api as tickets
from deskbell.webhooks import api as webhooks

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class World:
    """users: by role; the lead, head and agent hold theirs in `billing`."""

    users: dict[str, people.User]
    billing: people.Department
    other: people.Department
    organisation: people.Organisation
    domain: people.OrganisationDomain
    contact: people.User
    twin: people.User
    phone: people.ContactPoint
    assignment: people.RoleAssignment
    absence: people.Absence
    team: people.Team
    role: people.Role
    mailbox: channels.Mailbox
    parked: channels.InboundMessage
    sent: channels.OutboundMessage
    kept: channels.OutboxMail
    template: channels.AcknowledgementTemplate
    ticket: tickets.Ticket
    field: tickets.CustomField
    webhook: webhooks.Webhook
    delivery: webhooks.Delivery
    token: people.ApiToken
    invitation_id: int


def world() -> World:
    billing, other = department("Billing"), department("Elsewhere")
    users = {
        "administrator": administrator(),
        "head": agent("head", where=billing, name="Hedda Head"),
        "lead": agent("lead", where=billing, name="Leo Lead"),
        "agent": agent(where=billing, name="Tom Arden"),
        "customer": person("Cora Customer"),
    }
    firm = organisation("Kern & Töchter")
    contact, twin = person("Anna Kern", organisation_id=firm.pk), person("Anna Kern again")
    helper = agent(where=billing, name="Hella Helper")
    return World(
        users=users,
        billing=billing,
        other=other,
        organisation=firm,
        domain=people.add_domain(SYSTEM, firm.pk, "kern.example"),
        contact=contact,
        twin=twin,
        phone=people.add_contact_point(SYSTEM, contact.pk, "phone", "+358401234567"),
        assignment=people.RoleAssignment.objects.get(user=helper),
        absence=people.set_absence(
            SYSTEM, helper.pk, clock.now(), clock.now() + timedelta(days=3), substitute_id=users["agent"].pk
        ),
        team=people.create_team(SYSTEM, billing.pk, "Refunds"),
        role=people.create_role(SYSTEM, name="Guest", permissions=["people.see"]),
        **_mail(billing),
        ticket=_ticket(billing, contact),
        field=tickets.save_custom_field(SYSTEM, None, code="room", label="Room", type="text"),
        token=make_token(helper),
        invitation_id=invite(users["administrator"], twin),
        **_webhook(users["administrator"]),
    )


def _webhook(owner: people.User) -> dict[str, Any]:
    """One that would send to where nobody listens, with something to send."""
    change(SYSTEM, webhooks.ALLOWED_TARGETS.name, ["127.0.0.1"])
    row = webhooks.create_webhook(
        people.viewer_for(owner), name="Stock", url="http://127.0.0.1:9999/hooks", kinds=["organisation.created"]
    )
    organisation("Told of")
    return {"webhook": row, "delivery": webhooks.Delivery.objects.get(webhook=row)}


def invite(by: people.User, user: people.User) -> int:
    """The number of the invitation."""
    viewer = people.viewer_for(by)
    people.invite_user(viewer, user.pk)
    return people.open_invitations(viewer)[0].pk


def make_token(user: people.User) -> people.ApiToken:
    ends = clock.now() + timedelta(days=30)
    token, _secret = people.create_token(people.viewer_for(user), "Nightly export", ["tickets:read"], ends)
    return token


def _ticket(where: people.Department, requester: people.User) -> tickets.Ticket:
    content = tickets.MessageContent(text="It is wrong.", channel="email")
    return tickets.create_ticket(
        SYSTEM,
        tickets.NewTicket(subject="Invoice 311", content=content, department_id=where.pk, requester_id=requester.pk),
    )


def _mail(where: people.Department) -> dict[str, Any]:
    box = channels.create_mailbox(SYSTEM, name="Billing", address="billing@desk.example", department_id=where.pk)
    return {
        "mailbox": box,
        "parked": park(),
        "sent": channels.OutboundMessage.objects.create(
            mailbox=box,
            subject="Re: Invoice 311",
            recipients=[{"name": "", "address": "anna@kern.example", "role": "to", "state": "failed", "error": "full"}],
            state="failed",
            last_error="Not sent: mailbox full.",
            raw=store(raw_mail("Here it is.", subject="Re: Invoice 311")),
        ),
        "kept": channels.OutboxMail.objects.create(
            raw=store(raw_mail("Here it is.")), envelope_to=["anna@kern.example"], subject="Re: Invoice 311"
        ),
        "template": channels.set_acknowledgement(
            SYSTEM, department_id=where.pk, language="en", subject="{{ ticket.number }}", body="Hello {{ person.name }}"
        ),
    }


def park(**values: str) -> channels.InboundMessage:
    """An automatic answer to nothing the desk knows."""
    headers = "Auto-Submitted: auto-replied\nIn-Reply-To: <unknown@customer.example>"
    result = channels.deliver_raw(raw_mail(to="billing@desk.example", headers=headers, **values))
    row = channels.InboundMessage.objects.get(pk=result.inbound_id)
    assert row.state == "parked", row.trace
    return row
