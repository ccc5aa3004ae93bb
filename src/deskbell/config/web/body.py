"""Request bodies: small ones in memory, large ones on disk, too large ones refused.

The whole body is received before a thread is taken, so a slow sender holds a connection and nothing else.
"""

import io
import tempfile
from typing import BinaryIO

from deskbell.config.web.environ import Scope
from deskbell.config.web.protocol import HTTPProtocol

IN_MEMORY = 256 * 1024  # bytes; beyond, the body goes to a temporary file


class TooLargeError(Exception):
    """The body is larger than the desk accepts."""


async def receive(scope: Scope, protocol: HTTPProtocol, limit: int) -> tuple[BinaryIO, int]:
    """The body and its length in bytes. Raises TooLargeError beyond `limit` bytes."""
    announced = scope.headers.get("content-length")
    if announced is None and scope.headers.get("transfer-encoding") is None and scope.http_version[:1] == "1":
        return io.BytesIO(), 0
    length = int(announced) if announced and announced.isdigit() else None
    if length is not None and length > limit:
        raise TooLargeError
    if length is not None and length <= IN_MEMORY:
        content = await protocol() if length else b""
        return io.BytesIO(content), len(content)
    return await _to_disk(protocol, limit)


async def _to_disk(protocol: HTTPProtocol, limit: int) -> tuple[BinaryIO, int]:
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed after the response)
    received = 0
    async for chunk in protocol:
        received += len(chunk)
        if received > limit:
            spool.close()
            raise TooLargeError
        spool.write(chunk)
    spool.seek(0)
    return spool, received  # type: ignore[return-value]  # a spooled file reads like any binary file
