"""One request to a target: to a checked address, within a total time, reading only so much of the answer.

The connection goes to the address that was checked, while certificate, SNI and Host stay those of the name: between
the check and the connection no second look at the name's address can be slipped in (DNS rebinding). Redirects are not
followed, proxies of the environment do not exist here.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpcore2
import httpx2
from django.utils.translation import gettext as _
from typing_extensions import override

from deskbell.webhooks.sending.addresses import Address
from deskbell.webhooks.sending.targets import Allowed, Refused, Target, resolve

TOTAL_SECONDS = 10.0
READ_AT_MOST = 64 * 1024  # bytes of an answer; the rest is not waited for
KEPT = 4 * 1024  # bytes of an answer that the log keeps
LONGEST_HEADER = 500  # characters of one header of an answer in the log
HEADERS_KEPT = 40
_SOCKET_OPTIONS = list[tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request. status: None when no answer came; error: what went wrong, empty for 2xx.

    seconds: from the first look at the name to the end of the answer. reached: no connection or no answer in time
    is the target's trouble, as are 429 and 5xx; it is best left alone for a while (`is_down`).
    """

    seconds: float
    status: int | None = None
    error: str = ""
    address: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_down: bool = False

    @property
    def is_good(self) -> bool:
        return not self.error


def post(target: Target, headers: Mapping[str, str], body: bytes, allowed: Allowed) -> Answer:
    """Send one request and say what became of it; raises nothing the network can cause."""
    started = time.monotonic()
    deadline = started + TOTAL_SECONDS
    address = ""

    def ended(error: str, *, is_down: bool = False, **values: Any) -> Answer:
        return Answer(time.monotonic() - started, error=error, is_down=is_down, address=address, **values)

    try:
        addresses = resolve(target, allowed, within=TOTAL_SECONDS / 2)
    except Refused as refusal:
        return ended(str(refusal))
    except TimeoutError:
        return ended(_("The name %(host)s was not resolved in time.") % {"host": target.host}, is_down=True)
    except OSError as problem:
        words = {"host": target.host, "reason": _reason(problem)}
        return ended(_("The name %(host)s could not be resolved: %(reason)s") % words, is_down=True)
    network = PinnedNetwork(target, addresses, deadline)
    try:
        status, answered, content = _exchange(network, target, headers, body, deadline)
    except (httpcore2.TimeoutException, TimeoutError):
        address = network.connected
        text = _("No whole answer within %(num)d seconds.") % {"num": TOTAL_SECONDS}
        return ended(text, is_down=True)
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as problem:
        address = network.connected
        return ended(_broken(target, problem), is_down=True)
    address = network.connected
    is_down = status == httpx2.codes.TOO_MANY_REQUESTS or status >= httpx2.codes.INTERNAL_SERVER_ERROR
    return ended(_judge(status, answered), is_down=is_down, status=status, headers=answered, body=content[:KEPT])


def _exchange(
    network: PinnedNetwork, target: Target, headers: Mapping[str, str], body: bytes, deadline: float
) -> tuple[int, dict[str, str], bytes]:
    url = httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    sent: list[tuple[bytes | str, bytes | str]] = [
        ("Host", target.authority),
        *headers.items(),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    left = max(0.1, deadline - time.monotonic())
    limits = {"connect": left, "read": left, "write": left, "pool": left}
    context = httpx2.create_ssl_context() if target.scheme == "https" else None
    with (
        httpcore2.ConnectionPool(ssl_context=context, network_backend=network, retries=0) as pool,
        pool.stream("POST", url, headers=sent, content=body, extensions={"timeout": limits}) as response,
    ):
        # As it comes: a compressed answer is never unpacked, so that a small one cannot become a large one.
        content = b""
        for part in response.iter_stream():
            content += part
            if len(content) >= READ_AT_MOST:
                break
        answered = {
            name.decode("latin-1"): value.decode("latin-1")[:LONGEST_HEADER]
            for name, value in response.headers[:HEADERS_KEPT]
        }
        return response.status, answered, content


def _judge(status: int, headers: Mapping[str, str]) -> str:
    """What is wrong with an answer; empty for 2xx."""
    if httpx2.codes.is_success(status):
        return ""
    if httpx2.codes.is_redirect(status):
        place = next((value for name, value in headers.items() if name.lower() == "location"), "")
        return _("The server wants to send on to “%(place)s” (%(status)d). Redirects are not followed: enter the "
                 "address it means.") % {"place": place, "status": status}  # fmt: skip
    if status == httpx2.codes.GONE:
        return _("The server says that nobody listens here any more (410 Gone).")
    return _("The server answered %(status)d %(phrase)s.") % {
        "status": status,
        "phrase": httpx2.codes.get_reason_phrase(status),
    }


def _broken(target: Target, problem: Exception) -> str:
    cause: BaseException | None = problem
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    words = {"host": target.authority, "reason": _reason(cause or problem)}
    if isinstance(cause, ssl.SSLCertVerificationError):
        words["reason"] = cause.verify_message
        return _("The certificate of %(host)s is not good: %(reason)s") % words
    if cause is not None:
        return _("No encrypted connection with %(host)s: %(reason)s") % words
    if isinstance(problem, httpcore2.ConnectError | OSError):
        return _("No connection with %(host)s: %(reason)s") % words
    return _("%(host)s broke off or answered what is not HTTP: %(reason)s") % words


def _reason(problem: BaseException) -> str:
    inner = problem.__cause__ or problem.__context__
    if not isinstance(problem, OSError) and isinstance(inner, OSError):
        problem = inner
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return text or type(problem).__name__


class PinnedNetwork(httpcore2.NetworkBackend):
    """Connects to the addresses that were checked, whatever the name means by then, and to no other host."""

    def __init__(self, target: Target, addresses: Iterable[Address], deadline: float) -> None:
        self._target = target
        self._addresses = list(addresses)
        self._deadline = deadline
        self._network = httpcore2.SyncBackend()
        self.connected = ""

    @override
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        if (host, port) != (self._target.host, self._target.port):
            raise httpcore2.ConnectError("another host than the one that was checked")
        problem: Exception = httpcore2.ConnectError("no address")
        for position, address in enumerate(self._addresses):
            # Each further address gets its share of the time: the first may not answer at all.
            share = (self._deadline - time.monotonic()) / (len(self._addresses) - position)
            if share <= 0:
                break
            try:
                stream = self._network.connect_tcp(str(address), port, share, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem, self.connected = error, str(address)
                continue
            self.connected = str(address)
            return _TimedStream(stream, self._deadline)
        raise problem


class _TimedStream(httpcore2.NetworkStream):
    """Every operation ends at the deadline: a server that sends a byte a second cannot hold the line."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def _left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout
        return left

    @override
    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    @override
    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    @override
    def close(self) -> None:
        self._stream.close()

    @override
    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    @override
    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
