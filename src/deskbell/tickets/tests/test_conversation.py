"""Locks against writing over each other, reopening, odd text, drafts, uploads, delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskbell.kernel.api import SYSTEM, Conflict, Event, Invalid, NotAllowed, NotFound, clock, reference
from deskbell.kernel.testing import queries_of
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db
Content = tickets.MessageContent


def test_answering_over_a_newer_message_is_stopped_and_nothing_is_written() -> None:
    it = make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person()
    ticket = make.ticket(it, anna)
    seen = tickets.ticket_page(maria, ticket.pk).last_message_id
    tickets.save_draft(maria, ticket.pk, "public", "", "half an answer", seen_message_id=seen)
    tickets.receive(make.viewer(anna), ticket.pk, Content(text="never mind"))
    before = (make.reload(ticket).version, Event.objects.count())
    for write in (tickets.reply, tickets.add_note):
        with pytest.raises(Conflict, match="newer message"):
            write(maria, ticket.pk, Content(text="an answer"), seen_message_id=seen)
    assert (make.reload(ticket).version, Event.objects.count()) == before
    draft = tickets.get_draft(maria, ticket.pk, "public")
    assert draft is not None
    assert draft.text == "half an answer"
    newest = tickets.ticket_page(maria, ticket.pk).last_message_id
    tickets.reply(maria, ticket.pk, Content(text="an answer"), seen_message_id=newest)
    assert tickets.get_draft(maria, ticket.pk, "public") is None


def test_changing_what_somebody_changed_meanwhile_is_stopped() -> None:
    it = make.department()
    maria, jan = make.viewer(make.colleague(it)), make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    tickets.take(jan, ticket.pk)
    now = make.reload(ticket).version
    for change in (
        lambda: tickets.change_subject(maria, ticket.pk, "x", seen_version=ticket.version),
        lambda: tickets.assign(maria, ticket.pk, maria.user_id, seen_version=ticket.version),
        lambda: tickets.classify(maria, ticket.pk, impact=1, seen_version=ticket.version),
        lambda: tickets.set_fields(maria, ticket.pk, {}, seen_version=ticket.version),
        lambda: tickets.change_state(maria, ticket.pk, "in_progress", seen_version=ticket.version),
    ):
        with pytest.raises(Conflict):
            change()
    assert (make.reload(ticket).version, make.reload(ticket).assignee_id) == (now, jan.user_id)


def test_an_answer_soon_after_the_end_reopens_later_it_becomes_a_new_linked_ticket() -> None:
    it = make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person("Anna")
    ticket = make.ticket(it, anna)
    with clock.moved_to(clock.now()) as moved:
        tickets.change_state(maria, ticket.pk, "resolved", resolution="Restarted")
        moved.advance(timedelta(days=13))
        again, created = tickets.reopen_as_requester(make.viewer(anna), ticket.pk, "Still broken")
        assert (again.pk, created, make.reload(ticket).state.code) == (ticket.pk, False, "in_progress")
        assert make.reload(ticket).reopen_count == 1
        tickets.close_as_requester(make.viewer(anna), ticket.pk)
        moved.advance(timedelta(days=15))
        assert tickets.customer_ticket(make.viewer(anna), ticket.pk).becomes_new
        later, created = tickets.reopen_as_requester(make.viewer(anna), ticket.pk, "Again")
        assert created
        assert later.pk != ticket.pk
        assert make.reload(ticket).state_category in {"closed", "resolved"}
        assert tickets.TicketLink.objects.filter(source=later, target=ticket, kind="related_to").exists()


def test_mail_long_after_the_end_becomes_a_new_ticket_even_where_the_portal_offers_nothing() -> None:
    it = make.department(takes_portal_tickets=False)
    anna = make.person()
    ticket = make.ticket(it, anna)
    with clock.moved_to(clock.now()) as moved:
        tickets.change_state(SYSTEM, ticket.pk, "cancelled", reason="spam")
        moved.advance(timedelta(days=20))
        fallback = tickets.NewTicket(
            subject="Re: it", content=Content(text=""), department_id=it.pk, requester_id=anna.pk
        )
        message, new, created = tickets.receive_or_new(
            make.viewer(anna), ticket.pk, Content(text="hello?", channel="email"), fallback
        )
    assert created
    assert (message.text, message.ticket_id, new.subject) == ("hello?", new.pk, "Re: it")


def test_a_stranger_cannot_write_on_a_ticket() -> None:
    ticket = make.ticket(make.department())
    before = make.reload(ticket).version
    for write in (
        lambda viewer: tickets.receive(viewer, ticket.pk, Content(text="hi")),
        lambda viewer: tickets.close_as_requester(viewer, ticket.pk),
        lambda viewer: tickets.reopen_as_requester(viewer, ticket.pk, "hi"),
    ):
        with pytest.raises(NotFound):
            write(make.viewer(make.person()))
    assert make.reload(ticket).version == before


ODD = "a\x00b \u202eright to left\u200f 👩🏽‍🔧 '; DROP TABLE tickets_ticket; -- <script>"


def test_odd_text_is_stored_as_it_is_except_for_nul() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    ticket = make.ticket(it, subject=ODD, text=ODD, tags=[ODD[:20]])
    kept = ODD.replace("\x00", "")
    assert make.first_message(ticket).text == kept
    assert ticket.subject == kept
    tickets.change_subject(maria, ticket.pk, ODD + "!")
    tickets.add_note(maria, ticket.pk, Content(text=ODD, html=f"<p>{ODD}</p>"))
    tickets.set_tags(maria, ticket.pk, ["\x00", ODD[:30]])
    tickets.save_draft(maria, ticket.pk, "note", ODD, ODD, {"subject": ODD, "to": [ODD]})
    tickets.transfer(maria, ticket.pk, make.department().pk, note=ODD)
    assert tickets.upload_attachment(maria, ODD + ".txt", "text/\x00plain", b"x").content_type == "text/plain"
    assert make.reload(ticket).subject == kept + "!"


def test_ten_megabytes_of_text_are_accepted_and_found_by_their_beginning() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    text = "beginning " + " ".join(f"word{number}" for number in range(1_000_000))
    assert len(text) > 10_000_000
    ticket = make.ticket(it, text=text)
    assert make.first_message(ticket).text == text
    assert [row.id for row in tickets.search_tickets(maria, "beginning")] == [ticket.pk]
    assert len(make.reload(ticket).last_message_preview) <= 200


def test_lists_show_the_newest_message_whether_a_ticket_is_open_ended_or_opened_again() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    ticket = make.ticket(it)

    def shown() -> tuple[str, str]:
        every = tuple(category.value for category in tickets.StateCategory)
        rows = tickets.queue(maria, tickets.QueueFilter(view="all", state_categories=every)).rows
        assert [row.id for row in rows] == [ticket.pk]
        return make.reload(ticket).last_message_preview, rows[0].preview

    tickets.reply(maria, ticket.pk, tickets.MessageContent(text="First\n  words"))
    assert shown() == ("First words", "First words")
    tickets.change_state(maria, ticket.pk, "resolved", resolution="Restarted")
    assert shown() == ("", "First words")
    tickets.add_note(maria, ticket.pk, tickets.MessageContent(text="A\tnote " + "x" * 300))
    assert shown() == ("", "A note " + "x" * 193)
    tickets.change_state(maria, ticket.pk, "in_progress", reason="Again")
    assert shown() == ("", "A note " + "x" * 193)
    tickets.reply(maria, ticket.pk, tickets.MessageContent(text="An answer"))
    assert shown() == ("An answer", "An answer")


def test_a_message_needs_words_or_a_file() -> None:
    it = make.department()
    maria = make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    with pytest.raises(Invalid):
        tickets.reply(maria, ticket.pk, Content(text=" \x00\n"))
    upload = tickets.upload_attachment(maria, "a.txt", "text/plain", [b"one", b"two"])
    message = tickets.reply(maria, ticket.pk, Content(text="", attachment_ids=[upload.pk]))
    assert tickets.attachment_for_viewer(maria, upload.pk).message_id == message.pk
    with pytest.raises(NotFound):
        tickets.remove_upload(maria, upload.pk)


def test_an_upload_is_its_owners_until_it_is_sent() -> None:
    it = make.department()
    maria, jan = make.viewer(make.colleague(it)), make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    upload = tickets.upload_attachment(maria, "../../etc/passwd", "", b"x", ticket_id=ticket.pk)
    assert upload.name == "passwd"
    with pytest.raises(NotFound):
        tickets.attachment_for_viewer(jan, upload.pk)
    with pytest.raises(Invalid):
        tickets.reply(jan, ticket.pk, Content(text="x", attachment_ids=[upload.pk]))
    assert tickets.Message.objects.filter(ticket=ticket).count() == 1
    tickets.remove_upload(maria, upload.pk)
    with pytest.raises(NotFound):
        tickets.attachment_for_viewer(maria, upload.pk)


def test_too_large_a_file_is_refused_by_name_and_limit() -> None:
    maria = make.viewer(make.colleague(make.department()))
    with pytest.raises(Invalid, match=r"“big\.bin” is larger than 25 MB"):
        tickets.upload_attachment(maria, "big.bin", "", (b"x" * 1024 * 1024 for _number in range(26)))
    assert not tickets.Attachment.objects.exists()


def test_names_of_files_keep_their_ending() -> None:
    assert tickets.file_name("C:\\tmp\\report.pdf") == "report.pdf"
    assert tickets.file_name("\x00\r\n..") == "file"
    long = tickets.file_name("я" * 400 + ".docx")
    assert (len(long), long[-5:]) == (255, ".docx")


def test_delivery_is_told_once_per_change() -> None:
    it = make.department()
    message = make.first_message(make.ticket(it))
    tickets.set_delivery(message.pk, "failed", "mailbox full\x00")
    tickets.set_delivery(message.pk, "failed", "mailbox full")
    event = Event.objects.get(kind="ticket.delivery_changed")
    assert (event.changes["delivery_state"], event.data["error"]) == (["none", "failed"], "mailbox full")
    with pytest.raises(NotFound):
        tickets.set_delivery(0, "sent")


def test_reading_makes_a_row_plain_and_a_new_message_bold_again() -> None:
    it = make.department()
    maria, anna = make.viewer(make.colleague(it)), make.person()
    ticket = make.ticket(it, anna)

    def unread() -> bool:
        return tickets.queue(maria, tickets.QueueFilter()).rows[0].unread

    assert unread()
    tickets.mark_read(maria, ticket.pk)
    assert not unread()
    tickets.receive(make.viewer(anna), ticket.pk, Content(text="more"))
    assert unread()
    tickets.reply(maria, ticket.pk, Content(text="answer"))
    assert not unread()
    tickets.mark_unread(maria, ticket.pk)
    assert unread()


def test_a_mention_waits_in_its_view_until_the_ticket_is_read() -> None:
    it = make.department()
    maria, jan = make.viewer(make.colleague(it)), make.colleague(it)
    ticket = make.ticket(it)
    tickets.add_note(maria, ticket.pk, Content(text="@jan", mentioned=[jan.pk]))
    named = make.viewer(jan)
    assert tickets.view_counts(named)["mentions"] == 1
    assert [row.id for row in tickets.queue(named, tickets.QueueFilter(view="mentions")).rows] == [ticket.pk]
    beside = make.viewer(make.colleague(it))
    tickets.add_note(maria, ticket.pk, Content(text="@beside", mentioned=[beside.user_id or 0]))
    tickets.add_note(maria, make.ticket(it).pk, Content(text="@jan", mentioned=[jan.pk]))
    assert tickets.view_counts(named)["mentions"] == 2
    tickets.mark_read(named, ticket.pk)
    assert tickets.view_counts(named)["mentions"] == 1
    assert tickets.view_counts(beside)["mentions"] == 1


def test_who_does_not_see_a_ticket_cannot_mark_it_read() -> None:
    ticket = make.ticket(make.department())
    stranger = make.viewer(make.colleague(make.department()))
    with pytest.raises(NotFound):
        tickets.mark_read(stranger, ticket.pk)
    assert not tickets.TicketRead.objects.filter(ticket=ticket, user_id=stranger.user_id).exists()


def test_marking_read_is_one_statement() -> None:
    it = make.department()
    ticket, maria = make.ticket(it), make.viewer(make.colleague(it))
    with reference.held():
        tickets.mark_read(maria, ticket.pk)
        assert queries_of(lambda: tickets.mark_read(maria, ticket.pk)) == 1


def test_drafts_belong_to_one_person_and_one_kind() -> None:
    it = make.department()
    maria, jan = make.viewer(make.colleague(it)), make.viewer(make.colleague(it))
    ticket = make.ticket(it)
    first = tickets.save_draft(maria, ticket.pk, "note", "<p>a</p>", "a", seen_message_id=5)
    again = tickets.save_draft(maria, ticket.pk, "note", "<p>b</p>", "b", seen_message_id=9)
    assert (again.pk, again.text, again.seen_message_id) == (first.pk, "b", 5)
    assert tickets.get_draft(jan, ticket.pk, "note") is None
    assert tickets.get_draft(maria, ticket.pk, "public") is None
    new = tickets.save_draft(maria, None, "public", "", "a new ticket")
    assert tickets.save_draft(maria, None, "public", "", "x").pk == new.pk
    tickets.discard_draft(maria, ticket.pk, "note")
    assert tickets.get_draft(maria, ticket.pk, "note") is None
    with pytest.raises(NotFound):
        tickets.save_draft(make.viewer(make.person()), ticket.pk, "public", "", "x")
    with pytest.raises(NotAllowed):
        tickets.save_draft(SYSTEM, ticket.pk, "public", "", "x")
