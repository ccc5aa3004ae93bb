"""The servers of a mailbox: by which one it sends, and whether the one it reads from lets us in."""

from __future__ import annotations

from django.conf import settings

from deskbell.channels.mail.imap import imap_problem
from deskbell.channels.mail.pop3 import pop3_problem
from deskbell.channels.mail.transport import Security, Server
from deskbell.channels.models import Mailbox, Protocol


def outgoing_server(mailbox: Mailbox | None) -> Server | None:
    """The SMTP server that sends for a mailbox; None when there is none.

    In the demonstration everything goes to its own outbox, whatever the mailbox says.
    """
    installation = settings.DESKBELL
    if installation.outbox_port:
        return Server("127.0.0.1", installation.outbox_port, Security.NONE)
    if mailbox is not None and mailbox.out_host:
        return Server(
            mailbox.out_host,
            mailbox.out_port,
            mailbox.out_security,
            mailbox.out_user,
            mailbox.out_password,
            mailbox.out_verify,
        )
    if installation.smtp_host:
        return Server(
            installation.smtp_host,
            installation.smtp_port,
            installation.smtp_security,
            installation.smtp_user,
            installation.smtp_password.get_secret_value(),
        )
    return None


def incoming_check(mailbox: Mailbox) -> str:
    """What is wrong with reading a mailbox, in words; empty when nothing is. Takes as long as its server does."""
    if mailbox.protocol == Protocol.IMAP:
        return imap_problem(mailbox)
    if mailbox.protocol == Protocol.POP3:
        return pop3_problem(mailbox)
    return ""
