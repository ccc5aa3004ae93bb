"""One thread per mailbox that is read; it tries for ever, waiting longer after each failure."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, connections

from deskbell.channels.mail import imap, pop3
from deskbell.channels.mail.service.connections import refresh_connections
from deskbell.channels.mail.service.imap_reader import read_imap
from deskbell.channels.mail.service.pop3_reader import read_pop3
from deskbell.channels.mail.service.status import mark_failing
from deskbell.channels.models import Mailbox, Protocol

logger = logging.getLogger(__name__)

FIRST_WAIT = 2.0  # seconds
LONGEST_WAIT = 300.0


class Reader:
    """Reads one mailbox in its own thread until stopped.

    The thread is a daemon: ending the process in the middle of a message loses nothing, for it stays in the
    mailbox until it is committed here.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mailbox-{mailbox.pk}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def _run(self) -> None:
        wait = FIRST_WAIT
        try:
            while not self.stop.is_set():
                try:
                    refresh_connections()
                    self._read()
                    wait = FIRST_WAIT
                except Exception as error:  # noqa: BLE001 - a reader never dies of one failure
                    self._note(error)
                    self.stop.wait(wait)
                    wait = min(wait * 2, LONGEST_WAIT)
        finally:
            connections.close_all()

    def _read(self) -> None:
        mailbox = Mailbox.objects.select_related("department").get(pk=self.mailbox.pk)
        if mailbox.protocol == Protocol.IMAP:
            read_imap(mailbox, self.stop)
        else:
            read_pop3(mailbox, self.stop)

    def _note(self, error: Exception) -> None:
        if self.stop.is_set():
            return
        if isinstance(error, DatabaseError):
            logger.warning("Mailbox %s waits for the database: %s", self.mailbox.address, error)
            return
        problem = pop3.pop3_reading_problem if self.mailbox.protocol == Protocol.POP3 else imap.reading_problem
        sentence = problem(self.mailbox, error)
        logger.warning("Mailbox %s: %s", self.mailbox.address, sentence)
        try:
            refresh_connections()
            mark_failing(self.mailbox.pk, sentence)
        except DatabaseError:
            logger.warning("Mailbox %s: the database is away", self.mailbox.address)
