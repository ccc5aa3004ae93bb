"""A small driver of its own: kept connections, prepared requests, every answer looked at, little processor time.

Blocking sockets in threads: reading releases the interpreter, so that eight connections cost less than one page's
tenth. What an answer must be stands in the request; anything else ends the measurement.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from deskbell.bench.trouble import BenchError

TIMEOUT = 60.0  # seconds
AT_ONCE = 8  # connections
WARM_UP_SECONDS, WARM_UP = 3.0, 10  # of eight at once, and then requests one at a time, that are not counted


class WrongAnswerError(BenchError):
    """An answer that is not the page asked for: its time means nothing."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where the desk answers."""

    host: str
    port: int
    is_tls: bool = False
    name: str = ""  # as in the Host header

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises BenchError for what is no address of a web server."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BenchError(f"{url!r} is no address of a desk; write it like https://desk.example.org")
        tls = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if tls else 80), tls, parts.netloc)


@dataclass(frozen=True, slots=True)
class Request:
    """A request, ready to be sent, and what its answer must be.

    marker: must stand in the answer `count` times (at least once when count is None).
    """

    data: bytes
    path: str
    status: int = 200
    marker: bytes = b""
    count: int | None = None

    @classmethod
    def build(
        cls, target: Target, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None,
        body: bytes = b"", status: int = 200, marker: bytes = b"", count: int | None = None,
    ) -> Self:  # fmt: skip
        lines = [f"{method} {path} HTTP/1.1", f"Host: {target.name or target.host}", "Accept: text/html,*/*"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if body or method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        return cls("\r\n".join([*lines, "", ""]).encode() + body, path, status, marker, count)

    def check(self, answer: Answer) -> None:
        """Raises WrongAnswerError unless it is the full page."""
        found = answer.body.count(self.marker) if self.marker else 0
        wanted = self.count
        fits = not self.marker or (found > 0 if wanted is None else found == wanted)
        if answer.status != self.status or not fits:
            shown = f"{self.path}: status {answer.status} instead of {self.status}"
            if not fits:
                shown += f", {self.marker.decode()!r} stands there {found} times instead of {wanted or 'once or more'}"
            raise WrongAnswerError(f"{shown}.\n{answer.body[:300].decode(errors='replace')}")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: bytes
    body: bytes

    def header(self, name: str) -> list[str]:
        """All values of a header."""
        wanted = f"{name.lower()}:".encode()
        lines = self.headers.split(b"\r\n")
        return [line[len(wanted) :].strip().decode("latin-1") for line in lines if line.lower().startswith(wanted)]


class Connection:
    """One kept connection. It is made anew when the server closed it between two requests."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._socket: socket.socket | None = None
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def send(self, request: Request) -> Answer:
        """Raises BenchError when nobody answers, and WrongAnswerError for another answer than the expected one."""
        answer = self.exchange(request.data)
        request.check(answer)
        return answer

    def exchange(self, data: bytes) -> Answer:
        kept = self._socket is not None
        try:
            return self._exchange(data)
        except (BrokenPipeError, ConnectionResetError, EOFError) as error:
            self.close()
            if not kept:
                raise BenchError(f"{self._target.name}: the connection was closed without an answer.") from error
        except OSError as error:
            self.close()
            raise BenchError(f"{self._target.name}: {error}.") from error
        return self._exchange(data)

    def _exchange(self, data: bytes) -> Answer:
        if self._socket is None:
            self._socket, self._rest = self._open(), b""
        self._socket.sendall(data)
        return self._read()

    def _open(self) -> socket.socket:
        target = self._target
        made = socket.create_connection((target.host, target.port), timeout=TIMEOUT)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if target.is_tls:
            return ssl.create_default_context().wrap_socket(made, server_hostname=target.host)
        return made

    def _read(self) -> Answer:
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, data = data[:end], data[end + 4 :]
        status = int(head[9:12])
        answer = Answer(status, head, b"")
        length = answer.header("content-length")
        if length:
            return Answer(status, head, self._take(data, int(length[0])))
        if "chunked" in "".join(answer.header("transfer-encoding")).lower():
            return Answer(status, head, self._chunked(data))
        self._rest = data
        return answer

    def _take(self, data: bytes, length: int) -> bytes:
        parts, size = [data], len(data)
        while size < length:
            part = self._more()
            parts.append(part)
            size += len(part)
        whole = b"".join(parts)
        self._rest = whole[length:]
        return whole[:length]

    def _chunked(self, data: bytes) -> bytes:
        parts: list[bytes] = []
        while True:
            while (end := data.find(b"\r\n")) < 0:
                data += self._more()
            size = int(data[:end].split(b";")[0], 16)
            part = self._take(data[end + 2 :], size + 2)
            data = self._rest
            if not size:
                return b"".join(parts)
            parts.append(part[:-2])

    def _more(self) -> bytes:
        assert self._socket is not None
        part = self._socket.recv(262_144)
        if not part:
            raise EOFError
        return part


@dataclass(slots=True)
class Throughput:
    """What many at once achieved."""

    per_second: float
    p95_ms: float
    answers: int


@dataclass(slots=True)
class _Shared:
    requests: Sequence[Request]
    until: float
    times: list[float] = field(default_factory=list)
    error: Exception | None = None
    _place: int = 0

    def next(self) -> Request:
        self._place += 1  # two threads may take the same one: it does not matter
        return self.requests[self._place % len(self.requests)]


def timed(connection: Connection, request: Request) -> float:
    """Milliseconds of one request."""
    started = time.perf_counter()
    connection.send(request)
    return (time.perf_counter() - started) * 1000


def at_once(target: Target, requests: Sequence[Request], *, seconds: float, connections: int = AT_ONCE) -> Throughput:
    """As many as `connections` at a time, for so many seconds. Raises what a wrong answer raises."""
    shared = _Shared(requests, time.perf_counter() + seconds)
    started = time.perf_counter()
    threads = [threading.Thread(target=_drive, args=(target, shared), daemon=True) for _each in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if shared.error is not None:
        raise shared.error
    took = time.perf_counter() - started
    times = sorted(shared.times)
    return Throughput(len(times) / took, percentile(times, 0.95), len(times))


def warm_up(target: Target, requests: Sequence[Request], *, seconds: float = WARM_UP_SECONDS) -> None:
    """Until what happens once is over: each process compiles each template, and each of its connections plans a
    statement anew until its sixth use.
    """
    at_once(target, requests, seconds=seconds)
    with Connection(target) as connection:
        for place in range(WARM_UP):
            connection.send(requests[place % len(requests)])


def _drive(target: Target, shared: _Shared) -> None:
    try:
        with Connection(target) as connection:
            while time.perf_counter() < shared.until and shared.error is None:
                shared.times.append(timed(connection, shared.next()))
    except Exception as error:  # noqa: BLE001  (raised by whoever waits)
        shared.error = error


def percentile(times: Sequence[float], share: float) -> float:
    """Of sorted or unsorted times; 0 of none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
