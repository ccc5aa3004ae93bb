"""Header fields of what we send, encoded (RFC 2047), folded and safe against injection.

The standard library's folding (Python 3.11) drops spaces between encoded words of a long subject, which is why
the header block is written here.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

import idna

from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.charsets import storable

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LOCAL_PART = re.compile(r"^[^\s<>()\[\]\\,;:@\"\x00-\x1f\x7f]{1,64}$")
_QUOTED_LOCAL = re.compile(r'^"(?:[^"\\\x00-\x1f\x7f]|\\[ -~]){0,62}"$')
_ATOMS = re.compile(r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*$")
_LOOSE_DOMAIN = re.compile(r"^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,250}[A-Za-z0-9_])?$")
_LITERAL = re.compile(r"^\[[A-Za-z0-9:.]{2,60}\]$")
_WORD_BYTES = 45  # 60 characters of base64 and the frame stay below the 75 of RFC 2047
_LINE = 76
_LONGEST_WORD = 300
_LONGEST_NAME = 200


class UnusableAddress(ValueError):
    """An address that no mail can be sent to; `str(error)` names it."""


def one_line(text: str) -> str:
    """`text` fit for a header: no line breaks, control characters or lone surrogates."""
    return " ".join(_UNSAFE.sub(" ", storable(text)).split())


def encode_text(text: str) -> str:
    """Unstructured text of one line, as encoded words where it is not plain ASCII. Words are separated by spaces."""
    plain = text.isascii() and "=?" not in text and all(len(word) <= _LONGEST_WORD for word in text.split(" "))
    return text if plain else " ".join(_encoded_words(text))


def _encoded_words(text: str) -> Iterator[str]:
    chunk = ""
    size = 0
    for char in text:
        length = len(char.encode())
        if size + length > _WORD_BYTES:
            yield _word(chunk)
            chunk, size = "", 0
        chunk += char
        size += length
    if chunk:
        yield _word(chunk)


def _word(text: str) -> str:
    return f"=?utf-8?b?{base64.b64encode(text.encode()).decode('ascii')}?="


def fold(name: str, value: str) -> str:
    """One header field with its line end, folded at spaces."""
    lines = [f"{name}:"]
    for word in value.split(" "):
        if len(lines[-1]) + 1 + len(word) > _LINE and lines[-1].strip() != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"


def address_list(addresses: Iterable[Address]) -> str:
    """Mailboxes for From, To, Cc and Reply-To. Raises UnusableAddress."""
    return ", ".join(_mailbox(address) for address in addresses)


def _mailbox(address: Address) -> str:
    spec = ascii_address(address.address)
    name = one_line(address.name)[:_LONGEST_NAME]
    if not name:
        return spec
    if not name.isascii() or "=?" in name:
        phrase = encode_text(name)
    elif _ATOMS.match(name):
        phrase = name
    else:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{escaped}"'
    return f"{phrase} <{spec}>"


def ascii_address(address: str) -> str:
    """An address with its domain in ASCII (IDNA 2008). Raises UnusableAddress."""
    local, separator, domain = address.strip().rpartition("@")
    usable = bool(_LOCAL_PART.match(local) or _QUOTED_LOCAL.match(local)) and not _UNSAFE.search(address.strip())
    if not (separator and usable and domain):
        raise UnusableAddress(one_line(address))
    if _LITERAL.match(domain):
        return f"{local}@{domain}"
    try:
        encoded = idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError, ValueError):
        # Names such as "mail_1.local" are no host names but exist in companies.
        if not _LOOSE_DOMAIN.match(domain):
            raise UnusableAddress(one_line(address)) from None
        encoded = domain
    return f"{local}@{encoded}"
