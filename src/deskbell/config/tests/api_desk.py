"""A desk with one of everything the API names, and a token for every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from deskbell.kernel.api import SYSTEM, change, clock, scopes
from deskbell.people import api as people
from deskbell.people.tests import factories as make
from deskbell.people.token_secrets import digest
from deskbell.tickets import api as tickets
from deskbell.tickets.tests.factories import first_message, ticket
from deskbell.tickets.tests.rest_client import Program
from deskbell.webhooks import api as webhooks

ROLES = ("viewer", "agent", "lead", "head")


@dataclass
class ApiDesk:
    """ids: an existing record for each name a path or body uses ("ticket_id", "role_id"). secrets: tokens by role."""

    ids: dict[str, int]
    secrets: dict[str, str]
    people: dict[str, people.User]
    more: dict[str, Any] = field(default_factory=dict)

    def header(self, role: str) -> dict[str, str]:
        secret = self.secrets.get(role)
        return {"Authorization": f"Bearer {secret}"} if secret else {}


def build(mark: str = "") -> ApiDesk:
    """mark: digits that stand in what has to be unique, to build several in one database."""
    here, there = make.department(), make.department()
    firm = make.organisation(f"Kern & Töchter{mark}")
    who = {role: make.agent(role, where=here, name=f"{role.title()} Here") for role in ROLES}
    who |= {
        "other": make.agent(where=there, name="Olaf Ost"),
        "administrator": make.administrator(),
        "customer": make.person("Anna Kern", organisation_id=firm.pk),
        "blocked": make.agent(where=here, name="Bea Blocked"),
    }
    desk = ApiDesk(ids={}, secrets={}, people=who)
    desk.ids |= _people(desk, firm, here, there, mark)
    desk.ids |= _tickets(desk, here, there)
    hook = webhooks.create_webhook(
        make.viewer(who["administrator"]), name="Stock", url="https://hooks.invalid/in", kinds=["ticket.*"]
    )
    delivery = webhooks.Delivery.objects.create(
        webhook=hook, message_id=f"msg_{mark or 1}", kind="ticket.created", subject_type="ticket", subject_id=desk.ids["ticket_id"],
        state=webhooks.DeliveryState.FAILED, finished_at=clock.now(),
    )  # fmt: skip
    desk.ids |= {"webhook_id": hook.pk, "delivery_id": delivery.pk}
    _tokens(desk)
    return desk


def _people(
    desk: ApiDesk, firm: people.Organisation, here: people.Department, there: people.Department, mark: str
) -> dict[str, int]:
    contact, twin = make.person("Piotr Nowak", organisation_id=firm.pk), make.person("P. Nowak")
    helper = make.agent(where=here, name="Hella Helper")
    role = people.create_role(SYSTEM, name=f"Guest{mark}", permissions=["people.see"])
    now = clock.now()
    spare = people.create_role(SYSTEM, name=f"Spare{mark}", permissions=["people.see"])
    # The first is the primary one, which cannot go while there are others; the second can take its place.
    phones = [
        people.add_contact_point(SYSTEM, contact.pk, "phone", f"+358{net}{mark or 1234567}").pk for net in (40, 44, 45)
    ]
    desk.more |= {
        "spare_role": spare.pk,
        "spare_phone": phones[2],
        "contact": contact.pk,
        "twin": twin.pk,
        "helper": helper.pk,
        "there": there.pk,
    }
    return {
        "person_id": contact.pk,
        "user_id": contact.pk,
        "into_id": twin.pk,
        "organisation_id": firm.pk,
        "domain_id": people.add_domain(SYSTEM, firm.pk, f"kern{mark}.example").pk,
        "contact_point_id": phones[1],
        "absence_id": people.set_absence(SYSTEM, contact.pk, now, now + timedelta(days=3)).pk,
        "invitation_id": invited(contact),
        "role_id": role.pk,
        "role_held_id": people.assign_role(SYSTEM, contact.pk, role.pk, here.pk).pk,
        "department_id": here.pk,
        "parent_id": there.pk,
        "team_id": people.create_team(SYSTEM, here.pk, "Network").pk,
        "head_id": helper.pk,
        "substitute_id": helper.pk,
        "assignee_id": desk.people["agent"].pk,
        "requester_id": contact.pk,
    }


def invited(person: people.User) -> int:
    people.invite_user(SYSTEM, person.pk)
    return int(person.setup_links.values_list("pk", flat=True).get())


def _tickets(desk: ApiDesk, here: people.Department, there: people.Department) -> dict[str, int]:
    one, other, gone = (
        ticket(here, desk.people["customer"], subject=subject) for subject in ("VPN drops", "VPN again", "VPN still")
    )
    call = Program(desk.people["administrator"])
    link = _made(call.post(f"/tickets/{one.pk}/links", {"ticket_id": other.pk, "kind": "related_to"}))
    referral = _made(call.post(f"/tickets/{other.pk}/referrals", {"department_id": there.pk, "reason": "Theirs too"}))
    merge = _made(call.post(f"/tickets/{gone.pk}/merge", {"target_id": other.pk}))
    file = tickets.upload_attachment(
        make.viewer(desk.people["administrator"]), "log.txt", "text/plain", b"All is well."
    )
    hidden = ticket(here, make.person("Whistle Blower"), subject="Restricted matter")
    tickets.Ticket.objects.filter(pk=hidden.pk).update(is_restricted=True)
    cc = make.person("Carla Copy")
    call.put(f"/tickets/{one.pk}/participants/{cc.pk}", {"role": "cc"})
    desk.more |= {"second": other.pk, "gone": gone.pk, "restricted": hidden.pk, "participant": cc.pk}
    return {
        "ticket_id": one.pk,
        "target_id": other.pk,
        "message_id": first_message(one).pk,
        "attachment_id": file.pk,
        "link_id": link,
        "referral_id": referral,
        "merge_id": merge,
    }


def _made(answer: Any) -> int:
    assert answer.status_code == 201, answer.content
    return int(answer.json["id"])


def _tokens(desk: ApiDesk) -> None:
    everything = [scope.name for scope in scopes]
    change(SYSTEM, people.TOKENS_FOR_CUSTOMERS.name, True)
    for role, person in desk.people.items():
        desk.secrets[role] = secret_of(person, everything)
    people.set_blocked(SYSTEM, desk.people["blocked"].pk, blocked=True)
    administrator = desk.people["administrator"]
    for scope in everything:
        desk.secrets[f"without {scope}"] = secret_of(administrator, [each for each in everything if each != scope])
    desk.secrets["expired"] = secret_of(administrator, everything)
    people.ApiToken.objects.filter(secret_sha256=digest(desk.secrets["expired"])).update(expires_at=clock.now())
    desk.secrets["revoked"] = secret_of(administrator, everything)
    people.revoke_token(SYSTEM, people.ApiToken.objects.get(secret_sha256=digest(desk.secrets["revoked"])).pk)
    desk.ids["token_id"] = people.ApiToken.objects.get(secret_sha256=digest(secret_of(administrator, everything))).pk


def secret_of(person: people.User, scope_names: list[str]) -> str:
    """The secret of a new token that works for a month."""
    return people.create_token(make.viewer(person), "Program", scope_names, clock.now() + timedelta(days=30))[1]


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The whole desk as WSGI, within the transaction of a test: a server would close its connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        response = _served()(environ, start_response)
        body = b"".join(response)
        response.close()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
    return [body]


@cache
def _served() -> Any:
    return get_wsgi_application()
