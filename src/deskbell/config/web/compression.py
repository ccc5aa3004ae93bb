"""Pages made smaller for whoever asks: gzip at its lowest level, which takes a millisecond for a long queue.

Level 6 takes twice as long for an eighth less. zlib works without the interpreter's lock, so other pages go on.
Static files come compressed already (whitenoise).
"""

import secrets
import zlib

from deskbell.config.web.protocol import HeaderList

LEVEL = 1
SMALLEST = 1400  # bytes; less fits into one packet anyway
_GZIP = 16 + zlib.MAX_WBITS
_MOST_NOISE = 100  # bytes
_TYPES = ("text/html", "application/json", "application/problem+json")
# ETag: one of ours names a version for If-Match, and would have to become a weak one.
_LEFT_ALONE = frozenset({"content-encoding", "etag", "content-range"})


def compressed(status: int, headers: HeaderList, body: bytes, accepted: str) -> tuple[HeaderList, bytes]:
    """The answer as it is sent. accepted: the request's Accept-Encoding."""
    names = {name.lower(): value for name, value in headers}
    if status != 200 or len(body) < SMALLEST or _LEFT_ALONE & names.keys():  # noqa: PLR2004  (HTTP)
        return headers, body
    if not names.get("content-type", "").startswith(_TYPES):
        return headers, body
    vary = ", ".join(filter(None, (names.get("vary", ""), "Accept-Encoding")))
    kept = [(name, value) for name, value in headers if name.lower() not in {"vary", "content-length"}]
    if _takes_gzip(accepted):
        kept.append(("Content-Encoding", "gzip"))
        body = _gzip(body)
    return [*kept, ("Vary", vary), ("Content-Length", str(len(body)))], body


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        coding, _, weight = each.partition(";")
        if coding.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _gzip(body: bytes) -> bytes:
    """With a name of random length in its head, as Django does: the length then says less about what is in a page.

    A tag in the page that a stranger chose, repeated inside, would otherwise make it measurably shorter (BREACH).
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    packed = packer.compress(body) + packer.flush()
    noise = b"a" * secrets.randbelow(_MOST_NOISE + 1) + b"\x00"
    # RFC 1952, 2.3: byte 3 holds the flags, 8 says that a name follows the ten bytes of the head.
    return packed[:3] + b"\x08" + packed[4:10] + noise + packed[10:]
