"""A small desk: two departments, one person of every role, one ticket with a reply and a note."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import pytest
from django.test import Client

from deskbell.kernel.testing import undone
from deskbell.people.api import Department, User
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ROLES = ("anonymous", "customer", "viewer", "agent", "other", "lead", "head", "administrator")


@dataclass
class Desk:
    here: Department
    there: Department
    people: dict[str, User]
    ticket: tickets.Ticket
    second: tickets.Ticket
    message: tickets.Message
    note: tickets.Message

    def client(self, role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role], backend=BACKEND)
        return client

    def viewer(self, role: str):
        return make.viewer(self.people[role])

    def facts(self) -> dict:
        """What a denied request must not have changed."""
        row = tickets.Ticket.objects.values().get(pk=self.ticket.pk)
        return {
            "ticket": row,
            "messages": tickets.Message.objects.count(),
            "tickets": tickets.Ticket.objects.count(),
            "participants": tickets.Participant.objects.count(),
            "watchers": tickets.Watcher.objects.count(),
            "referrals": tickets.Referral.objects.count(),
            "links": tickets.TicketLink.objects.count(),
            "drafts": tickets.Draft.objects.count(),
        }


@pytest.fixture(scope="module")
def _desk_of_the_module(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield build_desk()


@pytest.fixture
def desk(_desk_of_the_module, db) -> Desk:
    """Made once for each module; what a test changes in it is undone with the test."""
    return copy.deepcopy(_desk_of_the_module)


def build_desk() -> Desk:
    here, there = make.department("IT support"), make.department("Billing")
    people = {
        "customer": make.person("Anna Kern"),
        "viewer": make.colleague(here, "viewer", "Vera Vaugh"),
        "agent": make.colleague(here, "agent", "Tom Arden"),
        "other": make.colleague(there, "agent", "Olaf Ost"),
        "lead": make.colleague(here, "lead", "Lea Lind"),
        "head": make.colleague(here, "head", "Hedda Hall"),
        "administrator": make.colleague(None, "administrator", "Ada Min"),
    }
    ticket = make.ticket(here, people["customer"], subject="VPN drops", text="It drops every few minutes.")
    second = make.ticket(here, people["customer"], subject="VPN still drops")
    agent = make.viewer(people["agent"])
    note = tickets.add_note(agent, ticket.pk, tickets.MessageContent(text="Old firmware."))
    return Desk(here, there, people, make.reload(ticket), second, make.first_message(ticket), note)
