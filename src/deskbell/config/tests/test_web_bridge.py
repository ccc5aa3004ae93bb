"""The bridge from RSGI to WSGI: environ, bodies, limits, answers."""

import asyncio
import io

import pytest

from deskbell.config.web import body
from deskbell.config.web.bridge import WSGIBridge
from deskbell.config.web.environ import wsgi_environ


class Headers:
    def __init__(self, pairs):
        self.pairs = pairs

    def items(self):
        return self.pairs

    def get(self, key, default=None):
        return next((value for name, value in self.pairs if name == key), default)


class Scope:
    proto, http_version, server, client, scheme = "http", "1.1", "127.0.0.1:80", "10.0.0.9:555", "http"

    def __init__(self, method="GET", path="/", query="", headers=()):
        self.method, self.path, self.query_string, self.headers = method, path, query, Headers(list(headers))


class Protocol:
    """The answering side, which remembers."""

    def __init__(self, chunks=()):
        self.chunks, self.status, self.body, self.headers, self.read = list(chunks), 0, b"", [], 0

    async def __call__(self):
        self.read += 1
        return b"".join(self.chunks)

    async def __aiter__(self):
        for chunk in self.chunks:
            self.read += 1
            yield chunk

    def response_bytes(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def response_str(self, status, headers, body):
        self.response_bytes(status, headers, body.encode())

    def response_stream(self, status, headers):
        self.response_bytes(status, headers, b"")
        return self

    async def send_bytes(self, data):
        if data == b"gone":
            raise ConnectionResetError
        self.body += data


class Page(list):
    """An answer with its content at hand, as Django's are."""

    content = streaming = False
    closed = False

    def close(self):
        self.closed = True


def serve(application, scope, protocol, *, limit=1000, threads=2):
    bridge = WSGIBridge(application, threads=threads, body_limit=limit)
    asyncio.run(asyncio.wait_for(bridge(scope, protocol), 10))
    bridge.close()
    return protocol


def echo(environ, start_response):
    start_response("200 OK", [("Set-Cookie", " a=b")])
    return Page([environ["wsgi.input"].read(), environ["CONTENT_LENGTH"].encode()])


def test_the_environ_is_that_of_the_request():
    headers = [("cookie", "a=1"), ("cookie", "b=2"), ("x-a", "1"), ("x-a", "2"), ("content-type", "text/x")]
    environ = wsgi_environ(Scope("POST", "/ä", "q=1", headers), io.BytesIO(), 7)
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_A"] == "1,2"
    assert environ["CONTENT_TYPE"] == "text/x"
    assert environ["CONTENT_LENGTH"] == "7"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/ä"
    assert environ["REMOTE_ADDR"] == "10.0.0.9"


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_dash():
    headers = [("x_forwarded_for", "1.2.3.4")]
    assert "HTTP_X_FORWARDED_FOR" not in wsgi_environ(Scope(headers=headers), io.BytesIO(), 0)


@pytest.mark.parametrize("headers", [[("content-length", "5")], [("transfer-encoding", "chunked")]])
def test_a_body_arrives_whole(headers):
    protocol = serve(echo, Scope("POST", headers=headers), Protocol([b"he", b"llo"]))
    assert (protocol.status, protocol.body) == (200, b"hello5")
    assert protocol.headers == [("Set-Cookie", "a=b")]


def test_a_large_body_goes_through_a_file_and_arrives_whole():
    chunks = [b"x" * 100_000] * 10
    headers = [("content-length", "1000000")]
    protocol = serve(echo, Scope("POST", headers=headers), Protocol(chunks), limit=2_000_000)
    assert protocol.body == b"x" * 1_000_000 + b"1000000"


def test_a_body_announced_as_too_large_is_not_read():
    protocol = serve(echo, Scope("POST", headers=[("content-length", "1001")]), Protocol([b"x"]))
    assert protocol.read == 0
    assert protocol.body == b"1001"  # the application sees how long it would have been, and draws the page


def test_a_body_that_grows_too_large_is_read_no_further():
    endless = Protocol([b"x" * 400] * 100)
    protocol = serve(echo, Scope("POST", headers=[("transfer-encoding", "chunked")]), endless)
    assert protocol.read == 3
    assert protocol.body == b"1001"


def test_an_answer_is_closed_after_it_was_sent():
    page = Page([b"x"])

    def application(_environ, start_response):
        start_response("200 OK", [])
        return page

    serve(application, Scope(), Protocol())
    assert page.closed


def test_a_client_that_leaves_ends_a_download_quietly():
    def application(_environ, start_response):
        start_response("200 OK", [])
        return iter([b"a", b"gone", b"b"])

    assert serve(application, Scope(), Protocol()).body == b"a"


def test_more_requests_than_may_wait_are_told_to_come_back(monkeypatch):
    monkeypatch.setattr("deskbell.config.web.bridge.MAX_WAITING", 0)
    protocol = serve(echo, Scope(), Protocol())
    assert protocol.status == 503
    assert ("retry-after", "2") in protocol.headers


def test_what_a_page_raises_reaches_the_server():
    def application(_environ, _start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        serve(application, Scope(), Protocol())


class Slow(Protocol):
    """Sends some bytes and then nothing more."""

    async def __call__(self):
        await asyncio.Event().wait()

    async def __aiter__(self):
        for chunk in self.chunks:
            yield chunk
        await asyncio.Event().wait()


SLOW_BODIES = [[("content-length", "5")], [("content-length", "900000")], [("transfer-encoding", "chunked")]]


@pytest.mark.parametrize("headers", SLOW_BODIES)
def test_a_body_that_does_not_arrive_in_time_is_given_up(headers, monkeypatch):
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.01)
    monkeypatch.setattr(body, "BASE_SECONDS", 0.01)
    protocol = serve(echo, Scope("POST", headers=headers), Slow([b"x"]), limit=1_000_000)
    assert protocol.status == 408
    assert ("connection", "close") in protocol.headers


def test_a_body_that_drips_is_given_up_though_it_is_never_idle(monkeypatch):
    class Dripping(Protocol):
        async def __aiter__(self):
            while True:
                await asyncio.sleep(0.002)
                yield b"x"

    monkeypatch.setattr(body, "BASE_SECONDS", 0.05)
    assert serve(echo, Scope("POST", headers=[("transfer-encoding", "chunked")]), Dripping()).status == 408


@pytest.mark.parametrize("headers", SLOW_BODIES)
def test_slow_bodies_keep_nobody_else_waiting(headers, monkeypatch):
    monkeypatch.setattr("deskbell.config.web.bridge.MAX_WAITING", 2)
    monkeypatch.setattr(body, "MAX_RECEIVING", 3)
    slow = [Slow([b"x"]) for _ in range(10)]
    page, form = Protocol(), Protocol([b"hello"])

    async def run(bridge):
        uploads = [asyncio.create_task(bridge(Scope("POST", headers=headers), each)) for each in slow]
        await asyncio.sleep(0)
        await asyncio.wait_for(bridge(Scope(), page), 5)
        await asyncio.wait_for(bridge(Scope("POST", headers=[("content-length", "5")]), form), 5)
        for each in uploads:
            each.cancel()
        await asyncio.gather(*uploads, return_exceptions=True)

    bridge = WSGIBridge(echo, threads=2, body_limit=1_000_000)
    asyncio.run(run(bridge))
    bridge.close()
    assert (page.status, form.status, form.body) == (200, 200, b"hello5")
    assert [each.status for each in slow] == [408] * 8 + [0] * 2  # the oldest made room
