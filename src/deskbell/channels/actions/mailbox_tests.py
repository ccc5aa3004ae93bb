"""The round trip by which a mailbox proves itself: sign in, send to itself, wait for the message to come home."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext as _

from deskbell.channels.access import CONFIGURE
from deskbell.channels.actions.queueing import queue_test
from deskbell.channels.mail.transport import SendFailure, connected
from deskbell.channels.models import Mailbox, MailboxTest
from deskbell.channels.servers import incoming_check, outgoing_server
from deskbell.kernel.api import NotFound, Viewer, clock


def start_mailbox_test(viewer: Viewer, mailbox_id: int) -> MailboxTest:
    """Sign in at both servers and send the mailbox a message to itself; the row is filled as things happen.

    Takes as long as the servers do (30 s at most each). `returned_at` is set by the intake when the message has
    come home: read the row again (`queries.mailbox_test`). Raises NotFound, NotAllowed.
    """
    viewer.require(CONFIGURE)
    mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
    if mailbox is None:
        raise NotFound
    test = MailboxTest.objects.create(mailbox=mailbox, token=secrets.token_hex(16), started_at=clock.now())
    for step in (_check_incoming, _check_outgoing, _send):
        if not step(test, mailbox):
            test.has_failed = True
            break
    test.save(update_fields=["steps", "has_failed", "sent_at"])
    return test


def mark_returned(token: str) -> bool:
    """The message of a test came home; False when there is no such test."""
    return bool(MailboxTest.objects.filter(token=token, sent_at__isnull=False).update(returned_at=clock.now()))


def _note(test: MailboxTest, step: str, text: str, *, ok: bool) -> bool:
    test.steps = [*test.steps, {"step": step, "ok": ok, "text": text}]
    return ok


def _check_incoming(test: MailboxTest, mailbox: Mailbox) -> bool:
    if not mailbox.is_read:
        return _note(test, "incoming", _("Mail is delivered here; there is nothing to sign in to."), ok=True)
    problem = incoming_check(mailbox)
    return _note(test, "incoming", problem or _("Signed in and opened the folder."), ok=not problem)


def _check_outgoing(test: MailboxTest, mailbox: Mailbox) -> bool:
    server = outgoing_server(mailbox)
    if server is None:
        return _note(test, "outgoing", _("No server to send by: enter one here or in the settings."), ok=False)
    try:
        with connected(server):
            pass
    except SendFailure as failure:
        return _note(test, "outgoing", str(failure), ok=False)
    return _note(test, "outgoing", _("Connected to the sending server."), ok=True)


def _send(test: MailboxTest, mailbox: Mailbox) -> bool:
    test.sent_at = clock.now()
    test.save(update_fields=["sent_at"])
    sent = queue_test(test, mailbox)
    return _note(test, "sent", sent or _("A test message is on its way to the mailbox itself."), ok=not sent)
