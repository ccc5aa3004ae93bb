"""What becomes of a message that goes out."""

from datetime import timedelta
from typing import Any

import pytest

from deskbell.channels.actions.bounced import mark_bounced
from deskbell.channels.actions.queueing import queue_reply, sending_mailbox
from deskbell.channels.actions.sending import send_now
from deskbell.channels.api import (
    InboundState,
    Mailbox,
    OutboundMessage,
    OutboundState,
    deliver_raw,
    resend,
    trace_for_message,
    update_mailbox,
)
from deskbell.channels.mail.bounces import Bounce, FailedRecipient
from deskbell.channels.tests.factories import Recorder, mailbox, raw_mail, run_jobs
from deskbell.kernel.api import SYSTEM, Conflict, Event, NotAllowed, NotFound, clock, store
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as desk

pytestmark = pytest.mark.django_db
ANNA = "anna@customer.example"


@pytest.fixture
def box(server: Recorder) -> Mailbox:
    return mailbox(out_port=server.port, acknowledges=False, sender_name="Service desk")


@pytest.fixture
def asked(box: Mailbox) -> tickets.Ticket:
    result = deliver_raw(raw_mail(mail_id="q1@customer.example", to=box.address), mailbox=box)
    return tickets.Ticket.objects.get(pk=result.ticket_id)


def answer(ticket: tickets.Ticket, text: str = "Try now.", **values: Any) -> tickets.Message:
    colleague = desk.colleague(ticket.department)
    values.setdefault("to", [{"name": "Anna Kern", "address": ANNA}])
    content = tickets.MessageContent(text=text, channel="email", **values)
    return tickets.reply(desk.viewer(colleague), ticket.pk, content)


def state_of(message: tickets.Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.delivery_state, message.delivery_error


def test_an_answer_is_sent_and_its_answer_lands_in_the_ticket(
    server: Recorder, box: Mailbox, asked: tickets.Ticket
) -> None:
    file = store(b"%PDF")
    message = answer(
        asked, html="<p>Try <b>now</b>.</p>", attachments=[tickets.NewAttachment(file, "звіт.pdf", "application/pdf")]
    )
    assert state_of(message)[0] == "queued"
    run_jobs()
    assert state_of(message) == ("sent", "")
    sender, recipients, _raw = server.messages[0]
    assert (sender, recipients) == (box.address, [ANNA])
    mail = server.last()
    assert mail.subject == "Re: Printer"
    assert mail.from_[0].name == "Service desk"
    assert mail.in_reply_to == mail.references == ("q1@customer.example",)
    assert mail.attachments[0].filename == "звіт.pdf"
    assert mail.text.strip() == "Try now."
    assert mail.header("X-Deskbell-Loop")
    assert not mail.header("Auto-Submitted")
    found = trace_for_message(SYSTEM, message.pk)
    assert found is not None
    assert [entry["stage"] for entry in found.entries] == ["queued", "attempt", "accepted"]
    assert "queued as 42" in found.entries[-1]["text"]
    assert mail.reply_to[0].address == box.address.replace("@", f"+{asked.pk}.{asked.reply_token}@")
    back = deliver_raw(
        raw_mail("Works!", to=mail.reply_to[0].address, headers=f"In-Reply-To: <{mail.message_id}>"), mailbox=box
    )
    assert back.ticket_id == asked.pk
    answer(asked, "Good.")
    run_jobs()
    assert server.last().references[:2] == ("q1@customer.example", mail.message_id)


def test_an_acknowledgement_says_that_it_is_automatic(server: Recorder) -> None:
    box = mailbox(out_port=server.port)
    deliver_raw(raw_mail(to=box.address), mailbox=box)
    run_jobs()
    assert server.last().header("Auto-Submitted") == "auto-replied"
    assert server.last().header("Precedence") == "auto_reply"
    assert len(server.messages) == 1


def test_a_note_never_leaves(server: Recorder, asked: tickets.Ticket) -> None:
    tickets.add_note(SYSTEM, asked.pk, tickets.MessageContent(text="secret", channel="email"))
    run_jobs()
    assert server.messages == []
    assert not OutboundMessage.objects.exists()


def test_a_message_is_queued_once(box: Mailbox, asked: tickets.Ticket) -> None:
    message = answer(asked)
    first = queue_reply(message.pk)
    assert queue_reply(message.pk) == first
    assert OutboundMessage.objects.count() == 1


def test_a_refused_recipient_is_shown_in_words_and_can_be_sent_again(server: Recorder, asked: tickets.Ticket) -> None:
    server.answers[ANNA] = "552 5.2.2 mailbox full"
    message = answer(asked)
    run_jobs()
    state, error = state_of(message)
    assert state == "failed"
    assert error == f"Not sent: the server refused {ANNA} (mailbox full). Try another address or resend."
    del server.answers[ANNA]
    outsider = desk.viewer(desk.colleague(desk.department()))
    with pytest.raises(NotFound):
        resend(outsider, message.pk)
    assert OutboundMessage.objects.get().state == OutboundState.FAILED
    reader = desk.viewer(desk.colleague(asked.department, "viewer"))
    with pytest.raises(NotAllowed):
        resend(reader, message.pk)
    resend(desk.viewer(desk.colleague(asked.department)), message.pk)
    assert state_of(message) == ("queued", "")
    with pytest.raises(Conflict):
        resend(SYSTEM, message.pk)
    run_jobs()
    assert state_of(message) == ("sent", "")


def test_it_can_be_sent_to_another_address(server: Recorder, asked: tickets.Ticket) -> None:
    server.answers[ANNA] = "550 5.1.1 user unknown"
    message = answer(asked)
    run_jobs()
    resend(SYSTEM, message.pk, to=[{"name": "Anna", "address": "anna@new.example"}])
    run_jobs()
    assert server.messages[0][1] == ["anna@new.example"]
    assert [a.address for a in server.last().to] == ["anna@new.example"]


def test_only_those_who_did_not_get_it_get_it_again(server: Recorder, asked: tickets.Ticket) -> None:
    server.answers["jan@customer.example"] = "550 5.1.1 user unknown"
    message = answer(asked, cc=[{"name": "Jan", "address": "jan@customer.example"}])
    run_jobs()
    assert state_of(message)[0] == "failed"
    assert "jan@customer.example" in state_of(message)[1]
    server.answers.clear()
    resend(SYSTEM, message.pk)
    run_jobs()
    assert [recipients for _from, recipients, _raw in server.messages] == [[ANNA], ["jan@customer.example"]]
    assert state_of(message) == ("sent", "")


def test_a_busy_server_is_tried_again_later_and_finally_given_up(server: Recorder, asked: tickets.Ticket) -> None:
    server.data_answer = "451 4.3.0 busy"
    start = clock.now()
    message = answer(asked)
    run_jobs()
    row = OutboundMessage.objects.get()
    assert (row.state, row.attempts, row.handed_over_at) == (OutboundState.QUEUED, 1, None)
    assert state_of(message)[0] == "queued"
    waits = []
    with clock.moved_to(start) as moved:
        for _attempt in range(40):
            row.refresh_from_db()
            if row.state == OutboundState.FAILED:
                break
            waits.append(row.next_try_at - clock.now())
            moved.move_to(row.next_try_at)
            run_jobs()
        assert timedelta(hours=48) <= clock.now() - start < timedelta(hours=53)
    assert waits[1] > timedelta(seconds=100)
    assert max(waits) <= timedelta(hours=4, minutes=1)
    assert state_of(message)[0] == "failed"


def test_no_server_is_no_crash(asked: tickets.Ticket, box: Mailbox) -> None:
    update_mailbox(SYSTEM, box.pk, out_port=9)
    message = answer(asked)
    run_jobs()
    state, error = state_of(message)
    assert state == "queued"
    assert "127.0.0.1:9" in error


def test_no_address_and_no_mailbox_are_told(asked: tickets.Ticket, box: Mailbox) -> None:
    message = answer(asked, to=[])
    requester = asked.requester
    requester.contact_points.all().delete()
    run_jobs()
    assert state_of(message)[0] == "failed"
    assert "no address" in state_of(message)[1]
    box.is_active = False
    box.save()
    message = answer(asked)
    run_jobs()
    assert "no mailbox" in state_of(message)[1]


def test_a_crash_before_handing_over_is_repeated(server: Recorder, asked: tickets.Ticket) -> None:
    message = answer(asked)
    queued = queue_reply(message.pk)
    OutboundMessage.objects.filter(pk=queued.pk).update(
        state=OutboundState.SENDING, attempts=1, attempted_at=clock.now()
    )
    assert send_now(queued.pk) == OutboundState.SENDING
    assert server.messages == []
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        assert send_now(queued.pk) == OutboundState.SENT
    assert len(server.messages) == 1


def test_a_crash_while_handing_over_is_never_silently_doubled(server: Recorder, asked: tickets.Ticket) -> None:
    message = answer(asked)
    queued = queue_reply(message.pk)
    OutboundMessage.objects.filter(pk=queued.pk).update(
        state=OutboundState.SENDING, attempted_at=clock.now(), handed_over_at=clock.now()
    )
    with clock.moved_to(clock.now() + timedelta(minutes=5)):
        assert send_now(queued.pk) == OutboundState.FAILED
        assert server.messages == []
        assert "not known" in state_of(message)[1]
        first_id = OutboundMessage.objects.get().mail_id
        resend(SYSTEM, message.pk)
        run_jobs()
    assert server.last().message_id == first_id


def test_sending_twice_sends_once(server: Recorder, asked: tickets.Ticket) -> None:
    queued = queue_reply(answer(asked).pk)
    assert send_now(queued.pk) == send_now(queued.pk) == OutboundState.SENT
    assert len(server.messages) == 1


def test_a_delivery_report_shows_on_its_message(server: Recorder, box: Mailbox, asked: tickets.Ticket) -> None:
    message = answer(asked)
    run_jobs()
    mail_id = server.last().message_id
    report = (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@relay.example\r\nSubject: Undelivered Mail\r\n"
        f"To: {box.address}\r\nMessage-ID: <r@relay.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n'
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        f"Final-Recipient: rfc822; {ANNA}\r\nAction: failed\r\nStatus: 5.2.2\r\n"
        "Diagnostic-Code: smtp; 552 5.2.2 mailbox full\r\n--b\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail_id}>\r\n\r\n--b--\r\n"
    )
    result = deliver_raw(report.encode(), mailbox=box)
    assert (result.state, result.ticket_id) == (InboundState.PROCESSED, asked.pk)
    state, error = state_of(message)
    assert state == "bounced"
    assert "mailbox full" in error
    assert tickets.Ticket.objects.count() == 1
    assert tickets.Ticket.objects.get().message_count == 2
    resend(SYSTEM, message.pk)
    run_jobs()
    assert state_of(message) == ("sent", "")


def test_a_delay_report_changes_nothing(server: Recorder, asked: tickets.Ticket) -> None:
    message = answer(asked)
    run_jobs()
    found = mark_bounced(
        Bounce((FailedRecipient(ANNA, is_permanent=False),), (server.last().message_id,), is_delayed=True)
    )
    assert found == message
    assert state_of(message)[0] == "sent"


def test_answers_come_from_the_mailbox_of_the_department(box: Mailbox, asked: tickets.Ticket) -> None:
    other = mailbox()
    assert sending_mailbox(asked) == box
    tickets.Ticket.objects.filter(pk=asked.pk).update(department=other.department)
    assert sending_mailbox(tickets.Ticket.objects.get(pk=asked.pk)) == other
    child = desk.department(parent=other.department)
    tickets.Ticket.objects.filter(pk=asked.pk).update(department=child)
    assert sending_mailbox(tickets.Ticket.objects.get(pk=asked.pk)) == other


def test_every_change_of_delivery_is_an_event(server: Recorder, asked: tickets.Ticket) -> None:
    message = answer(asked)
    run_jobs()
    states = [e.data["state"] for e in Event.objects.filter(kind="ticket.delivery_changed").order_by("pk")]
    assert states == ["sent"]
    assert message.pk
