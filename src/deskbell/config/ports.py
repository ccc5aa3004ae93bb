"""Ports of this machine that are free to listen on."""

import errno
import socket

_PORTS_TRIED = 50


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there. granian itself would share a port with another of its kind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                return False
            raise
    return True


def next_free_port(host: str, port: int) -> int:
    """`port`, or the next free one above it. Raises LookupError when none of fifty is free."""
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        if port_is_free(host, candidate):
            return candidate
    raise LookupError(f"no free port from {port} to {port + _PORTS_TRIED} on {host}")
