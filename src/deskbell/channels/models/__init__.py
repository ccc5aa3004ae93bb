"""Rows of the channels: mailboxes, what came in, what goes out."""

from deskbell.channels.models.inbound import InboundMessage, InboundState, Source
from deskbell.channels.models.mailbox import AfterReading, Mailbox, MailboxTest, Protocol
from deskbell.channels.models.outbound import OutboundKind, OutboundMessage, OutboundState
from deskbell.channels.models.outbox import OutboxMail
from deskbell.channels.models.template import AcknowledgementTemplate, AutomaticMailCount

__all__ = [
    "AcknowledgementTemplate",
    "AfterReading",
    "AutomaticMailCount",
    "InboundMessage",
    "InboundState",
    "Mailbox",
    "MailboxTest",
    "OutboundKind",
    "OutboundMessage",
    "OutboundState",
    "OutboxMail",
    "Protocol",
    "Source",
]
