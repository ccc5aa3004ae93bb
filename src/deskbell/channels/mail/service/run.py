"""The intake of mail: listeners, one reader per mailbox, and what a crash left unprocessed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError

from deskbell.channels.intake.deliver import largest_message
from deskbell.channels.intake.pipeline import recover
from deskbell.channels.mail.service.connections import refresh_connections
from deskbell.channels.mail.service.listeners import listen_lmtp, listen_outbox, listen_smtp
from deskbell.channels.mail.service.reader import Reader
from deskbell.channels.models import Mailbox, Protocol

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""How often the list of mailboxes is looked at: a change in the page works at once without a restart."""
UNFINISHED = timedelta(seconds=30)
"""A message that is still waiting after so long was left behind by a crash."""


async def run_intake() -> None:
    """Take mail in until cancelled. Raises OSError when a port or socket cannot be opened.

    The database going away stops nothing: senders are asked to try later, mailboxes keep their mail.
    """
    readers: dict[int, Reader] = {}
    async with AsyncExitStack() as stack:
        for server in await _listeners():
            await stack.enter_async_context(server)
        try:
            while True:
                await _look(readers)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for reader in readers.values():
                reader.stop.set()


async def _listeners() -> list[asyncio.Server]:
    installation = settings.DESKBELL
    max_bytes = largest_message()
    servers = []
    if installation.smtp_in_port:
        servers.append(await listen_smtp(installation.smtp_in_host, installation.smtp_in_port, max_bytes))
        logger.info("Taking mail by SMTP at %s:%s", installation.smtp_in_host, installation.smtp_in_port)
    if installation.lmtp_socket:
        servers.append(await listen_lmtp(installation.lmtp_socket, max_bytes))
        logger.info("Taking mail by LMTP at %s", installation.lmtp_socket)
    if installation.outbox_port:
        servers.append(await listen_outbox(installation.outbox_port, max_bytes))
        logger.info("Keeping all mail that is sent, at 127.0.0.1:%s", installation.outbox_port)
    return servers


async def _look(readers: dict[int, Reader]) -> None:
    try:
        wanted = await asyncio.to_thread(_housekeeping)
    except DatabaseError as error:
        logger.warning("The intake waits for the database: %s", error)
        return
    for mailbox_id, reader in list(readers.items()):
        mailbox = wanted.get(mailbox_id)
        if mailbox is None or mailbox.version != reader.mailbox.version or not reader.is_alive:
            reader.stop.set()
            del readers[mailbox_id]
    for mailbox_id, mailbox in wanted.items():
        if mailbox_id not in readers:
            readers[mailbox_id] = Reader(mailbox)
            readers[mailbox_id].start()


def _housekeeping() -> dict[int, Mailbox]:
    """The mailboxes to be read; and unfinished messages are finished."""
    refresh_connections()
    try:
        recover(older_than=UNFINISHED)
        found = Mailbox.objects.filter(is_active=True, protocol__in=(Protocol.IMAP, Protocol.POP3))
        return {mailbox.pk: mailbox for mailbox in found}
    finally:
        refresh_connections()
