"""Mail as it is: nothing raises, nothing is lost."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbell.channels.mail.addresses import Address, parse_addresses
from deskbell.channels.mail.automatic import classify
from deskbell.channels.mail.charsets import decode
from deskbell.channels.mail.headers import decode_header, message_ids, parse_parametrised
from deskbell.channels.mail.html import html_to_text, sanitise
from deskbell.channels.mail.html_quotes import split_html
from deskbell.channels.mail.mime import MAX_PARTS
from deskbell.channels.mail.parse import parse
from deskbell.channels.mail.quotes import split_text
from deskbell.channels.mail.tests.agreement import cases

MAIL_WORDS = st.sampled_from(
    [b"Content-Type: ", b"multipart/mixed; ", b"boundary=", b"x", b"\r\n", b"\n", b"--x", b"--x--", b"\r\n\r\n",
     b"message/rfc822", b"text/html; charset=", b"utf-7", b"utf-16", b"zlib", b"=?utf-8?B?", b"?=", b"=?x?Q?=FF?=",
     b"Content-Transfer-Encoding: base64", b"x-uuencode\n\nbegin 644 a\n", b"From: ", b"<a@b>", b'"', b"(", b",", b":",
     b"Date: ", b"Subject: ", b"\x00", b"\xff\xfe", b"filename*0*=", b"''%41", b"<div>", b"<blockquote type=cite>",
     b"Content-Disposition: ", b"attachment; filename="]
)  # fmt: skip


def everything(raw: bytes) -> None:
    mail = parse(raw)
    classify(mail, raw)
    assert "\x00" not in mail.text + mail.subject
    (mail.text + mail.subject + (mail.html or "")).encode("utf-8")
    split_text(mail.text, subject=mail.subject)
    split_html(mail.html or "", subject=mail.subject)
    sanitise(mail.html or "")


@given(st.binary(max_size=600))
def test_it_never_raises_on_any_bytes(raw: bytes) -> None:
    everything(raw)


@settings(max_examples=300)
@given(st.lists(st.one_of(MAIL_WORDS, st.binary(max_size=5)), max_size=60))
def test_it_never_raises_on_what_almost_is_mail(words: list[bytes]) -> None:
    everything(b"".join(words))


def test_it_never_raises_on_mutated_real_mail() -> None:
    chance = random.Random(7)
    samples = [case.raw for case in cases()]
    for _ in range(400):
        raw = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 20)):
            where = chance.randrange(len(raw))
            match chance.randrange(4):
                case 0:
                    raw[where] = chance.randrange(256)
                case 1:
                    del raw[where : where + chance.randrange(40)]
                    raw = raw or bytearray(b"x")
                case 2:
                    other = chance.choice(samples)
                    raw[where:where] = other[: chance.randrange(200)]
                case _:
                    raw[where:where] = raw[: chance.randrange(100)]
        everything(bytes(raw))


@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-16", "utf-7", "koi8-u", "big5", "nonsense", "zlib", ""]))
def test_decoded_text_can_always_be_stored(text: str, label: str) -> None:
    result = decode(text.encode("utf-8", "surrogatepass"), label)
    assert "\x00" not in result
    result.encode("utf-8")


def mail(headers: str, body: str = "text", encoding: str = "utf-8") -> bytes:
    return (headers.replace("\n", "\r\n") + "\r\n\r\n" + body).encode(encoding)


@pytest.mark.parametrize("charset", ["koi8-u", "windows-1251", "utf-8"])
def test_it_guesses_raw_8_bit_subjects(charset: str) -> None:
    text = "Не можу надрукувати рахунок, принтер мовчить з понеділка"
    assert parse(mail(f"Subject: {text}\nFrom: a@b.org", encoding=charset)).subject == text


def test_it_joins_encoded_words_cut_inside_a_character() -> None:
    assert decode_header(b"=?utf-8?B?0J8=?= =?utf-8?B?0YDQ?=\r\n =?utf-8?B?uNCy?= x") == "Прив x"
    assert decode_header(b"=?utf-8?Q?a_b?= c =?ISO-8859-1?Q?=E4?=") == "a b c ä"
    assert decode_header(b"=?broken?= =?utf-8?X?a?= ?=") == "=?broken?= =?utf-8?X?a?= ?="


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            b'"Kern, Anna" <anna@example.org>, b@example.org',
            [("Kern, Anna", "anna@example.org"), ("", "b@example.org")],
        ),
        (b"=?utf-8?Q?M=C3=BCller,_Hans?= <h@example.org>", [("Müller, Hans", "h@example.org")]),
        (b"Team: a@x.org, b@x.org; c@x.org", [("", "a@x.org"), ("", "b@x.org"), ("", "c@x.org")]),
        (b"a@x.org (Anna Kern)", [("Anna Kern", "a@x.org")]),
        (b"Anna <anna@example.org", [("Anna", "anna@example.org")]),
        (b'"anna@example.org" <other@example.org>', [("anna@example.org", "other@example.org")]),
        (b"<@relay.org:anna@example.org>", [("", "anna@example.org")]),
        (b"undisclosed-recipients:;", []),
        (b"Anna Kern anna@example.org", [("Anna Kern", "anna@example.org")]),
        (b'"john doe"@example.org', [("", '"john doe"@example.org')]),
        (b"'Anna' <mailto:anna@example.org>", [("Anna", "anna@example.org")]),
    ],
)
def test_it_reads_addresses(raw: bytes, expected: list[tuple[str, str]]) -> None:
    assert [(a.name, a.address) for a in parse_addresses(raw)] == expected


def test_it_reads_parameters() -> None:
    value = parse_parametrised(b"attachment; filename*0*=utf-8''%D0%B7; filename*1*=%D0%B2; filename*2=\".pdf\"")
    assert value.parameters["filename"] == "зв.pdf"
    assert parse_parametrised(b'a/b; name="=?utf-8?B?0LfQstGW0YI=?="').parameters["name"] == "звіт"
    assert parse_parametrised(b"multipart/mixed boundary=abc").parameters["boundary"] == "abc"
    assert parse_parametrised('a/b; name="звіт.pdf"'.encode()).parameters["name"] == "звіт.pdf"


def test_it_reads_message_ids() -> None:
    assert message_ids("<a@b> <c@d>\t<a@b>") == ("a@b", "c@d")
    assert message_ids("a@b") == ("a@b",)


def test_it_keeps_the_offset_of_the_date() -> None:
    assert parse(mail("Date: Sat, 21 Nov 2026 10:00:00 +0200")).date == dt.datetime(
        2026, 11, 21, 10, tzinfo=dt.timezone(dt.timedelta(hours=2))
    )
    for broken in ("", "soon", "Sat, 99 Nov 2026 10:00:00", "1 Jan 0000 00:00:00 +0000", "1 Jan 2026 10:00 +9999"):
        parse(mail(f"Date: {broken}"))


def test_it_stops_a_mime_bomb() -> None:
    parts = b"--x\r\nContent-Type: text/plain\r\n\r\na\r\n" * 5000
    bomb = parse(b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + parts + b"--x--\r\n")
    assert len(bomb.root.leaves()) <= MAX_PARTS
    assert any("parts" in defect for defect in bomb.defects)
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(3000))
    parse(deep + b"\r\nhello")


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b"<" * 500_000,
        b"Subject: " + b"=?utf-8?Q?" * 100_000,
        b"Content-Type: text/plain" + b";a=b" * 100_000 + b"\r\n\r\nx",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000,
        b"Content-Type: text/html\r\n\r\n" + b"&" * 1_000_000,
        b"Content-Type: text/html\r\n\r\n" + b"<font color=1>" * 1000 + b"<p>x" * 100_000,
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + b"--y\r\n" * 200_000,
        b"a:\r\n b\r\n" * 100_000,
    ],
    ids=["angles", "words", "parameters", "divs", "ampersands", "fonts", "delimiters", "headers"],
)
def test_it_stays_fast_on_hostile_mail(raw: bytes) -> None:
    everything(raw)


def test_a_part_without_closing_boundary_is_shown() -> None:
    found = parse(b"From: a@b.org\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n")
    assert found.text.strip() == "hello"
    assert found.defects


def test_it_prefers_from_over_sender() -> None:
    found = parse(mail("Sender: s@b.org\nFrom: nobody\nReply-To: r@b.org"))
    assert found.author == Address("", "s@b.org")


def test_html_only_mail_has_text() -> None:
    found = parse(mail("Content-Type: text/html; charset=utf-8", "<p>Привіт <b>світе</b></p>"))
    assert found.text == "Привіт світе"
    assert html_to_text("") == ""
