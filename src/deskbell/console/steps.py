"""The first steps of a new desk: what is done, what comes next, where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from deskbell.channels import api as channels
from deskbell.kernel.api import DESK_NAME, OptionValue, Viewer
from deskbell.kernel.statements import exist
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
    """All steps in order, in one query."""
    named, departments, mailboxes, tested, colleagues, any_ticket = exist(
        OptionValue.objects.filter(name=DESK_NAME.name),
        people.Department.objects.filter(is_active=True),
        channels.Mailbox.objects.filter(is_active=True),
        channels.MailboxTest.objects.filter(returned_at__isnull=False),
        people.RoleAssignment.objects.exclude(user_id=viewer.user_id or 0),
        tickets.Ticket.objects.all(),
    )
    return [
        Step(
            _("Name the desk"),
            _("The name stands on every page and in the desk's mail."),
            named,
            reverse("console:options"),
            _("Choose a name"),
        ),
        Step(
            _("Add a department"),
            _("Every ticket belongs to one, and colleagues see the tickets of theirs."),
            departments,
            reverse("console:department_new"),
            _("Add department"),
        ),
        Step(
            _("Connect a mailbox"),
            _("Mail that arrives there becomes tickets; answers leave from it."),
            mailboxes,
            reverse("console:mailbox_new"),
            _("Add mailbox"),
        ),
        Step(
            _("Send a mail around"),
            _("The test writes from the mailbox to itself and waits until it is back."),
            tested,
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
            any_ticket,
            "/desk/",
            _("To the tickets"),
        ),
    ]
