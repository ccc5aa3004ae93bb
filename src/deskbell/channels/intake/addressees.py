"""Which mailbox of ours a message is for."""

from __future__ import annotations

from collections.abc import Iterable

from deskbell.channels.known import known_mailboxes
from deskbell.channels.mail.parse import ParsedMail
from deskbell.channels.mail.threading import split_plus
from deskbell.channels.models import Mailbox
from deskbell.kernel.api import Invalid
from deskbell.people.api import normalise_email


def without_detail(address: str) -> str:
    """The normalised address without a plus detail; empty for what is no address."""
    try:
        return split_plus(normalise_email(address))[0]
    except Invalid:
        return ""


def mailbox_for(addresses: Iterable[str]) -> Mailbox | None:
    """The active mailbox one of these addresses belongs to, the first address that fits winning."""
    wanted = [address for address in dict.fromkeys(map(without_detail, addresses)) if address]
    if not wanted:
        return None
    by_address = {
        address: mailbox for mailbox in known_mailboxes() if mailbox.is_active for address in mailbox.addresses
    }
    return next((by_address[address] for address in wanted if address in by_address), None)


def addressed_mailbox(mail: ParsedMail, envelope_to: Iterable[str]) -> Mailbox | None:
    """The mailbox a message is for: as delivered, else as addressed, else the only one there is."""
    named = [a.address for group in (mail.delivered_to, mail.to, mail.cc, mail.bcc) for a in group]
    found = mailbox_for([*envelope_to, *named])
    if found is not None:
        return found
    active = [mailbox for mailbox in known_mailboxes() if mailbox.is_active]
    return active[0] if len(active) == 1 else None


def own_addresses() -> frozenset[str]:
    """All addresses of ours, active or not, in normal form."""
    return frozenset(address for mailbox in known_mailboxes() for address in mailbox.addresses)
