"""Automatic mail is recognised by its signs; people are not taken for robots."""

import pytest

from deskbell.channels.mail.automatic import MailClass, classify
from deskbell.channels.mail.parse import parse
from deskbell.channels.mail.tests.agreement import cases


def kind(headers: str, body: str = "Hello", **options: str) -> MailClass:
    raw = f"{headers}\nTo: desk@example.org\n\n{body}\n".encode()
    return classify(parse(raw), raw, **options).kind


@pytest.mark.parametrize(
    "headers",
    [
        "From: a@b.org\nAuto-Submitted: auto-replied",
        "From: a@b.org\nAuto-Submitted: auto-generated; owner-email=x",
        "From: a@b.org\nPrecedence: bulk",
        "From: a@b.org\nPrecedence: auto_reply",
        "From: a@b.org\nX-Autoreply: yes",
        "From: a@b.org\nX-Autorespond: vacation",
        "From: a@b.org\nX-Auto-Response-Suppress: All",
        "Return-Path: <>\nFrom: a@b.org",
        "From: MAILER-DAEMON@b.org",
        "From: no-reply@b.org",
        "From: Shop <noreply+123@b.org>",
        "From: a@b.org\nIn-Reply-To: <x@y>\nSubject: Automatic reply: Printer",
        "From: a@b.org\nIn-Reply-To: <x@y>\nSubject: Автоматична відповідь: Принтер",
        "From: a@b.org\nIn-Reply-To: <x@y>\nSubject: 自動回覆: 印表機",
    ],
)
def test_it_recognises_automatic_mail(headers: str) -> None:
    assert kind(headers) is MailClass.AUTO_REPLY


@pytest.mark.parametrize("headers", ["List-Id: <news.b.org>", "List-Unsubscribe: <mailto:x@y>", "Precedence: list"])
def test_it_recognises_lists(headers: str) -> None:
    assert kind(f"From: a@b.org\n{headers}") is MailClass.LIST


@pytest.mark.parametrize(
    "headers",
    [
        "From: anna@b.org\nSubject: Out of office: how do I set it?",
        "From: anna@b.org\nSubject: Re: Automatic reply of the shop",
        "From: anna@b.org\nAuto-Submitted: no",
        "From: anna@b.org\nX-Auto-Response-Suppress: DR, RN",
        "From: anna@b.org\nSubject: Undeliverable parcel\nReturn-Path: <anna@b.org>",
        "From: anna.noreplyson@b.org",
        "From: anna@b.org\nSubject: Delivery failure of our courier",
    ],
)
def test_it_takes_people_for_people(headers: str) -> None:
    assert kind(headers) is MailClass.PERSON


def test_the_null_sender_of_the_transport_counts() -> None:
    assert kind("From: a@b.org", envelope_sender="") is MailClass.AUTO_REPLY
    assert kind("From: a@b.org", envelope_sender="a@b.org") is MailClass.PERSON


REPORT = """Return-Path: <>
From: MAILER-DAEMON@relay.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

The mail could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 552 5.2.2 <anna@example.org> mailbox full
--b
Content-Type: text/rfc822-headers

Message-ID: <42.token@desk.example>
Subject: Printer
--b--
"""


def test_a_delivery_report_names_message_address_and_cause() -> None:
    raw = REPORT.format(action="failed", status="5.2.2").encode()
    verdict = classify(parse(raw), raw)
    assert verdict.kind is MailClass.BOUNCE
    assert verdict.bounce is not None
    assert verdict.bounce.original_message_ids == ("42.token@desk.example",)
    (recipient,) = verdict.bounce.failed
    assert (recipient.address, recipient.status, recipient.is_permanent) == ("anna@example.org", "5.2.2", True)
    assert "mailbox full" in recipient.text


def test_a_delay_is_no_failure() -> None:
    raw = REPORT.format(action="delayed", status="4.4.1").encode()
    bounce = classify(parse(raw), raw).bounce
    assert bounce is not None
    assert bounce.is_delayed
    assert not bounce.is_permanent


def test_a_person_who_answers_below_a_report_is_a_person() -> None:
    body = "I got this:\n> The following address failed: anna@example.org\n> 550 user unknown"
    assert kind("From: jan@b.org\nSubject: Re: your mail\nIn-Reply-To: <42.t@example.org>", body) is MailClass.PERSON


def test_only_one_message_of_the_parser_set_is_automatic() -> None:
    found = [case.id for case in cases() if classify(parse(case.raw), case.raw).kind is not MailClass.PERSON]
    assert found == ["stalwart/thirdparty/014.eml"]
