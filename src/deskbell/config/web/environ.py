"""A WSGI environ (PEP 3333) from an RSGI scope."""

import sys
from typing import Any, BinaryIO, Protocol


class Headers(Protocol):
    def items(self) -> list[tuple[str, str]]: ...
    def get(self, key: str, default: str | None = None) -> str | None: ...


class Scope(Protocol):
    """What granian hands over for one request (RSGI 1.5)."""

    proto: str
    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Headers: ...


def wsgi_environ(scope: Scope, body: BinaryIO, length: int) -> dict[str, Any]:
    """`length` is what was really received, so a view never waits for bytes that do not come."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of the path dressed as latin-1.
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode("utf-8", "surrogateescape").decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        # `x_forwarded_for` would become the same key as `x-forwarded-for` and get past a proxy's filter.
        if "_" in name:
            continue
        key = f"HTTP_{name.upper().replace('-', '_')}"
        if key in environ:
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + value
        else:
            environ[key] = value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(length) if length else ""
    return environ
