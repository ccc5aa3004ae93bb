"""What is built to keep a parser busy is read in the time ordinary mail takes (each took minutes to hours before)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from deskbell.channels.mail import addresses, bounces, headers, html, html_quotes, mime, quotes

SECONDS = 4.0  # of processor time, on a slow machine

HOSTILE: dict[str, Callable[[], object]] = {
    "brackets without end": lambda: html._TAG.sub(" ", "<" * 300_000),
    "a link of brackets": lambda: html.linkify("http://a" + ")" * 300_000),
    "spaces in quoted-printable": lambda: mime.undo_transfer_encoding(b"a" + b" " * 500_000 + b"x", "quoted-printable"),
    "carriage returns in a header": lambda: mime._header(b"Subject", b"a" + b"\r" * 100_000 + b"x"),
    "encoded words without end": lambda: headers.decode_header(b"=?a?b?x" * 15_000),
    "blank lines in a report": lambda: bounces._ORIGINAL_ID.search(b"\n" * 200_000 + b"x"),
    "colons after an address": lambda: addresses.parse_addresses(b"a@" + b":" * 100_000),
    "spaces after an address": lambda: addresses.parse_addresses(b"a@b" + b" " * 100_000 + b"c"),
    "introductions without a quote": lambda: quotes.split_text("Anna Kern wrote:\nhello\n" * 50_000 + "> x"),
    "deep and wide HTML": lambda: html_quotes.split_html("<div>" * 150 + "<p></p>" * 50_000 + "</div>" * 150),
    "boundaries nobody declared": lambda: mime.read_tree(
        b"Content-Type: multipart/mixed\n\n" + b"".join(b"--bound%d\n\n" % number for number in range(20_000))
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_costs_no_more_than_other_mail(name: str) -> None:
    began = time.process_time()
    HOSTILE[name]()
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?B?Zg==?=", "f"),
        (b"=?utf-8?B?Zg==?= =?utf-8?Q?_g?=", "f g"),
        (b"=?utf-8?B?cut =?utf-8?Q?whole?=", "=?utf-8?B?cut whole"),
        (b"=?utf-8?Q?why?_because?=", "why? because"),
    ],
)
def test_an_encoded_word_ends_at_its_end_or_where_another_begins(raw: bytes, text: str) -> None:
    assert headers.decode_header(raw) == text
