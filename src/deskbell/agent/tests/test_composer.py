"""Answers, notes, drafts, and what stops them."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from deskbell.agent.tests.conftest import HTMX, Desk
from deskbell.kernel.api import SYSTEM
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make


def send(desk: Desk, **form):
    sent = {"seen": desk.note.pk, "to": "anna@kern.example", **form}
    return desk.client("agent").post(f"/desk/tickets/{desk.ticket.pk}/send/", sent, headers=HTMX)


def newest(desk: Desk) -> tickets.Message:
    return tickets.Message.objects.filter(ticket=desk.ticket).latest("pk")


def test_a_reply_goes_to_the_recipients_and_takes_the_ticket_into_work(desk: Desk):
    answer = send(
        desk,
        mode="reply",
        text="Try again",
        text_html="<p>Try <b>again</b></p>",
        to="Anna Kern <anna@kern.example>",
        cc="it@kern.example",
    )
    assert answer.status_code == 200
    message = newest(desk)
    assert (message.kind, message.channel) == ("public", "email")
    assert message.to == [{"name": "Anna Kern", "address": "anna@kern.example"}]
    assert [one["address"] for one in message.cc] == ["it@kern.example"]
    assert message.html == "<p>Try <b>again</b></p>"
    assert make.reload(desk.ticket).state_category == "active"
    assert json.loads(answer["HX-Trigger"]) == {"desk:sent": {"id": message.pk}}


def test_a_note_never_has_recipients(desk: Desk):
    send(desk, mode="note", text="Between us", to="anna@kern.example")
    message = newest(desk)
    assert (message.kind, message.direction, message.to, message.channel) == ("note", "internal", [], "agent")


def test_a_newer_message_stops_the_reply_and_keeps_the_draft(desk: Desk):
    path = f"/desk/tickets/{desk.ticket.pk}/draft/"
    desk.client("agent").post(path, {"mode": "reply", "text": "My answer", "seen": desk.note.pk})
    tickets.receive(SYSTEM, desk.ticket.pk, tickets.MessageContent(text="It works again.", channel="email"))
    before = desk.facts()
    answer = send(desk, mode="reply", text="My answer", to="anna@kern.example")
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#composer-alert"
    assert b"It works again." in answer.content
    assert desk.facts() == before
    assert tickets.get_draft(desk.viewer("agent"), desk.ticket.pk, "public").text == "My answer"


def test_it_sends_anyway_after_the_newer_message_was_seen(desk: Desk):
    arrived = tickets.receive(SYSTEM, desk.ticket.pk, tickets.MessageContent(text="It works again.", channel="email"))
    assert send(desk, mode="reply", text="My answer", seen=arrived.pk).status_code == 200
    assert newest(desk).text == "My answer"


def test_send_and_resolve_takes_the_answer_as_the_resolution(desk: Desk):
    send(desk, mode="reply", text="Rekey interval raised", then="resolve")
    ticket = make.reload(desk.ticket)
    assert (ticket.state_category, ticket.resolution) == ("resolved", "Rekey interval raised")


def test_send_and_wait_waits_for_the_person_who_asked(desk: Desk):
    send(desk, mode="reply", text="Which version?", then="wait")
    assert make.reload(desk.ticket).state.code == "waiting_for_requester"


@pytest.mark.parametrize("to", ["anna@", "no address", "a@b@c.example", "<script>", "good@kern.example, bad@"])
def test_it_names_an_address_that_is_none(desk: Desk, to: str):
    before = desk.facts()
    answer = send(desk, mode="reply", text="Hello", to=to)
    assert answer.status_code == 422
    assert "is not a mail address" in answer.content.decode()
    assert desk.facts() == before


def test_an_answer_to_nobody_is_stopped(desk: Desk):
    before = desk.facts()
    assert send(desk, mode="reply", text="Hello", to="").status_code == 422
    assert desk.facts() == before


def test_it_refuses_an_empty_message(desk: Desk):
    before = desk.facts()
    assert send(desk, mode="reply", text="   ", text_html="<p> </p>").status_code == 422
    assert desk.facts() == before


def test_it_cleans_what_the_editor_never_writes(desk: Desk):
    html = '<p onclick="x()">Hi<script>alert(1)</script><img src="https://spy.example/x.png"><a href="javascript:x()">a</a></p>'
    send(desk, mode="note", text="Hi", text_html=html)
    kept = newest(desk).html
    assert not any(bad in kept for bad in ("script", "onclick", "spy.example", "javascript"))


def test_a_mentioned_colleague_is_kept_with_the_note(desk: Desk):
    lead = desk.people["lead"].pk
    html = (
        f'<p><span class="mention" data-type="mention" data-id="{lead}" data-label="Lea Lind">@Lea Lind</span> look</p>'
    )
    send(desk, mode="note", text="@Lea Lind look", text_html=html)
    assert list(tickets.Mention.objects.values_list("user_id", flat=True)) == [lead]


def test_a_draft_comes_back_on_the_page_and_goes_when_it_is_emptied(desk: Desk):
    client, path = desk.client("agent"), f"/desk/tickets/{desk.ticket.pk}/draft/"
    client.post(
        path, {"mode": "note", "text": "Half a thought", "text_html": "<p>Half a thought</p>", "seen": desk.note.pk}
    )
    assert "Half a thought" in client.get(f"/desk/tickets/{desk.ticket.pk}/").content.decode()
    client.post(path, {"mode": "note", "text": "", "text_html": "", "seen": desk.note.pk})
    assert not tickets.Draft.objects.exists()


def test_an_upload_travels_with_the_message(desk: Desk):
    client = desk.client("agent")
    answer = client.post(
        f"/desk/uploads/?ticket={desk.ticket.pk}",
        {"file": SimpleUploadedFile("../lo\u202eg.txt", b"abc")},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 201
    kept = answer.json()
    assert kept["name"] == "log.txt"
    send(desk, mode="reply", text="See the file", attachment=kept["id"])
    assert [one.name for one in newest(desk).attachments.all()] == ["log.txt"]


def test_a_picture_in_the_text_becomes_an_inline_part(desk: Desk):
    client = desk.client("agent")
    kept = client.post("/desk/uploads/", {"file": SimpleUploadedFile("a.png", b"\x89PNG", "image/png")}).json()
    send(desk, mode="reply", text="See", text_html=f'<p>See <img src="{kept["url"]}" alt="a"></p>')
    message = newest(desk)
    picture = message.attachments.get()
    assert picture.is_inline
    assert f'src="cid:{picture.content_id}"' in message.html
    assert f'src="/desk/attachments/{picture.pk}/"' in client.get(f"/desk/tickets/{desk.ticket.pk}/").content.decode()


def test_a_change_over_a_newer_version_is_refused_with_the_values_in_force(desk: Desk):
    path = f"/desk/tickets/{desk.ticket.pk}/classify/"
    old = desk.ticket.version
    tickets.change_subject(desk.viewer("lead"), desk.ticket.pk, "Changed meanwhile")
    answer = desk.client("agent").post(path, {"urgency": "1", "seen_version": old}, headers=HTMX)
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.content.decode()
    assert make.reload(desk.ticket).urgency == desk.ticket.urgency


def test_a_closed_ticket_offers_no_mark_as_unread_and_refuses_it_in_words(desk: Desk):
    client, path = desk.client("agent"), f"/desk/tickets/{desk.ticket.pk}/"
    assert f"{path}unread/" in client.get(path).content.decode()
    tickets.change_state(SYSTEM, desk.ticket.pk, "cancelled", reason="Spam")
    assert f"{path}unread/" not in client.get(path).content.decode()
    assert "cannot be marked as unread" in client.post(f"{path}unread/", follow=True).content.decode()


def test_opening_a_closed_ticket_clears_a_mention(desk: Desk):
    agent = desk.viewer("agent")
    tickets.change_state(SYSTEM, desk.ticket.pk, "cancelled", reason="Spam")
    tickets.add_note(SYSTEM, desk.ticket.pk, tickets.MessageContent(text="@agent", mentioned=[agent.user_id or 0]))
    assert tickets.ticket_page(agent, desk.ticket.pk).is_mentioned
    desk.client("agent").get(f"/desk/tickets/{desk.ticket.pk}/")
    assert not tickets.ticket_page(agent, desk.ticket.pk).is_mentioned
