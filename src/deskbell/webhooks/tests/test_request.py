"""One request: to the address that was checked, within its time, reading only so much."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpcore2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_httpserver import HTTPServer

from deskbell.webhooks.sending import request
from deskbell.webhooks.sending.targets import Allowed, read_target

LOOPBACK = Allowed.read(["127.0.0.1"])
REAL = socket.getaddrinfo


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Each look at a name gets the next answer; the last stays. Returns the names looked at."""
    asked: list[str] = []

    def look(host, port, *_args, **_options):
        if host == "127.0.0.1":
            return REAL(host, port, type=socket.SOCK_STREAM)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[min(len(asked), len(answers)) - 1], port))]

    monkeypatch.setattr(socket, "getaddrinfo", look)
    return asked


def post(url: str, allowed: Allowed = LOOPBACK, **headers: str) -> request.Answer:
    return request.post(read_target(url), headers, b"{}", allowed)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch, httpserver: HTTPServer):
    """The second answer is another server: with a second look at the name the request would go there."""
    httpserver.expect_request("/in", method="POST").respond_with_data("thanks", status=202)
    asked = resolver(monkeypatch, "127.0.0.1", "169.254.169.254")
    answer = post(f"http://rebound.example:{httpserver.port}/in")
    assert (answer.status, answer.error, answer.body, answer.address) == (202, "", b"thanks", "127.0.0.1")
    assert asked == ["rebound.example"]
    assert httpserver.log[0][0].headers["Host"] == f"rebound.example:{httpserver.port}"
    # The next request looks again, and finds where it may not go.
    refused = post(f"http://rebound.example:{httpserver.port}/in")
    assert refused.status is None
    assert "169.254.169.254" in refused.error
    assert len(httpserver.log) == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch, httpserver: HTTPServer):
    httpserver.expect_request("/in").respond_with_data("")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post(httpserver.url_for("/in").replace("localhost", "127.0.0.1")).status == 200


def test_a_redirect_is_not_followed(httpserver: HTTPServer):
    httpserver.expect_request("/in").respond_with_data("", status=307, headers={"Location": "http://169.254.169.254/"})
    answer = post(f"http://127.0.0.1:{httpserver.port}/in")
    assert (answer.status, answer.is_down) == (307, False)
    assert "169.254.169.254" in answer.error
    assert len(httpserver.log) == 1


def test_a_large_answer_is_read_in_part_only(httpserver: HTTPServer):
    httpserver.expect_request("/in").respond_with_data(b"x" * 3_000_000, status=500)
    answer = post(f"http://127.0.0.1:{httpserver.port}/in")
    assert (answer.status, len(answer.body), answer.is_down) == (500, request.KEPT, True)


def test_a_compressed_answer_is_not_unpacked(httpserver: HTTPServer):
    httpserver.expect_request("/in").respond_with_data(b"\x1f\x8bxyz", headers={"Content-Encoding": "gzip"})
    assert post(f"http://127.0.0.1:{httpserver.port}/in").body == b"\x1f\x8bxyz"


@contextmanager
def talking(script: list[bytes], *, pause: threading.Event) -> Iterator[int]:
    """A server that sends its lines one by one, and then keeps the line open until `pause` is set."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _address = listening.accept()
            with connection:
                connection.recv(65536)
                for part in script:
                    connection.sendall(part)
                pause.wait(10)

        talker = threading.Thread(target=talk)
        talker.start()
        try:
            yield listening.getsockname()[1]
        finally:
            pause.set()
            talker.join()


@pytest.mark.parametrize(
    "script",
    [[], [b"HTTP/1.1 200 OK\r\nX-A: "], [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"]],
)
def test_an_answer_has_to_come_within_the_time_of_the_whole_request(monkeypatch, script: list[bytes]):
    monkeypatch.setattr(request, "TOTAL_SECONDS", 0.3)
    with talking(script, pause=threading.Event()) as port:
        answer = post(f"http://127.0.0.1:{port}/")
    assert (answer.status, answer.is_down) == (None, True)
    assert "within" in answer.error
    assert answer.seconds < 2


def test_every_byte_does_not_buy_new_time():
    """A server that sends a byte now and then ends at the same moment as one that sends none."""

    class Slow(httpcore2.NetworkStream):
        def __init__(self) -> None:
            self.given: list[float] = []

        def read(self, max_bytes, timeout=None):
            self.given.append(timeout)
            return b"x"

    slow, now = Slow(), time.monotonic()
    stream = request._TimedStream(slow, now + 1)
    stream.read(1, timeout=99)
    stream._deadline = now
    with pytest.raises(httpcore2.ReadTimeout):
        stream.read(1, timeout=99)
    assert slow.given[0] <= 1


def test_nobody_listening_and_no_such_name_are_said_in_words(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    refused = post(f"http://127.0.0.1:{port}/")
    assert refused.error == f"No connection with 127.0.0.1:{port}: Connection refused"
    assert refused.is_down

    def fail(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "Name or service not known" in post("https://nowhere.example/").error


@pytest.mark.parametrize("junk", [b"SSH-2.0-OpenSSH\r\n", b"\0\0\0\0", b"HTTP/1.1 two hundred\r\n\r\n"])
def test_what_is_not_http_is_a_failure(junk: bytes):
    ended = threading.Event()
    ended.set()
    with talking([junk], pause=ended) as port:
        answer = post(f"http://127.0.0.1:{port}/")
    assert (answer.status, answer.is_down) == (None, True)


def certificate(folder: Path, name: str) -> Path:
    """A certificate for one name, signed by itself, with its key: one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    place = folder / f"{name}.pem"
    place.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return place


def test_the_certificate_is_checked_against_the_name_and_not_the_address(monkeypatch, tmp_path):
    place = certificate(tmp_path, "hooks.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    monkeypatch.setenv("SSL_CERT_FILE", str(place))
    resolver(monkeypatch, "127.0.0.1")
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        server.expect_request("/in").respond_with_data("")
        assert post(f"https://hooks.example:{server.port}/in").error == ""
        assert named == ["hooks.example"]
        other = post(f"https://other.example:{server.port}/in")
        assert (other.status, "certificate" in other.error) == (None, True)
        monkeypatch.delenv("SSL_CERT_FILE")
        unknown = post(f"https://hooks.example:{server.port}/in")
        assert (unknown.status, "certificate" in unknown.error) == (None, True)
        assert len(server.log) == 1


def test_only_the_host_that_was_checked_is_connected_to():
    network = request.PinnedNetwork(read_target("https://hooks.example/"), [ipaddress.ip_address("1.1.1.1")], 0)
    with pytest.raises(httpcore2.ConnectError):
        network.connect_tcp("other.example", 443)
