"""Who gets through which door of the portal: every kind of person at every address."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import pytest

from deskbell.kernel.api import SYSTEM
from deskbell.kernel.testing import undone
from deskbell.live import api as live
from deskbell.people import api as people
from deskbell.people.tests.factories import administrator, agent, department, organisation, person, viewer
from deskbell.tickets import api as tickets

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """Anna asked a ticket in Billing; it holds a mail, an attachment, a note with an attachment."""

    people: dict[str, people.User]
    ticket: tickets.Ticket
    mail: tickets.Message
    note: tickets.Message
    file: tickets.Attachment
    note_file: tickets.Attachment


def attach(user: people.User, ticket: tickets.Ticket, name: str) -> int:
    return tickets.upload_attachment(viewer(user), name, "text/plain", b"words", ticket_id=ticket.pk).pk


@pytest.fixture(scope="module")
def _scene_of_the_module(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def scene(_scene_of_the_module, db) -> Scene:
    """Made once; what a test changes in it is undone with the test."""
    return copy.deepcopy(_scene_of_the_module)


def build() -> Scene:
    billing, other = department("Billing"), department("Elsewhere")
    firm = organisation("Kern & Töchter")
    anna = person("Anna Kern", organisation_id=firm.pk)
    tom = agent(where=billing)
    cast = {
        "requester": anna,
        "participant": person("Ines Takes-Part"),
        "stranger": person("Boris Fremd"),
        "same organisation": person("Cora Kern", organisation_id=firm.pk),
        "follower of the organisation": person("Dora Kern", organisation_id=firm.pk, sees_organisation=True),
        "agent there": tom,
        "agent elsewhere": agent(where=other, name="Else Where"),
        "viewer there": agent("viewer", where=billing, name="Vera View"),
        "head there": agent("head", where=billing, name="Hedda Head"),
        "administrator": administrator(),
    }
    content = tickets.MessageContent(text="It is wrong.", html="<p>It is <b>wrong</b>.</p>", channel="email")
    ticket = tickets.create_ticket(
        SYSTEM,
        tickets.NewTicket(
            subject="Invoice 311",
            content=content,
            department_id=billing.pk,
            requester_id=anna.pk,
            participants=[(cast["participant"].pk, tickets.ParticipantRole.CC)],
        ),
    )
    mail = tickets.Message.objects.get(ticket=ticket)
    reply = tickets.MessageContent(text="Here it is.", attachment_ids=[attach(tom, ticket, "public.txt")])
    tickets.reply(viewer(tom), ticket.pk, reply)
    secret = tickets.MessageContent(text="TOP SECRET NOTE", attachment_ids=[attach(tom, ticket, "secret.txt")])
    note = tickets.add_note(viewer(tom), ticket.pk, secret)
    files = {each.name: each for each in tickets.Attachment.objects.filter(message__ticket=ticket)}
    return Scene(cast, ticket, mail, note, files["public.txt"], files["secret.txt"])


OPEN_TO = {"requester", "participant", "follower of the organisation"}
EVERYBODY = {
    "requester", "participant", "stranger", "same organisation", "follower of the organisation", "agent there",
    "agent elsewhere", "viewer there", "head there", "administrator",
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize("door", ["ticket", "answer", "draft", "close", "message", "attachment"])
def test_a_ticket_of_the_portal_is_open_to_those_who_take_part(as_, scene, who, door):
    addresses = {
        "ticket": ("get", f"/portal/tickets/{scene.ticket.pk}/", {}, 200),
        "answer": ("post", f"/portal/tickets/{scene.ticket.pk}/answer/", {"text": "An answer"}, 303),
        "draft": ("post", f"/portal/tickets/{scene.ticket.pk}/draft/", {"text": "A draft"}, 204),
        "close": ("post", f"/portal/tickets/{scene.ticket.pk}/close/", {}, 303),
        "message": ("get", f"/portal/messages/{scene.mail.pk}/", {}, 200),
        "attachment": ("get", f"/portal/attachments/{scene.file.pk}/", {}, 200),
    }
    method, address, data, success = addresses[door]
    before = tickets.Message.objects.count(), tickets.Ticket.objects.get(pk=scene.ticket.pk).version
    response = getattr(as_(scene.people[who]), method)(address, data)
    if response.streaming:
        b"".join(response.streaming_content)  # read to its end, the file is closed
    assert response.status_code == (success if who in OPEN_TO else 404)
    if who not in OPEN_TO:
        after = tickets.Message.objects.count(), tickets.Ticket.objects.get(pk=scene.ticket.pk).version
        assert after == before
        assert not tickets.Draft.objects.filter(user=scene.people[who], ticket=scene.ticket).exists()


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_an_internal_note_is_in_no_page_of_the_portal(as_, scene, who):
    browser = as_(scene.people[who])
    pages = [
        f"/portal/tickets/{scene.ticket.pk}/",
        "/portal/",
        "/portal/tickets/?state=all",
        "/portal/tickets/?q=secret&state=all",
    ]
    for page in pages:
        assert "TOP SECRET" not in browser.get(page).content.decode()
        assert "secret.txt" not in browser.get(page).content.decode()
    assert browser.get(f"/portal/messages/{scene.note.pk}/").status_code == 404
    assert browser.get(f"/portal/attachments/{scene.note_file.pk}/").status_code == 404


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_lists_hold_only_what_is_open(as_, scene, who):
    browser = as_(scene.people[who])
    mine = browser.get("/portal/tickets/?state=all").content.decode()
    assert ("Invoice 311" in mine) == (who in {"requester", "participant"})
    theirs = browser.get("/portal/tickets/?state=all&scope=organisation").content.decode()
    assert ("Invoice 311" in theirs) == (who in OPEN_TO)


@pytest.mark.parametrize("shared", [False, True])
def test_an_organisation_that_shares_shows_its_tickets_to_all_its_people(as_, scene, shared):
    cora = scene.people["same organisation"]
    people.update_organisation(SYSTEM, cora.organisation_id, shares_tickets=shared)
    assert as_(cora).get(f"/portal/tickets/{scene.ticket.pk}/").status_code == (200 if shared else 404)


@pytest.mark.parametrize("who", ["requester", "stranger", "same organisation", "follower of the organisation"])
def test_live_updates_of_a_ticket_go_to_those_who_may_read_it(scene, who):
    topics = live.parse_topics(f"customer-ticket:{scene.ticket.pk}")
    heard = live.allowed_topics(viewer(scene.people[who]), topics)
    assert bool(heard) == (who in OPEN_TO)


def test_what_happens_inside_is_not_told_to_customers(scene):
    asked = scene.people["requester"]
    inside = live.parse_topics(f"ticket:{scene.ticket.pk},user:{asked.pk},department:{scene.ticket.department_id}")
    assert live.allowed_topics(viewer(asked), inside) == []


@pytest.mark.parametrize(
    "address",
    [
        "/portal/",
        "/portal/tickets/",
        "/portal/tickets/new/",
        "/portal/tickets/1/",
        "/portal/messages/1/",
        "/portal/attachments/1/",
    ],
)
def test_strangers_are_sent_to_sign_in_and_back(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_may_ask_for_themselves(as_, scene, who):
    browser = as_(scene.people[who])
    assert browser.get("/portal/").status_code == 200
    assert browser.get("/portal/tickets/new/").status_code == 200
    sent = {"department": scene.ticket.department_id, "kind": "question", "subject": "May I?", "text": "Please."}
    response = browser.post("/portal/tickets/new/", sent)
    assert response.status_code == 303
    made = tickets.Ticket.objects.latest("pk")
    assert (made.requester_id, made.channel, made.owner_id) == (scene.people[who].pk, "portal", None)


def test_nobody_attaches_another_persons_upload(as_, scene):
    theirs = tickets.upload_attachment(viewer(scene.people["stranger"]), "theirs.txt", "text/plain", b"x")
    response = as_(scene.people["requester"]).post(
        f"/portal/tickets/{scene.ticket.pk}/answer/", {"text": "Mine", "files": [str(theirs.pk)]}
    )
    assert response.status_code == 422
    theirs.refresh_from_db()
    assert theirs.message_id is None
