"""The driver takes nothing for a page that is not one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from deskbell.bench.http import Connection, Request, Target, WrongAnswerError, at_once, percentile
from deskbell.bench.trouble import BenchError


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    opened = 0

    def setup(self) -> None:
        super().setup()
        Pages.opened += 1

    def do_GET(self) -> None:
        body = b"<tr id=row></tr>" * 3
        status = 500 if self.path == "/broken" else 200
        self.send_response(status)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(
                b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:])) + b"0\r\n\r\n"
            )
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        return


@pytest.fixture
def target() -> Iterator[Target]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Target.parse(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


def rows(target: Target, path: str = "/", count: int | None = 3) -> Request:
    return Request.build(target, path, marker=b"id=row", count=count)


@pytest.mark.parametrize("path", ["/", "/chunks"])
def test_a_whole_page_is_read_and_the_connection_is_kept(target, path):
    Pages.opened = 0
    with Connection(target) as connection:
        for _request in range(3):
            assert connection.send(rows(target, path)).body.count(b"id=row") == 3
    assert Pages.opened == 1


def test_a_page_with_other_rows_is_no_answer(target):
    with Connection(target) as connection, pytest.raises(WrongAnswerError, match="3 times instead of 50"):
        connection.send(rows(target, count=50))


def test_an_error_is_no_answer(target):
    with Connection(target) as connection, pytest.raises(WrongAnswerError, match="status 500"):
        connection.send(rows(target, "/broken"))


def test_one_wrong_answer_among_many_ends_the_measurement(target):
    with pytest.raises(WrongAnswerError):
        at_once(target, [rows(target), rows(target, "/broken")], seconds=5)


def test_many_at_once_are_counted(target):
    found = at_once(target, [rows(target)], seconds=0.1, connections=2)
    assert found.answers > 0
    assert found.per_second > 0


def test_nobody_answering_is_said_in_words():
    with Connection(Target("127.0.0.1", 9, name="desk")) as connection, pytest.raises(BenchError, match="desk: "):
        connection.exchange(b"GET / HTTP/1.1\r\n\r\n")


@pytest.mark.parametrize("address", ["desk.example.org", "ftp://desk.example.org", "http://"])
def test_an_address_has_to_be_one_of_a_web_server(address):
    with pytest.raises(BenchError, match="no address of a desk"):
        Target.parse(address)


def test_percentiles():
    assert percentile([], 0.95) == 0
    assert percentile([3, 1, 2], 0.5) == 2
