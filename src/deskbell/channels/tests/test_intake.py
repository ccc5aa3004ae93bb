"""What becomes of a message that comes in."""

from datetime import timedelta

import pytest

from deskbell.channels.api import (
    InboundMessage,
    InboundState,
    IntakeResult,
    Mailbox,
    OutboundMessage,
    deliver_raw,
    dismiss_parked,
    retry_parked,
)
from deskbell.channels.installation import installation
from deskbell.channels.intake import pipeline
from deskbell.channels.intake.context import Intake
from deskbell.channels.intake.deliver import Arrived, store_several
from deskbell.channels.mail.automatic import LOOP_HEADER
from deskbell.channels.mail.threading import with_key
from deskbell.channels.options import AUTOMATIC_PER_DAY
from deskbell.channels.tests.factories import mailbox, raw_mail, run_jobs, stages
from deskbell.kernel.api import SYSTEM, Invalid, NotAllowed, change, clock, read
from deskbell.kernel.testing import queries_of
from deskbell.people import api as people
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as desk

pytestmark = pytest.mark.django_db

ANNA = "anna@customer.example"


def anna_asks(box: Mailbox, **options: str) -> IntakeResult:
    result = deliver_raw(raw_mail(**options), mailbox=box)
    assert result.state == InboundState.PROCESSED, result.reason
    return result


def token_address(box: Mailbox, ticket_id: int | None) -> str:
    return with_key(box.address, tickets.Ticket.objects.get(pk=ticket_id).reply_key)


def test_a_mail_becomes_a_ticket_of_the_mailbox_department() -> None:
    kind = tickets.Kind.objects.get(code="incident")
    box = mailbox(default_kind_id=kind.pk)
    raw = raw_mail("Hello\n\nThe printer does not print.", subject="=?utf-8?B?0J/RgNC40L3RgtC10YA=?=")
    result = deliver_raw(raw, recipient=box.address, source="smtp", envelope_from=ANNA)
    assert result.state == InboundState.PROCESSED, InboundMessage.objects.get(pk=result.inbound_id).trace[-2:]
    ticket = tickets.Ticket.objects.get(pk=result.ticket_id)
    assert result.is_new_ticket
    assert (ticket.subject, ticket.department_id, ticket.kind.code) == ("Принтер", box.department_id, "incident")
    assert ticket.requester.name == "Anna Kern"
    assert ticket.channel == "email"
    message = tickets.Message.objects.get(pk=result.message_id)
    assert message.text.startswith("Hello")
    assert message.direction == tickets.Direction.IN
    row = InboundMessage.objects.get(pk=result.inbound_id)
    assert read(row.raw) == raw
    assert list(stages(row.pk)) == [
        "received", "parsed", "mailbox", "known", "automatic", "sender", "conversation", "person", "content",
        "ticket", "acknowledgement",
    ]  # fmt: skip


def test_the_person_belongs_to_the_organisation_of_their_domain_and_has_a_language() -> None:
    organisation = people.create_organisation(SYSTEM, name="Customer Oy")
    people.add_domain(SYSTEM, organisation.pk, "customer.example")
    result = anna_asks(
        mailbox(), text="Доброго дня, принтер на третьому поверсі знову не друкує, допоможіть будь ласка."
    )
    requester = tickets.Ticket.objects.get(pk=result.ticket_id).requester
    assert requester.organisation == organisation
    assert requester.language == "uk"


def test_the_same_message_twice_makes_one_ticket() -> None:
    box = mailbox()
    raw = raw_mail(mail_id="once@customer.example")
    first = deliver_raw(raw, mailbox=box)
    again = deliver_raw(b"Received: from another.server\r\n" + raw, mailbox=box)
    assert again.state == InboundState.DUPLICATE
    assert tickets.Ticket.objects.count() == 1
    assert first.ticket_id


def test_another_text_under_a_known_message_id_is_another_message() -> None:
    box = mailbox()
    anna_asks(box, mail_id="same@customer.example")
    anna_asks(box, text="Something else", mail_id="same@customer.example")
    assert tickets.Ticket.objects.count() == 2


def test_a_remote_message_is_stored_once() -> None:
    box = mailbox()
    first = deliver_raw(raw_mail(), mailbox=box, remote_id="7:1")
    second = deliver_raw(raw_mail("other"), mailbox=box, remote_id="7:1")
    assert first.inbound_id == second.inbound_id


@pytest.mark.parametrize("way", ["token", "reference"])
def test_an_answer_lands_in_its_ticket(way: str) -> None:
    box = mailbox()
    first = anna_asks(box, mail_id="first@customer.example")
    if way == "token":
        result = anna_asks(box, text="And the scanner too.", to=token_address(box, first.ticket_id))
    else:
        result = anna_asks(box, text="And the scanner too.", headers="References: <first@customer.example>")
    assert result.ticket_id == first.ticket_id
    assert not result.is_new_ticket
    assert tickets.Ticket.objects.get().message_count == 3  # with the acknowledgement


def test_the_subject_alone_never_decides() -> None:
    box = mailbox()
    first = anna_asks(box)
    second = anna_asks(box, subject=f"Re: Printer [#{first.ticket_id}]")
    assert second.ticket_id != first.ticket_id


def test_a_stranger_with_the_token_gets_a_ticket_of_their_own() -> None:
    box = mailbox()
    first = anna_asks(box)
    before = tickets.Ticket.objects.get(pk=first.ticket_id).version
    result = deliver_raw(
        raw_mail("Let me in", sender="mallory@evil.example", to=token_address(box, first.ticket_id)), mailbox=box
    )
    assert result.state == InboundState.PROCESSED
    assert result.ticket_id != first.ticket_id
    assert tickets.Ticket.objects.get(pk=first.ticket_id).version == before
    note = tickets.Message.objects.get(ticket_id=result.ticket_id, kind=tickets.MessageKind.NOTE)
    assert f"#{first.ticket_id}" in note.text


OLD_TOKEN, WRONG = "abcdefghijkmnpqrst23", "b2b2b2b2b2b2"


@pytest.mark.parametrize("way", ["address", "message id"])
@pytest.mark.parametrize(
    "key",
    [
        "{number}." + WRONG,
        "{other}.{token}",  # of another ticket
        "99999999.{token}",  # of no ticket
        "999999999999999999.{token}",
        "{token}",
        OLD_TOKEN,
        "{number}." + OLD_TOKEN,
        "{old}." + WRONG,
        "{old}." + OLD_TOKEN,
    ],
)
def test_a_key_that_is_not_right_names_no_ticket(way: str, key: str) -> None:
    box = mailbox()
    first, other, old = (tickets.Ticket.objects.get(pk=anna_asks(box, text=text).ticket_id) for text in "abc")
    tickets.Ticket.objects.filter(pk=old.pk).update(reply_token=OLD_TOKEN[::-1])
    key = key.format(number=first.pk, other=other.pk, old=old.pk, token=first.reply_token)
    answer = {"to": with_key(box.address, key)} if way == "address" else {"headers": f"In-Reply-To: <1.{key}@x>"}
    result = anna_asks(box, text="And the scanner too.", **answer)
    assert result.is_new_ticket
    assert stages(result.inbound_id)["conversation"] == "no conversation of ours"
    assert not tickets.Message.objects.filter(ticket_id=result.ticket_id, kind=tickets.MessageKind.NOTE).exists()


@pytest.mark.parametrize("way", ["address", "message id", "upper case"])
@pytest.mark.parametrize("age", ["new", "old"])
def test_a_right_key_names_its_ticket_though_its_mail_is_not_known(way: str, age: str) -> None:
    box = mailbox()
    first, _other = anna_asks(box), anna_asks(box, text="x")
    if age == "old":
        tickets.Ticket.objects.filter(pk=first.ticket_id).update(reply_token=OLD_TOKEN)
    key = tickets.Ticket.objects.get(pk=first.ticket_id).reply_key
    assert key == (OLD_TOKEN if age == "old" else f"{first.ticket_id}.{key[-12:]}")
    ways = {
        "address": {"to": with_key(box.address, key)},
        "message id": {"headers": f"References: <1.{key}@x>"},
        "upper case": {"to": with_key(box.address, key).upper()},
    }
    assert anna_asks(box, text="And the scanner too.", **ways[way]).ticket_id == first.ticket_id


@pytest.mark.parametrize("age", ["new", "old"])
def test_the_key_of_a_merged_ticket_leads_to_where_it_was_merged(age: str) -> None:
    box = mailbox()
    first, second = anna_asks(box), anna_asks(box, text="x")
    if age == "old":
        tickets.Ticket.objects.filter(pk=first.ticket_id).update(reply_token=OLD_TOKEN)
    tickets.merge(SYSTEM, first.ticket_id or 0, second.ticket_id or 0)
    result = anna_asks(box, text="And the scanner too.", to=token_address(box, first.ticket_id))
    assert result.ticket_id == second.ticket_id


def test_keys_of_several_tickets_are_looked_up_at_once() -> None:
    box = mailbox()
    found = [tickets.Ticket.objects.get(pk=anna_asks(box, text=text).ticket_id) for text in "abc"]
    tickets.Ticket.objects.filter(pk=found[1].pk).update(reply_token=OLD_TOKEN)
    keys = [tickets.Ticket.objects.get(pk=each.pk).reply_key for each in found]
    assert list(tickets.by_reply_key([*keys, f"{found[0].pk}.{WRONG}"]).items()) == list(zip(keys, found, strict=True))
    assert queries_of(lambda: tickets.by_reply_key(keys)) == 1


def test_the_note_about_another_ticket_never_crosses_departments() -> None:
    first = anna_asks(box := mailbox())
    other = mailbox()
    result = deliver_raw(
        raw_mail("x", sender="mallory@evil.example", to=token_address(box, first.ticket_id)), mailbox=other
    )
    assert not tickets.Message.objects.filter(ticket_id=result.ticket_id, kind=tickets.MessageKind.NOTE).exists()
    assert f"#{first.ticket_id}" not in str(InboundMessage.objects.get(pk=result.inbound_id).trace)


def test_a_colleague_by_mail_is_parked() -> None:
    box = mailbox()
    first = anna_asks(box)
    colleague = desk.colleague(box.department, email="tom@desk.example")
    result = deliver_raw(
        raw_mail("x", sender=str(colleague.email), to=token_address(box, first.ticket_id)), mailbox=box
    )
    assert (result.state, InboundMessage.objects.get(pk=result.inbound_id).sign) == (InboundState.PARKED, "colleague")


def test_others_it_was_written_to_take_part_and_may_answer() -> None:
    box = mailbox()
    first = anna_asks(box, headers=f"Cc: Jan <jan@customer.example>, {box.address}, noreply@customer.example")
    ticket = tickets.Ticket.objects.get(pk=first.ticket_id)
    assert [p.user.email for p in ticket.participants.all()] == ["jan@customer.example"]
    answer = deliver_raw(
        raw_mail("me too", sender="jan@customer.example", to=token_address(box, ticket.pk)), mailbox=box
    )
    assert answer.ticket_id == ticket.pk


def test_an_answer_to_a_ticket_closed_long_ago_becomes_a_new_one() -> None:
    box = mailbox()
    first = anna_asks(box, mail_id="old@customer.example")
    tickets.change_state(SYSTEM, first.ticket_id or 0, "resolved", resolution="done")
    with clock.moved_to(clock.now() + timedelta(days=90)):
        result = deliver_raw(raw_mail("again", headers="In-Reply-To: <old@customer.example>"), mailbox=box)
    assert result.is_new_ticket
    assert (
        f"#{first.ticket_id}"
        in tickets.Message.objects.get(ticket_id=result.ticket_id, kind=tickets.MessageKind.NOTE).text
    )


def test_a_new_ticket_is_acknowledged_once_in_the_language_of_its_person() -> None:
    box = mailbox()
    result = anna_asks(box, text="Dzień dobry, drukarka na trzecim piętrze znowu nie drukuje, proszę o pomoc.")
    run_jobs()
    message = tickets.Message.objects.get(ticket_id=result.ticket_id, is_automatic=True)
    assert message.text.startswith("Dzień dobry, Anna Kern")
    assert message.to == [{"name": "Anna Kern", "address": ANNA}]
    assert OutboundMessage.objects.get().kind == "acknowledgement"
    ticket = tickets.Ticket.objects.get(pk=result.ticket_id)
    assert ticket.state_category == tickets.StateCategory.NEW
    assert ticket.first_response_at is None


@pytest.mark.parametrize("headers", ["Auto-Submitted: auto-generated", "List-Id: <x.y>", "Precedence: bulk"])
def test_a_machine_gets_a_ticket_and_no_answer(headers: str) -> None:
    result = anna_asks(mailbox(), headers=headers)
    assert result.is_new_ticket
    message = tickets.Message.objects.get(ticket_id=result.ticket_id)
    assert message.is_automatic


def test_an_out_of_office_answer_changes_nothing() -> None:
    box = mailbox()
    first = anna_asks(box, mail_id="first@customer.example")
    tickets.change_state(SYSTEM, first.ticket_id or 0, "resolved", resolution="done")
    result = anna_asks(
        box, text="I am away", headers="Auto-Submitted: auto-replied\nIn-Reply-To: <first@customer.example>"
    )
    ticket = tickets.Ticket.objects.get(pk=first.ticket_id)
    assert result.ticket_id == ticket.pk
    assert ticket.state_category == tickets.StateCategory.RESOLVED


def test_an_automatic_answer_to_nothing_is_parked() -> None:
    result = deliver_raw(raw_mail(headers="Auto-Submitted: auto-replied"), mailbox=mailbox())
    assert result.state == InboundState.PARKED
    assert not tickets.Ticket.objects.exists()


def test_one_address_gets_only_so_many_acknowledgements_a_day() -> None:
    box = mailbox()
    change(SYSTEM, AUTOMATIC_PER_DAY.name, 3)
    for number in range(5):
        anna_asks(box, text=f"question {number}")
    assert tickets.Message.objects.filter(is_automatic=True).count() == 3
    assert tickets.Ticket.objects.count() == 5


@pytest.mark.parametrize(
    ("options", "sign"),
    [
        ({"headers": f"{LOOP_HEADER}: INSTALLATION"}, "own_loop"),
        ({"sender": ""}, "no_sender"),
        ({"sender": "not an address"}, "no_sender"),
        ({"sender": "a@b@c"}, "bad_sender"),
        ({"sender": "DESK"}, "own_address"),
    ],
)
def test_what_is_in_doubt_is_parked_with_its_reason(options: dict[str, str], sign: str) -> None:
    box = mailbox()
    options = {
        name: value.replace("INSTALLATION", installation()).replace("DESK", box.address)
        for name, value in options.items()
    }
    result = deliver_raw(raw_mail(**options), mailbox=box)
    row = InboundMessage.objects.get(pk=result.inbound_id)
    assert (row.state, row.sign) == (InboundState.PARKED, sign)
    assert row.reason
    assert not tickets.Ticket.objects.exists()


def test_mail_of_a_blocked_person_is_parked() -> None:
    box = mailbox()
    first = anna_asks(box)
    requester = tickets.Ticket.objects.get(pk=first.ticket_id).requester
    people.set_blocked(SYSTEM, requester.pk, blocked=True)
    assert deliver_raw(raw_mail("again"), mailbox=box).state == InboundState.PARKED


def test_mail_for_nobody_is_parked_and_can_be_given_to_a_mailbox() -> None:
    one, _two = mailbox(), mailbox()
    result = deliver_raw(raw_mail(to="else@where.example"))
    assert result.state == InboundState.PARKED
    with pytest.raises(NotAllowed):
        retry_parked(desk.viewer(desk.colleague(one.department)), result.inbound_id, mailbox_id=one.pk)
    assert retry_parked(SYSTEM, result.inbound_id, mailbox_id=one.pk).is_new_ticket
    with pytest.raises(Invalid):
        retry_parked(SYSTEM, result.inbound_id)


def test_a_parked_message_can_be_set_aside_and_is_kept() -> None:
    result = deliver_raw(raw_mail(sender=""), mailbox=mailbox())
    dismiss_parked(SYSTEM, result.inbound_id)
    row = InboundMessage.objects.get(pk=result.inbound_id)
    assert row.state == InboundState.DISMISSED
    assert read(row.raw)


def test_a_failure_inside_parks_the_message_with_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox()
    broken = list(pipeline.STAGES)

    def fail(_intake: Intake) -> None:
        raise RuntimeError("no such luck")

    broken[-2] = ("ticket", fail)
    monkeypatch.setattr(pipeline, "STAGES", tuple(broken))
    result = deliver_raw(raw_mail(), mailbox=box)
    assert result.state == InboundState.PARKED
    row = InboundMessage.objects.get(pk=result.inbound_id)
    error = next(entry for entry in row.trace if entry["stage"] == "error")
    assert "no such luck" in error["data"]["traceback"]
    assert not people.User.objects.filter(email=ANNA).exists()
    monkeypatch.undo()
    assert retry_parked(SYSTEM, row.pk).is_new_ticket


def test_a_stored_message_left_by_a_crash_is_finished_later() -> None:
    box = mailbox()
    row = store_several([Arrived(raw_mail(), mailbox=box, source="smtp")])[0]
    assert pipeline.recover(older_than=timedelta(minutes=1)) == 0
    with clock.moved_to(clock.now() + timedelta(minutes=2)):
        assert pipeline.recover(older_than=timedelta(minutes=1)) == 1
    row.refresh_from_db()
    assert row.state == InboundState.PROCESSED


def test_html_quotes_and_inline_pictures_are_taken_in() -> None:
    box = mailbox()
    raw = (
        b"From: anna@customer.example\r\nTo: x@y\r\nSubject: Picture\r\nMessage-ID: <p@customer.example>\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        b'<p onclick="x()">See <img src="cid:i1"><img src="https://t.example/p.gif"></p>'
        b'<blockquote type="cite">old</blockquote>\r\n--b\r\nContent-Type: image/png; name="a.png"\r\n'
        b"Content-ID: <i1>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
    )
    message = tickets.Message.objects.get(pk=deliver_raw(raw, mailbox=box).message_id)
    assert 'src="cid:i1"' in message.html
    assert "onclick" not in message.html
    assert message.has_remote_images
    assert "old" in message.quoted_html
    assert "old" not in message.html
    attachment = message.attachments.get()
    assert (attachment.name, attachment.content_id, attachment.is_inline) == ("a.png", "i1", True)


def test_a_hostile_name_and_text_are_stored_as_they_are() -> None:
    raw = raw_mail(
        "\u202etext 😀 '; drop table", sender="'\u202eEvil\u0000\" <evil@customer.example>", subject="\u202e'; --"
    )
    result = deliver_raw(raw.replace(b"text", b"te\x00xt"), mailbox=mailbox())
    assert result.state == InboundState.PROCESSED, InboundMessage.objects.get(pk=result.inbound_id).trace[-2:]
    assert "😀" in tickets.Message.objects.get(pk=result.message_id).text


def test_two_mailboxes_of_one_ticket_take_a_message_once() -> None:
    box = mailbox()
    other = mailbox(box.department)
    first = anna_asks(box)
    answer = raw_mail("more", to=f"{token_address(box, first.ticket_id)}, {other.address}")
    assert deliver_raw(answer, mailbox=box).ticket_id == first.ticket_id
    assert deliver_raw(answer, mailbox=other).state == InboundState.DUPLICATE
