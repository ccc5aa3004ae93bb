"""Answers made smaller for whoever asks for it."""

import gzip

import pytest

from deskbell.config.web.compression import SMALLEST, compressed

PAGE = b"<p>row</p>" * 1000
HTML = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie"), ("Content-Length", str(len(PAGE)))]


def test_a_page_is_sent_as_gzip_to_whoever_takes_it() -> None:
    headers, body = compressed(200, HTML, PAGE, "br, gzip;q=0.8")
    assert gzip.decompress(body) == PAGE
    assert len(body) < len(PAGE) / 10
    assert dict(headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Encoding": "gzip",
        "Vary": "Cookie, Accept-Encoding",
        "Content-Length": str(len(body)),
    }


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*; q=0"])
def test_others_get_it_as_it_is_and_caches_are_told_that_it_differs(accepted: str) -> None:
    headers, body = compressed(200, HTML, PAGE, accepted)
    assert body == PAGE
    assert ("Vary", "Cookie, Accept-Encoding") in headers
    assert "Content-Encoding" not in dict(headers)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, HTML, PAGE[: SMALLEST - 1]),
        (404, HTML, PAGE),
        (200, [("Content-Type", "image/png")], PAGE),
        (200, [*HTML, ("Content-Encoding", "br")], PAGE),
        (200, [*HTML, ("ETag", '"7"')], PAGE),
    ],
)
def test_what_is_small_unusual_packed_or_a_version_stays_alone(status, headers, body) -> None:
    assert compressed(status, headers, body, "gzip") == (headers, body)


def test_the_length_of_a_page_varies() -> None:
    assert len({len(compressed(200, HTML, PAGE, "gzip")[1]) for _time in range(40)}) > 1
