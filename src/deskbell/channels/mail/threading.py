"""Which conversation a message belongs to: Message-IDs of ours, reply tokens, plus addresses.

A token is random, stored with its ticket (`Ticket.reply_token`), and says nothing about it. It is a hint only:
whether the sender is part of the ticket is decided by intake. The subject never decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.parse import ParsedMail

TOKEN_LENGTH = 20
_TOKEN = re.compile(rf"^[a-z2-9]{{{TOKEN_LENGTH}}}$")
_OWN_ID = re.compile(rf"^(?P<message>\d{{1,19}})\.(?P<token>[a-z2-9]{{{TOKEN_LENGTH}}})@")
MAX_REFERENCES = 40
_LONGEST_REFERENCES = 3000


def own_message_id(token: str, message_key: str, domain: str) -> str:
    """The Message-ID (no angle brackets) of a message of ours; stable, so that sending twice can be recognised."""
    return f"{message_key}.{token}@{domain}"


def token_of_message_id(message_id: str) -> str | None:
    """The reply token in a Message-ID of ours, or None."""
    match = _OWN_ID.match(message_id.strip().strip("<>").lower())
    return match["token"] if match else None


def with_token(address: str, token: str) -> str:
    """`desk@example.org` as `desk+<token>@example.org`; a plus that stands there already is replaced."""
    local, separator, domain = address.rpartition("@")
    if not separator:
        return address
    return f"{local.split('+', 1)[0]}+{token}@{domain}"


def split_plus(address: str) -> tuple[str, str]:
    """(`desk@example.org`, `token`) of `desk+token@example.org`; the second is empty without a plus."""
    local, separator, domain = address.strip().rpartition("@")
    if not separator:
        return address.strip(), ""
    base, _, detail = local.partition("+")
    return f"{base}@{domain}", detail


@dataclass(frozen=True, slots=True)
class Hints:
    """What a message says about its conversation, most certain first."""

    tokens: tuple[str, ...]
    message_ids: tuple[str, ...]


def hints(mail: ParsedMail, *, envelope_recipients: tuple[str, ...] = ()) -> Hints:
    """Tokens from the addressed plus addresses and from ids of ours, and all ids the message refers to."""
    addressed = list(envelope_recipients)
    addressed += [a.address for group in (mail.delivered_to, mail.to, mail.cc) for a in group]
    referred = tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))[: MAX_REFERENCES * 2]
    tokens = [token for token in map(_token_of_address, addressed) if token]
    tokens += [token for token in map(token_of_message_id, referred) if token]
    return Hints(tuple(dict.fromkeys(tokens)), referred)


def _token_of_address(address: str) -> str | None:
    detail = split_plus(address)[1].lower()
    return detail if _TOKEN.match(detail) else None


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
