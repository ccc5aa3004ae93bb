"""When two messages are copies of one, and whose they are."""

from __future__ import annotations

import hashlib

from deskbell.channels.mail.parse import ParsedMail
from deskbell.kernel.api import Invalid
from deskbell.people.api import normalise_email


def identity_of(mail: ParsedMail, raw_sha256: str, mailbox_id: int | None) -> str:
    """A hash that copies of one message to one mailbox share.

    By Message-ID and content: another content under a known Message-ID is another message, and what servers add
    on the way (Received, Delivered-To) makes none. Without a Message-ID only the very same bytes are a copy.
    """
    digest = hashlib.sha256(str(mailbox_id).encode())
    if not mail.message_id:
        digest.update(b"raw:" + raw_sha256.encode())
        return digest.hexdigest()
    parts = [mail.message_id, mail.author.key, mail.subject]
    parts.extend(part.text for part in mail.text_parts)
    parts.extend(attachment.sha256 for attachment in mail.attachments)
    for part in parts:
        digest.update(b"\0" + part.encode("utf-8", "replace"))
    return digest.hexdigest()


def address_of(mail: ParsedMail) -> str:
    """The sender's address in normal form; empty when there is none, or it is none."""
    try:
        return normalise_email(mail.author.address) if mail.author.address else ""
    except Invalid:
        return ""
