"""Where a webhook goes: reading the address a person gave, strictly, and asking the network where that is.

An address is taken apart once, here; the request is later made from these parts, so that no second reader can take it
for another host. What different programs read differently (user names, odd numbers for hosts, backslashes) is refused.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import idna
from django.utils.translation import gettext as _

from deskbell.webhooks.sending.addresses import Address, Network, is_public, lies_in

LONGEST_URL = 2000
LARGEST_PORT = 65_535
DEFAULT_PORTS = {"https": 443, "http": 80}
# Ports at which other protocols listen that can be made to do things by a request: the "bad ports" of the Fetch
# standard (WHATWG), and databases, caches and queues.
FOREIGN_PORTS = frozenset(
    (
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
        110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526,
        530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 873, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723,
        2049, 2375, 2379, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 6000, 6379, 6432, 6566, 6665, 6666,
        6667, 6668, 6669, 6679, 6697, 9042, 9200, 10080, 11211, 27017,
    )
)  # fmt: skip

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[^\]/?#@\\]*\]|[^/?#@\\\[\]:]*)(?::(?P<port>\d*))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?",
    re.IGNORECASE | re.ASCII,
)
_PRINTABLE = re.compile(r"[\x21-\x7e]*")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_LONGEST_NAME = 253


class Refused(Exception):
    """A webhook is not sent there; `str()` says why, for a person."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an administrator has allowed beside the internet. hosts: names in ASCII; networks: also single addresses."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def read(cls, entries: Sequence[str]) -> Allowed:
        """Entries are names, addresses or networks (10.1.0.0/16). Raises Refused for one that is neither."""
        hosts: set[str] = set()
        networks: list[Network] = []
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry.strip()))
            except ValueError:
                hosts.add(read_host(entry.strip()))
        return cls(frozenset(hosts), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        return host in self.hosts or lies_in(address, self.networks)


@dataclass(frozen=True, slots=True)
class Target:
    """The parts of an address. host: a name in ASCII and lower case, or an IP address without brackets.

    path: with the query, as it stands in the request.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> Address | None:
        """The host, where it is an IP address."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them: without the scheme's own port (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def read_target(url: str) -> Target:
    """The parts of an address as a person gave it. Raises Refused, in words."""
    if len(url) > LONGEST_URL:
        raise Refused(_("The address is too long: at most %(num)d characters.") % {"num": LONGEST_URL})
    if "@" in url.split("://", 1)[-1].split("/", 1)[0]:
        raise Refused(_("Leave user name and password out of the address; a header of your own can carry them."))
    found = _URL.fullmatch(url)
    if found is None:
        raise Refused(_("Give a whole address, as in https://example.org/hooks, without a fragment (#…)."))
    scheme = found["scheme"].lower()
    path = (found["path"] or "/") + (found["query"] or "")
    if not _PRINTABLE.fullmatch(path):
        raise Refused(_("Spaces and letters outside ASCII must be written as %XX in the path."))
    return Target(scheme, read_host(found["host"]), _read_port(scheme, found["port"]), path)


def _read_port(scheme: str, written: str | None) -> int:
    if not written:
        return DEFAULT_PORTS[scheme]
    port = int(written[:6])
    if port > LARGEST_PORT:
        raise Refused(_("A port is a number from 1 to 65535."))
    if port in FOREIGN_PORTS:
        raise Refused(_("Port %(port)d belongs to another protocol.") % {"port": port})
    return port


def read_host(written: str) -> str:
    """A host in the one form in which it is compared, resolved and named to the server. Raises Refused."""
    if written.startswith("["):
        return _read_ipv6(written.strip("[]"))
    if ":" in written:
        return _read_ipv6(written)
    if "%" in written or not written:
        raise Refused(_("“%(host)s” is no name of a server.") % {"host": written})
    try:
        name = written.lower() if written.isascii() else idna.encode(written, uts46=True, std3_rules=False).decode()
    except (idna.IDNAError, UnicodeError):
        raise Refused(_("“%(host)s” is no name of a server.") % {"host": written}) from None
    if name.endswith("."):
        raise Refused(_("Leave out the dot at the end of the server's name."))
    last = name.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        # Whatever ends in a number is an IPv4 address (WHATWG URL), and only the plain form of it is taken.
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            raise Refused(_("Write an IP address as four numbers, as in 192.0.2.7.")) from None
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise Refused(_("“%(host)s” is no name of a server.") % {"host": written})
    return name


def _read_ipv6(written: str) -> str:
    try:
        address = ipaddress.IPv6Address(written)
    except ValueError:
        raise Refused(_("“%(host)s” is no IP address.") % {"host": written}) from None
    if address.scope_id is not None:
        raise Refused(_("An address with a zone (%%…) is good on one machine only."))
    return str(address)


def check_written(target: Target, allowed: Allowed) -> None:
    """What can be said of a target without asking the network. Raises Refused."""
    address = target.address
    if address is not None:
        check_address(target, address, allowed)
    elif target.scheme == "http" and not allowed.networks and target.host not in allowed.hosts:
        raise Refused(_not_encrypted())


def check_address(target: Target, address: Address, allowed: Allowed) -> None:
    """Raises Refused unless the target may be reached at this address."""
    if allowed.permits(target.host, address):
        return
    if not is_public(address):
        raise Refused(
            _("%(host)s is at %(address)s, which is no public address. An administrator can allow it in the settings.")
            % {"host": target.host, "address": address}
        )
    if target.scheme == "http":
        raise Refused(_not_encrypted())


def _not_encrypted() -> str:
    return _("Only https is sent to. An administrator can allow http to servers of your own in the settings.")


def resolve(target: Target, allowed: Allowed, *, within: float) -> list[Address]:
    """Ask once where the target is, and check every answer. within: seconds.

    Raises Refused when one of the addresses is refused, OSError when there is none, TimeoutError.
    """
    own = target.address
    found = [own] if own is not None else _ask(target.host, target.port, within)
    for address in found:
        check_address(target, address, allowed)
    return found


def _ask(host: str, port: int, within: float) -> list[Address]:
    """Addresses of a name, in the system's order of preference. The system's resolver knows no limit of time."""
    answers: list[list[Address] | OSError] = []

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.append(list(dict.fromkeys(ipaddress.ip_address(row[4][0]) for row in rows)))
        except (OSError, UnicodeError, ValueError) as error:
            answers.append(error if isinstance(error, OSError) else OSError(str(error)))

    asking = threading.Thread(target=ask, name="webhooks-resolver", daemon=True)
    asking.start()
    asking.join(within)
    if not answers:
        raise TimeoutError
    if isinstance(answers[0], OSError):
        raise answers[0]
    if not answers[0]:
        raise OSError(_("no address"))
    return answers[0]
