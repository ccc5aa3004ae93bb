"""Connections to POP3 servers, and what is wrong with them in words."""

from __future__ import annotations

import poplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.utils.translation import gettext as _

from deskbell.channels.mail.imap import TIMEOUT, reading_problem
from deskbell.channels.mail.transport import Security, tls_context
from deskbell.channels.models import Mailbox

FAILURES = (OSError, poplib.error_proto)
"""What a connection may raise."""

# A line of a message may be longer than RFC 1939 dreamt of; the library's limit is 2,048 bytes.
poplib._MAXLINE = 10_000_000  # type: ignore[attr-defined]  # noqa: SLF001 - the only way to raise it


@contextmanager
def pop3_connection(mailbox: Mailbox) -> Iterator[poplib.POP3]:
    """A connection that is signed in. Deletions take effect when the block ends without an exception.

    Raises one of FAILURES.
    """
    connection = _connect(mailbox)
    try:
        connection.user(mailbox.in_user)
        connection.pass_(mailbox.in_password)
        yield connection
    except BaseException:
        with suppress(*FAILURES):
            connection.close()
        raise
    connection.quit()


def _connect(mailbox: Mailbox) -> poplib.POP3:
    context = tls_context(verify=mailbox.in_verify)
    if mailbox.in_security == Security.TLS:
        return poplib.POP3_SSL(mailbox.in_host, mailbox.in_port, timeout=TIMEOUT, context=context)
    connection = poplib.POP3(mailbox.in_host, mailbox.in_port, timeout=TIMEOUT)
    if mailbox.in_security == Security.STARTTLS:
        try:
            connection.stls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection


def pop3_problem(mailbox: Mailbox) -> str:
    """Sign in; what is wrong in words, or nothing."""
    try:
        with pop3_connection(mailbox) as connection:
            connection.stat()
    except FAILURES as error:
        return pop3_reading_problem(mailbox, error)
    return ""


def pop3_reading_problem(mailbox: Mailbox, error: Exception) -> str:
    if isinstance(error, poplib.error_proto):
        reason = str(error)
        if "AUTH" in reason.upper() or "PASS" in reason.upper() or "LOGIN" in reason.upper():
            server = f"{mailbox.in_host}:{mailbox.in_port}"
            return _("%(server)s did not accept user name and password.") % {"server": server}
    return reading_problem(mailbox, error)
