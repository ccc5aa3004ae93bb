"""What happens to mailboxes, incoming and outgoing mail, as kinds of event."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from deskbell.kernel.api import EventData, NoData, event_kind


class Parked(EventData):
    """sign: the stable name of the reason."""

    sign: str
    reason: str = ""


class DeliveredTo(EventData):
    ticket_id: int
    message_id: int


class AddressData(EventData):
    address: str


MAILBOX_CREATED = event_kind("mailbox.created", _("Mailbox added"), NoData)
MAILBOX_CHANGED = event_kind("mailbox.changed", _("Mailbox changed"), NoData)
MAILBOX_REMOVED = event_kind("mailbox.removed", _("Mailbox removed"), AddressData)
MAIL_PARKED = event_kind("mail.parked", _("Mail parked"), Parked)
MAIL_RETRIED = event_kind("mail.retried", _("Parked mail tried again"), NoData)
MAIL_DELIVERED = event_kind("mail.delivered", _("Parked mail put into a ticket"), DeliveredTo)
MAIL_DISMISSED = event_kind("mail.dismissed", _("Parked mail set aside"), NoData)
ACKNOWLEDGEMENT_CHANGED = event_kind("acknowledgement.changed", _("Acknowledgement changed"), NoData)
ACKNOWLEDGEMENT_REMOVED = event_kind("acknowledgement.removed", _("Acknowledgement removed"), NoData)
