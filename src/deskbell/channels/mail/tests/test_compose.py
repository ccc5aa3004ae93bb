"""What we send can be read back, and no value can add a header."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbell.channels.mail.addresses import Address
from deskbell.channels.mail.automatic import MailClass, classify
from deskbell.channels.mail.compose import OutgoingFile, OutgoingMail, UnusableAddress, compose, needs_utf8
from deskbell.channels.mail.header_writing import ascii_address, one_line
from deskbell.channels.mail.parse import ParsedMail, parse
from deskbell.channels.mail.threading import (
    hints,
    key_of_message_id,
    own_message_id,
    references_for,
    same_address,
    with_key,
)

WHEN = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)


def outgoing(**changes: object) -> OutgoingMail:
    values: dict[str, object] = {
        "message_id": "12.token@example.org",
        "from_": Address("Service desk", "desk@example.org"),
        "to": [Address("Анна Керн", "anna@example.org")],
        "subject": "Принтер",
        "text": "Привіт",
        "date": WHEN,
    }
    return OutgoingMail(**(values | changes))  # type: ignore[arg-type]


def sent(**changes: object) -> ParsedMail:
    return parse(compose(outgoing(**changes)))


@settings(max_examples=200)
@given(st.text(max_size=300), st.text(max_size=120), st.text(max_size=500))
def test_subject_name_and_text_come_back(subject: str, name: str, text: str) -> None:
    found = sent(subject=subject, from_=Address(name, "desk@example.org"), text=text)
    assert found.subject == " ".join(one_line(subject).split())
    # Quotes around a name may be taken for the sender's own and dropped when reading.
    assert found.from_[0].name.strip("' ") == one_line(name).strip().strip("' ")
    assert found.from_[0].address == "desk@example.org"
    assert found.text.split() == text.replace("\x00", "").split()
    assert len(found.to) == 1
    assert not found.cc
    assert found.date == WHEN
    assert not found.defects


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=120), st.binary(max_size=200))
def test_files_come_back_under_their_names(name: str, content: bytes) -> None:
    found = sent(files=[OutgoingFile(name, "application/pdf", content)], html="<p>x</p>")
    assert len(found.attachments) == 1
    assert found.attachments[0].content == content
    expected = one_line(name).replace("/", "_").replace("\\", "_")[:200].strip() or "file"
    assert found.attachments[0].filename == expected


@given(st.text(max_size=80))
def test_no_value_adds_a_header(text: str) -> None:
    evil = f"x{text}\r\nBcc: victim@example.org\r\n\r\nbody"
    found = sent(
        subject=evil,
        to=[Address(evil, "a@example.org")],
        installation=evil,
        language=evil,
        in_reply_to=evil,
        references=[evil],
        message_id=evil,
    )
    assert not found.bcc
    assert len(found.headers) == 12
    assert found.text.strip() == "Привіт"


@pytest.mark.parametrize(
    "address",
    ["", "anna", "anna@", "@example.org", "a b@example.org", "a@b\r\nRCPT TO:<c@d>", "a@b,c@d", "<a@b>", "a@[x y]"],
)
def test_it_refuses_what_is_no_address(address: str) -> None:
    with pytest.raises(UnusableAddress):
        compose(outgoing(to=[Address("", address)]))


def test_it_writes_international_domains_in_ascii() -> None:
    assert ascii_address("desk@приклад.укр") == "desk@xn--80aikifvh.xn--j1amh"
    assert needs_utf8(outgoing(to=[Address("", "дмитро@example.org")]))
    assert sent(to=[Address("", "дмитро@example.org")]).to[0].address == "дмитро@example.org"


def test_an_inline_image_stays_inline() -> None:
    found = sent(
        html='<p>see <img src="cid:i1"></p>',
        files=[OutgoingFile("a.png", "image/png", b"PNG", "i1"), OutgoingFile("b.pdf", "application/pdf", b"PDF")],
    )
    assert [(f.filename, f.content_id, f.is_inline) for f in found.attachments] == [
        ("a.png", "i1", True),
        ("b.pdf", "", False),
    ]
    assert found.root.content_type == "multipart/mixed"
    assert "cid:i1" in (found.html or "")
    assert found.text.strip() == "Привіт"


def test_automatic_mail_says_so_and_is_recognised() -> None:
    raw = compose(outgoing(is_automatic=True, in_reply_to="a@b", installation="here"))
    found = parse(raw)
    assert found.header("Auto-Submitted") == "auto-replied"
    assert classify(found, raw).kind is MailClass.AUTO_REPLY
    assert classify(found, raw, installation="here").kind is MailClass.OWN_LOOP
    ordinary = compose(outgoing(installation="here"))
    assert classify(parse(ordinary), ordinary, installation="elsewhere").kind is MailClass.PERSON


def test_lines_stay_within_the_limit() -> None:
    raw = compose(
        outgoing(subject="x" * 900 + "ї" * 300, references=[f"{i}@example.org" for i in range(60)], text="ї" * 5000)
    )
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize("key", ["10001.k3j9x2m4q8ab", "999999999999999999.k3j9x2m4q8ab", "abcdefghijkmnpqrst23"])
def test_a_key_is_found_wherever_the_answer_carries_it(key: str) -> None:
    message_id = own_message_id(key, "42", "example.org")
    assert key_of_message_id(f"<{message_id}>") == key
    by_address = parse(f"To: Desk <{with_key('desk@example.org', key).upper()}>\r\n\r\n".encode())
    by_reference = parse(f"References: <x@y>\r\n <{message_id}>\r\n\r\n".encode())
    by_delivery = parse(f"Delivered-To: {with_key('desk+old@example.org', key)}\r\n\r\n".encode())
    for found in (by_address, by_reference, by_delivery):
        assert hints(found).reply_keys == (key,)
    assert hints(parse(b"To: desk+short@example.org\r\nIn-Reply-To: <1.x@y>\r\n\r\n")).reply_keys == ()


@pytest.mark.parametrize(
    "detail",
    [
        "10001", "k3j9x2m4q8ab", "10001.", "10001.k3j9x2m4q8a", "10001.k3j9x2m4q8abc", "010001.k3j9x2m4q8ab",
        "0.k3j9x2m4q8ab", "-1.k3j9x2m4q8ab", "10001.k3j9x2m4q8a!", "9223372036854775808.k3j9x2m4q8ab",
        "9" * 400 + ".k3j9x2m4q8ab", "١٠٠٠١.k3j9x2m4q8ab", "10001.abcdefghijkmnpqrst23", "abcdefghijkmnpqrst2",
    ],
)  # fmt: skip
def test_what_looks_like_no_key_of_ours_is_none(detail: str) -> None:
    mail = parse(f"To: desk+{detail}@example.org\r\nReferences: <42.{detail}@example.org>\r\n\r\n".encode())
    assert hints(mail, envelope_recipients=(f"desk+{detail}@example.org",)).reply_keys == ()


def test_a_reply_address_is_never_longer_than_an_address_may_be() -> None:
    key = "9999999.k3j9x2m4q8ab"
    longest = "d" * (64 - 1 - len(key))
    assert with_key(f"{longest}@example.org", key) == f"{longest}+{key}@example.org"
    assert with_key(f"{longest}d@example.org", key) == f"{longest}d@example.org"
    assert with_key(f"{'ї' * 30}@example.org", key) == f"{'ї' * 30}@example.org"


def test_references_are_bounded_and_end_with_the_parent() -> None:
    ids = tuple(f"{i}@example.org" for i in range(100))
    found = references_for(ids, "parent@example.org")
    assert len(found) == 40
    assert (found[0], found[-1]) == ("0@example.org", "parent@example.org")
    assert sum(map(len, references_for(tuple("x" * 800 + i for i in ids), "p@q"))) < 3000


def test_plus_detail_and_case_do_not_make_another_mailbox() -> None:
    assert same_address("Desk+abc@Example.org", Address("", "desk@example.org"))
    assert not same_address("desk@example.org", "desk@example.com")
