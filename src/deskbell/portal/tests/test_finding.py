"""Searching in the portal: one's own tickets and those one may follow, never a note, never anybody else's."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM
from deskbell.kernel.testing import QueryCounts
from deskbell.portal.tests.test_doors import (
    EVERYBODY,
    OPEN_TO,
    _scene_of_the_module,  # noqa: F401  what `scene` is a copy of
    scene,
)
from deskbell.tickets import api as tickets

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
counts = QueryCounts(__file__.rsplit("/", 1)[0])
BOX, PAGE = "/portal/search/box/", "/portal/search/"


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize("door", [BOX, PAGE])
def test_found_is_what_one_takes_part_in_and_no_note(as_, scene, who, door):
    browser = as_(scene.people[who])
    for text in ("invoice", "wrong", "public.txt", f"#{scene.ticket.pk}", "is:open"):
        html = browser.get(door, {"q": text}).content.decode()
        assert (f"/portal/tickets/{scene.ticket.pk}/" in html) == (who in OPEN_TO), text
        assert "TOP SECRET" not in html
        assert "secret.txt" not in html
    for text in ("secret", "secret.txt", "top secret note", "secrte"):
        html = browser.get(door, {"q": text}).content.decode()
        assert f"/portal/tickets/{scene.ticket.pk}/" not in html, text
        assert "Looked for" not in html


@pytest.mark.parametrize("door", [BOX, PAGE])
def test_strangers_are_sent_to_sign_in(client, door):
    answer = client.get(door, {"q": "invoice"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_words_are_marked_and_states_are_said_plainly(as_, scene):
    html = as_(scene.people["requester"]).get(PAGE, {"q": "invoice"}).content.decode()
    assert "<mark>Invoice</mark>" in html
    assert "Received" in html or "Being worked on" in html


def test_filters_of_the_desk_are_not_offered(as_, scene):
    browser = as_(scene.people["agent there"])
    assert "assignee:" not in browser.get(BOX, {"q": "assig"}).content.decode().split("find-all")[0]
    assert "unassigned" not in browser.get(BOX, {"q": "is:un"}).content.decode().split("find-all")[0]
    help_ = browser.get(PAGE).content.decode()
    assert "is:open" in help_
    assert "assignee:me" not in help_
    assert "is not a filter" in browser.get(PAGE, {"q": "assignee:me invoice"}).content.decode()


@pytest.mark.parametrize("text", ["", "\x00", '"', "x" * 10_000, "'; --", "from:", "☃", "<b>"])
def test_any_question_has_an_answer(as_, scene, text):
    browser = as_(scene.people["requester"])
    for door in (BOX, PAGE):
        assert browser.get(door, {"q": text, "after": "x", "in": "note"}).status_code == 200


def test_typing_costs_few_queries_however_much_is_found(as_, scene):
    anna = scene.people["requester"]
    browser = as_(anna)
    for _round in range(2):
        browser.get(BOX, {"q": "invoice"})
        with counts.check("search, typing"):
            assert browser.get(BOX, {"q": "invoice"}).status_code == 200
        with counts.check("search"):
            assert browser.get(PAGE, {"q": "invoice"}).status_code == 200
        for index in range(5):
            new = tickets.NewTicket(
                subject=f"Invoice {index}",
                content=tickets.MessageContent(text="Invoice again.", channel="email"),
                department_id=scene.ticket.department_id,
                requester_id=anna.pk,
            )
            tickets.create_ticket(SYSTEM, new)
