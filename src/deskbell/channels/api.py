"""The only door of channels for other packages."""

from deskbell.channels import access, events
from deskbell.channels.access import CONFIGURE
from deskbell.channels.acknowledgement import VARIABLES as ACKNOWLEDGEMENT_VARIABLES
from deskbell.channels.acknowledgement import render as render_text
from deskbell.channels.actions.mailbox_tests import start_mailbox_test
from deskbell.channels.actions.mailboxes import MailboxValues, create_mailbox, remove_mailbox, update_mailbox
from deskbell.channels.actions.parked import dismiss_parked, retry_parked
from deskbell.channels.actions.parked_delivery import deliver_parked
from deskbell.channels.actions.resending import resend
from deskbell.channels.actions.sending import send_now
from deskbell.channels.actions.templates import remove_acknowledgement, set_acknowledgement
from deskbell.channels.intake.context import IntakeResult
from deskbell.channels.intake.deliver import Arrived, deliver_raw, deliver_several
from deskbell.channels.mail.html import html_to_text, linkify, sanitise, text_to_html
from deskbell.channels.mail.service.run import run_intake
from deskbell.channels.models import (
    AcknowledgementTemplate,
    AfterReading,
    InboundMessage,
    InboundState,
    Mailbox,
    MailboxTest,
    OutboundMessage,
    OutboundState,
    OutboxMail,
    Protocol,
    Source,
)
from deskbell.channels.models.mailbox import SecurityChoice
from deskbell.channels.options import AUTOMATIC_PER_DAY, GIVE_UP_HOURS
from deskbell.channels.queries.mail import (
    MailPreview,
    MessageTrace,
    inbound,
    inbound_source,
    list_inbound,
    list_outbound,
    list_outbox,
    outbox_mail,
    parked_signs,
    preview,
    raw_source,
    trace_for_message,
)
from deskbell.channels.queries.mailboxes import (
    MailboxHealth,
    check_mailboxes,
    list_acknowledgements,
    list_mailboxes,
    mailbox,
    mailbox_test,
)

__all__ = [
    "ACKNOWLEDGEMENT_VARIABLES",
    "AUTOMATIC_PER_DAY",
    "CONFIGURE",
    "GIVE_UP_HOURS",
    "AcknowledgementTemplate",
    "AfterReading",
    "Arrived",
    "InboundMessage",
    "InboundState",
    "IntakeResult",
    "MailPreview",
    "Mailbox",
    "MailboxHealth",
    "MailboxTest",
    "MailboxValues",
    "MessageTrace",
    "OutboundMessage",
    "OutboundState",
    "OutboxMail",
    "Protocol",
    "SecurityChoice",
    "Source",
    "access",
    "check_mailboxes",
    "create_mailbox",
    "deliver_parked",
    "deliver_raw",
    "deliver_several",
    "dismiss_parked",
    "events",
    "html_to_text",
    "inbound",
    "inbound_source",
    "linkify",
    "list_acknowledgements",
    "list_inbound",
    "list_mailboxes",
    "list_outbound",
    "list_outbox",
    "mailbox",
    "mailbox_test",
    "outbox_mail",
    "parked_signs",
    "preview",
    "raw_source",
    "remove_acknowledgement",
    "remove_mailbox",
    "render_text",
    "resend",
    "retry_parked",
    "run_intake",
    "sanitise",
    "send_now",
    "set_acknowledgement",
    "start_mailbox_test",
    "text_to_html",
    "trace_for_message",
    "update_mailbox",
]
