"""Which conversation a message belongs to: Message-IDs of ours, plus addresses.

Both carry a key (`Ticket.reply_key`): the ticket's number and a random token. Older mail has a longer token alone. It
is a hint only: whether the sender is part of the ticket is decided by intake. The subject never decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.parse import ParsedMail

_KEY = r"(?:[1-9][0-9]{0,17}\.[a-z2-9]{12}|[a-z2-9]{20})"  # a number that fits into the database
_OWN_DETAIL = re.compile(rf"^{_KEY}\Z")
_OWN_ID = re.compile(rf"^[0-9]{{1,19}}\.(?P<key>{_KEY})@")
_LONGEST_LOCAL_PART = 64  # RFC 5321 section 4.5.3.1.1
MAX_REFERENCES = 40
_LONGEST_REFERENCES = 3000


def own_message_id(reply_key: str, message_key: str, domain: str) -> str:
    """The Message-ID (no angle brackets) of a message of ours; stable, so that sending twice can be recognised."""
    return f"{message_key}.{reply_key}@{domain}"


def key_of_message_id(message_id: str) -> str | None:
    """The reply key in a Message-ID of ours, or None."""
    match = _OWN_ID.match(message_id.strip().strip("<>").lower())
    return match["key"] if match else None


def with_key(address: str, reply_key: str) -> str:
    """`desk@example.org` as `desk+<key>@example.org`; a plus that stands there already is replaced.

    Where that is longer than an address may be, it stays as it is: answers are then found by what they refer to.
    """
    local, separator, domain = address.rpartition("@")
    with_detail = f"{local.split('+', 1)[0]}+{reply_key}"
    if not separator or len(with_detail.encode()) > _LONGEST_LOCAL_PART:
        return address
    return f"{with_detail}@{domain}"


def split_plus(address: str) -> tuple[str, str]:
    """(`desk@example.org`, `detail`) of `desk+detail@example.org`; the second is empty without a plus."""
    local, separator, domain = address.strip().rpartition("@")
    if not separator:
        return address.strip(), ""
    base, _, detail = local.partition("+")
    return f"{base}@{domain}", detail


@dataclass(frozen=True, slots=True)
class Hints:
    """What a message says about its conversation, most certain first."""

    reply_keys: tuple[str, ...]
    message_ids: tuple[str, ...]


def hints(mail: ParsedMail, *, envelope_recipients: tuple[str, ...] = ()) -> Hints:
    """Keys from the addressed plus addresses and from ids of ours, and all ids the message refers to."""
    addressed = list(envelope_recipients)
    addressed += [a.address for group in (mail.delivered_to, mail.to, mail.cc) for a in group]
    referred = tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))[: MAX_REFERENCES * 2]
    keys = [key for key in map(_key_of_address, addressed) if key]
    keys += [key for key in map(key_of_message_id, referred) if key]
    return Hints(tuple(dict.fromkeys(keys)), referred)


def _key_of_address(address: str) -> str | None:
    detail = split_plus(address)[1].lower()
    return detail if _OWN_DETAIL.match(detail) else None


def references_for(thread: tuple[str, ...], parent: str) -> tuple[str, ...]:
    """References of an answer (RFC 5322 section 3.6.4), bounded: the first id, the latest ones, the parent last."""
    ids = [i for i in dict.fromkeys(thread) if i != parent]
    if parent:
        ids.append(parent)
    if len(ids) > MAX_REFERENCES:
        ids = [ids[0], *ids[-(MAX_REFERENCES - 1) :]]
    while len(ids) > 2 and sum(len(i) + 3 for i in ids) > _LONGEST_REFERENCES:  # noqa: PLR2004
        ids.pop(1)
    return tuple(ids)


def same_address(one: Address | str, other: Address | str) -> bool:
    """Whether two addresses reach the same mailbox of ours: case and plus detail apart."""
    first = one.address if isinstance(one, Address) else one
    second = other.address if isinstance(other, Address) else other
    return split_plus(first)[0].lower() == split_plus(second)[0].lower()
