"""The first steps of a new desk: what is done, what comes next, where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.kernel.api import DESK_NAME, OptionValue, Viewer
from deskbell.people import api as people
from deskbell.tickets import api as tickets


@dataclass(frozen=True, slots=True)
class Step:
    """One step; href leads to where it is done."""

    title: str
    text: str
    done: bool
    href: str
    action: str


def first_steps(viewer: Viewer) -> list[Step]:
    """All steps in order. Six queries, each for one row at most."""
    colleagues = people.RoleAssignment.objects.exclude(user_id=viewer.user_id or 0).exists()
    return [
        Step(
            _("Name the desk"),
            _("The name stands on every page and in the desk's mail."),
            OptionValue.objects.filter(name=DESK_NAME.name).exists(),
            reverse("console:options"),
            _("Choose a name"),
        ),
        Step(
            _("Add a department"),
            _("Every ticket belongs to one, and colleagues see the tickets of theirs."),
            people.Department.objects.filter(is_active=True).exists(),
            reverse("console:department_new"),
            _("Add department"),
        ),
        Step(
            _("Connect a mailbox"),
            _("Mail that arrives there becomes tickets; answers leave from it."),
            channels.Mailbox.objects.filter(is_active=True).exists(),
            reverse("console:mailbox_new"),
            _("Add mailbox"),
        ),
        Step(
            _("Send a mail around"),
            _("The test writes from the mailbox to itself and waits until it is back."),
            channels.MailboxTest.objects.filter(returned_at__isnull=False).exists(),
            reverse("console:mailboxes"),
            _("Test a mailbox"),
        ),
        Step(
            _("Invite colleagues"),
            _("Give them a role in their department; they choose a password by the link in the mail."),
            colleagues,
            reverse("console:person_new") + "?colleague=1",
            _("Add colleague"),
        ),
        Step(
            _("Take the first ticket"),
            _("Write to the mailbox from outside, or make a ticket by hand."),
            tickets.Ticket.objects.exists(),
            "/desk/",
            _("To the tickets"),
        ),
    ]
