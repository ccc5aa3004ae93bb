"""Many open streams of live updates, read by one thread that does nothing else."""

from __future__ import annotations

import resource
import selectors
import socket
import threading
import time
from collections.abc import Sequence
from typing import Self

from deskbell.bench.http import Target
from deskbell.bench.trouble import BenchError

OPENING_AT_ONCE = 50
OPEN_SECONDS = 600.0
STALLED_SECONDS = 20.0  # without any stream answered, the desk takes no more of them
STREAMS_A_SESSION = 10  # the desk allows twelve in one session and process


class Streams:
    """Opened in a context manager. Times are those of CLOCK_MONOTONIC, as everywhere on this machine."""

    def __init__(self, target: Target, cookies: Sequence[str], topics: str, count: int) -> None:
        self._target, self._cookies, self._topics, self._count = target, cookies, topics, count
        self._selector = selectors.DefaultSelector()
        self._ready: set[int] = set()
        self._arrivals: list[float] = []
        self._refused: list[bytes] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._sockets: list[socket.socket] = []
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        _allow_files(self._count + 200)
        self._thread.start()
        for place in range(self._count):
            if not self._wait_until(place - OPENING_AT_ONCE + 1):
                break
            self._open(self._cookies[place // STREAMS_A_SESSION % len(self._cookies)])
        self._wait_until(self._count)
        if len(self._ready) < self._count:
            shown = self._refused[0][:200].decode(errors="replace") if self._refused else "no answer in time"
            opened = len(self._ready)
            self.__exit__()
            raise BenchError(f"Only {opened} of {self._count} streams were opened: {shown}")
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for each in self._sockets:
            each.close()
        self._selector.close()

    def _wait_until(self, count: int) -> bool:
        """Until so many streams have been answered; False when one was refused or nothing moves any more."""
        until = moved = time.monotonic()
        until += OPEN_SECONDS
        before = -1
        while (found := len(self._ready)) < count:
            now = time.monotonic()
            if found != before:
                before, moved = found, now
            if self._refused or now > until or now > moved + STALLED_SECONDS:
                return False
            time.sleep(0.002)
        return True

    def wait(self, since: float, *, seconds: float) -> list[float]:
        """Milliseconds from a moment until the update came, for each stream it came to."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self._lock:
                if len(self._arrivals) >= self._count:
                    break
            time.sleep(0.002)
        with self._lock:
            found, self._arrivals = self._arrivals, []
        return [max(0.0, (at - since) * 1000) for at in found]

    def _open(self, cookie: str) -> None:
        target = self._target
        made = socket.create_connection((target.host, target.port), timeout=30)
        head = f"GET /live/events?topics={self._topics} HTTP/1.1\r\nHost: {target.name or target.host}\r\n"
        made.sendall(f"{head}Accept: text/event-stream\r\nCookie: {cookie}\r\n\r\n".encode())
        made.setblocking(False)
        self._sockets.append(made)
        self._selector.register(made, selectors.EVENT_READ)

    def _read(self) -> None:
        while not self._stop.is_set():
            if not self._sockets:
                time.sleep(0.005)
                continue
            for key, _events in self._selector.select(0.05):
                stream = key.fileobj
                assert isinstance(stream, socket.socket)
                try:
                    data = stream.recv(65_536)
                except BlockingIOError:
                    continue
                except OSError:
                    data = b""
                at = time.monotonic()
                if not data:
                    self._selector.unregister(stream)
                    self._ready.discard(stream.fileno())
                elif stream.fileno() not in self._ready:
                    self._opened(stream, data)
                elif b"event: " in data:
                    with self._lock:
                        self._arrivals.append(at)

    def _opened(self, stream: socket.socket, data: bytes) -> None:
        if data.startswith(b"HTTP/1.1 200"):
            self._ready.add(stream.fileno())
        else:
            self._refused.append(data)


def _allow_files(count: int) -> None:
    """Raise our own limit of open files; the desk has to see to its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        if hard != resource.RLIM_INFINITY and hard < count:
            raise BenchError(f"Only {hard} files may be open at once here (ulimit -n); {count} are needed.")
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
