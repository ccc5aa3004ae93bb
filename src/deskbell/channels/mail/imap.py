"""Connections to IMAP servers, and what is wrong with them in words."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError, MailboxMoveError

from deskbell.channels.mail.transport import Security, tls_context
from deskbell.channels.models import AfterReading, Mailbox

TIMEOUT = 30
"""Seconds for each step of the dialogue."""
FAILURES = (OSError, imaplib.IMAP4.error, ImapToolsError)
"""What a connection may raise."""


@contextmanager
def imap_connection(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """A connection that is signed in with the mailbox's folder open. Raises one of FAILURES."""
    connection = _connect(mailbox)
    try:
        connection.login(mailbox.in_user, mailbox.in_password, initial_folder=None)
        connection.folder.set(mailbox.folder or "INBOX")
        yield connection
    finally:
        with suppress(*FAILURES):
            connection.logout()
        with suppress(*FAILURES):
            connection.client.shutdown()  # logging out of a broken connection leaves its socket open


def _connect(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.in_host, mailbox.in_port
    context = tls_context(verify=mailbox.in_verify)
    if mailbox.in_security == Security.TLS:
        return MailBox(host, port, timeout=TIMEOUT, ssl_context=context)
    if mailbox.in_security == Security.STARTTLS:
        return MailBoxStartTls(host, port, timeout=TIMEOUT, ssl_context=context)
    return MailBoxUnencrypted(host, port, timeout=TIMEOUT)


def imap_problem(mailbox: Mailbox) -> str:
    """Sign in and open the folder; what is wrong in words, or nothing."""
    try:
        with imap_connection(mailbox) as connection:
            if mailbox.after_reading == AfterReading.MOVE and not connection.folder.exists(mailbox.move_to):
                return _("There is no folder “%(name)s” to move to.") % {"name": mailbox.move_to}
    except FAILURES as error:
        return reading_problem(mailbox, error)
    return ""


def reading_problem(mailbox: Mailbox, error: Exception) -> str:  # noqa: PLR0911 - one for each failure
    """A sentence for what a connection to a mailbox's incoming server raised."""
    place = {"server": f"{mailbox.in_host}:{mailbox.in_port}", "folder": mailbox.folder, "reason": str(error)[:200]}
    if isinstance(error, MailboxLoginError):
        return _("%(server)s did not accept user name and password.") % place
    if isinstance(error, MailboxFolderSelectError):
        return _("%(server)s has no folder “%(folder)s”.") % place
    if isinstance(error, MailboxMoveError):
        return _("A message could not be moved after reading: %(reason)s") % place
    if isinstance(error, ssl.SSLCertVerificationError):
        return _("The certificate of %(server)s is not valid: %(reason)s") % {**place, "reason": error.verify_message}
    if isinstance(error, ssl.SSLError):
        return _("No encrypted connection to %(server)s: %(reason)s") % place
    if isinstance(error, socket.gaierror):
        return _("There is no server called %(host)s.") % {"host": mailbox.in_host}
    if isinstance(error, TimeoutError):
        return _("%(server)s did not answer in time.") % place
    if isinstance(error, ConnectionRefusedError):
        return _("Nothing listens at %(server)s.") % place
    return _("The connection to %(server)s broke: %(reason)s") % place
