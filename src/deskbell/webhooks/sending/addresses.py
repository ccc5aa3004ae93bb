"""Which addresses of the network a webhook may be sent to.

Refused is whatever is not an ordinary public address, by the special-purpose registries of IANA (RFC 6890 and later),
and public addresses behind which clouds keep what belongs to the machine itself. IPv6 addresses that carry an IPv4
address are judged by that one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_SPECIAL_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform's own address inside a large cloud
        "169.254.0.0/16",  # link-local, and the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, and the metadata of one cloud
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # automatic multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that was ever given out
_SPECIAL_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LAST_32_BITS = 0xFFFFFFFF


def embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv4-mapped (RFC 4291) or NAT64 (RFC 6052) address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return ipaddress.IPv4Address(int(address) & _LAST_32_BITS) if address in _NAT64 else None


def is_public(address: Address) -> bool:
    """Whether this is an ordinary address of the internet."""
    inner = embedded(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, ipaddress.IPv4Address):
        return not _lies_in(address, _SPECIAL_IPV4)
    return address.scope_id is None and address in _PUBLIC_IPV6 and not _lies_in(address, _SPECIAL_IPV6)


def lies_in(address: Address, networks: Iterable[Network]) -> bool:
    """Whether the address, or the IPv4 address it leads to, lies in one of the networks."""
    known = tuple(networks)
    inner = embedded(address)
    return _lies_in(address, known) or (inner is not None and _lies_in(inner, known))


def _lies_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
