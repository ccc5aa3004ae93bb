"""Mailboxes, their health and their texts, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from deskbell.channels.access import CONFIGURE
from deskbell.channels.models import AcknowledgementTemplate, Mailbox, MailboxTest
from deskbell.channels.servers import outgoing_server
from deskbell.kernel.api import NotFound, Viewer, get_visible, visible


def list_mailboxes(viewer: Viewer) -> list[Mailbox]:
    """Mailboxes the viewer may see, by name."""
    return list(visible(viewer, Mailbox).select_related("department", "default_kind").order_by("name", "pk"))


def mailbox(viewer: Viewer, mailbox_id: int) -> Mailbox:
    """Raises NotFound."""
    return get_visible(viewer, Mailbox, mailbox_id, Mailbox.objects.select_related("department", "default_kind"))


def mailbox_test(viewer: Viewer, test_id: int) -> MailboxTest:
    """How a round-trip test stands. Raises NotAllowed, NotFound."""
    viewer.require(CONFIGURE)
    found = MailboxTest.objects.select_related("mailbox").filter(pk=test_id).first()
    if found is None:
        raise NotFound
    return found


def list_acknowledgements(viewer: Viewer) -> list[AcknowledgementTemplate]:
    """The texts of acknowledgements, the common ones first. Raises NotAllowed."""
    viewer.require(CONFIGURE)
    rows = AcknowledgementTemplate.objects.select_related("department")
    return sorted(rows, key=lambda row: (row.department.name if row.department else "", row.language))


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """How a mailbox is doing. sentence: what is wrong and what to do, empty when all is well. since: from when."""

    mailbox_id: int
    name: str
    address: str
    is_well: bool
    sentence: str
    since: datetime | None = None


def check_mailboxes() -> list[MailboxHealth]:
    """The health of every active mailbox as the intake last saw it, without connecting anywhere; for `doctor`."""
    return [
        _health(row) for row in Mailbox.objects.filter(is_active=True).select_related("department").order_by("name")
    ]


def _health(row: Mailbox) -> MailboxHealth:
    sentence = ""
    if row.failing_since is not None:
        sentence = row.last_error
    elif row.is_read and row.last_ok_at is None:
        sentence = _("It has not been read yet: is the intake running?")
    elif outgoing_server(row) is None:
        sentence = _("It cannot send: enter a server in the mailbox or in the settings.")
    elif not row.department.is_active:
        sentence = _("Its department is no longer active: incoming mail is parked.")
    elif row.acknowledges:
        return _acknowledging(row)
    return MailboxHealth(row.pk, row.name, row.address, not sentence, sentence, row.failing_since)


def _acknowledging(row: Mailbox) -> MailboxHealth:
    """A template that fails at a ticket harms nobody, for the built-in text is sent; somebody should mend it."""
    rows = AcknowledgementTemplate.objects.filter(failing_since__isnull=False, is_active=True)
    broken = rows.filter(Q(department=None) | Q(department=row.department)).order_by("failing_since").first()
    if broken is None:
        return MailboxHealth(row.pk, row.name, row.address, is_well=True, sentence="")
    sentence = _("The acknowledgement in “%(language)s” fails, so the built-in text is sent: %(reason)s") % {
        "language": broken.language,
        "reason": broken.last_error,
    }
    return MailboxHealth(row.pk, row.name, row.address, is_well=False, sentence=sentence, since=broken.failing_since)
