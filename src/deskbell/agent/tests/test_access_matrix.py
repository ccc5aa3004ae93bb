"""Every address × every role, from one table; what is denied changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from deskbell.agent.tests.conftest import HTMX, ROLES, Desk, build_desk
from deskbell.agent.urls import urlpatterns
from deskbell.tickets import api as tickets


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """One desk for all doors; each request happens in a transaction of its own that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_desk()
        transaction.set_rollback(True)


@pytest.fixture
def desk(scene: Desk) -> Iterator[Desk]:
    with transaction.atomic():
        yield scene
        transaction.set_rollback(True)


SEES = {"viewer", "agent", "lead", "head", "administrator"}
WORKS = {"agent", "lead", "head", "administrator"}
LEADS = {"lead", "head", "administrator"}
DESK = {"viewer", "agent", "other", "lead", "head", "administrator"}


@dataclass(frozen=True)
class Door:
    """An address and who may pass. allowed: status there; hidden: 404 to colleagues who do not see the ticket."""

    name: str
    path: Callable[[Desk], str]
    who: set[str]
    post: Callable[[Desk], dict] | None = None
    allowed: tuple[int, ...] = (200,)
    hidden: bool = True

    def expected(self, role: str) -> tuple[int, ...]:
        if role == "anonymous":
            return (302, 401)
        if role == "customer":
            return (302, 403)
        if role in self.who:
            return self.allowed
        return (404,) if self.hidden and role == "other" else (403,)


def on(rest: str) -> Callable[[Desk], str]:
    return lambda desk: f"/desk/tickets/{desk.ticket.pk}/{rest}"


def at(path: str) -> Callable[[Desk], str]:
    return lambda _desk: path


DONE = (200, 303)
DOORS = [
    Door("home", at("/desk/"), DESK),
    Door("queue", at("/desk/queue/all/"), DESK),
    Door("jump", lambda desk: f"/desk/jump/?number={desk.ticket.pk}", SEES, allowed=(200, 302)),
    Door("search", at("/desk/search/?q=vpn"), DESK),
    Door("search-box", at("/desk/search/box/?q=vpn"), DESK),
    Door("people", at("/desk/people/"), DESK),
    Door("suggest-people", at("/desk/people/suggest/?q=an"), DESK),
    Door("person", lambda desk: f"/desk/people/{desk.people['customer'].pk}/", DESK),
    Door("organisation", at("/desk/organisations/999999/"), set(), hidden=True),
    Door("new", at("/desk/tickets/new/"), WORKS | {"other"}, hidden=False),
    Door("new-fields", at("/desk/tickets/new/fields/"), DESK),
    Door("new-draft", at("/desk/tickets/new/draft/"), DESK, post=lambda _d: {"subject": "x", "text": "y"}),
    Door("bulk", lambda desk: f"/desk/bulk/?what=assign&ticket={desk.ticket.pk}", LEADS, hidden=False),
    Door("bulk-apply", at("/desk/bulk/apply/"), LEADS, allowed=(422,), hidden=False,
         post=lambda d: {"what": "tags", "ticket": str(d.ticket.pk), "add_tags": ""}),
    Door("ticket", on(""), SEES),
    Door("print", on("print/"), SEES),
    Door("unread", on("unread/"), SEES, post=lambda _d: {}, allowed=DONE),
    Door("watch", on("watch/"), SEES, post=lambda _d: {"on": "1"}, allowed=DONE),
    Door("send reply", on("send/"), WORKS, post=lambda d: {"mode": "reply", "text": "Hello", "to": "anna@kern.example", "seen": d.note.pk}, allowed=DONE),
    Door("send note", on("send/"), WORKS, post=lambda d: {"mode": "note", "text": "Hello", "seen": d.note.pk}, allowed=DONE),
    Door("draft", on("draft/"), SEES, post=lambda _d: {"mode": "reply", "text": "Hel"}),
    Door("mentions", on("mentions/?q=t"), SEES),
    Door("state dialog", on("state/resolved/"), WORKS | {"viewer"}, allowed=(200, 422)),
    Door("state", on("state/in_progress/"), WORKS, post=lambda _d: {}, allowed=DONE),
    Door("subject", on("subject/"), WORKS, post=lambda _d: {"subject": "New words"}, allowed=DONE),
    Door("take", on("take/"), WORKS, post=lambda _d: {}, allowed=DONE),
    Door("assign", on("assign/"), WORKS, post=lambda d: {"assignee": d.people["agent"].pk}, allowed=DONE),
    Door("classify", on("classify/"), WORKS, post=lambda _d: {"urgency": "1"}, allowed=DONE),
    Door("priority", on("priority/"), LEADS, allowed=DONE,
         post=lambda _d: {"priority": tickets.Priority.objects.get(rank=1).pk, "reason": "A board member"}),
    Door("ticket-people", on("people/"), WORKS, allowed=DONE,
         post=lambda d: {"requester": d.people["customer"].pk, "affected": d.people["viewer"].pk}),
    Door("tags", on("tags/"), WORKS, post=lambda _d: {"tags": "vpn", "add": "office"}, allowed=DONE),
    Door("fields", on("fields/"), WORKS, post=lambda _d: {}, allowed=DONE),
    Door("hand-over", on("hand-over/"), WORKS, post=lambda d: {"department": d.there.pk, "note": "Yours"}, allowed=DONE),
    Door("refer", on("refer/"), WORKS, post=lambda d: {"department": d.there.pk, "reason": "Look"}, allowed=DONE),
    Door("end-referral", on("refer/999999/end/"), set(), post=lambda _d: {}),
    Door("add-participant", on("participants/"), WORKS, post=lambda d: {"person": d.people["viewer"].pk}, allowed=DONE),
    Door("remove-participant", on("participants/999999/remove/"), set(), post=lambda _d: {}),
    Door("link", on("link/"), WORKS, post=lambda d: {"kind": "related_to", "other": f"#{d.second.pk}"}, allowed=DONE),
    Door("unlink", on("link/999999/remove/"), set(), post=lambda _d: {}),
    Door("merge", on("merge/"), WORKS, post=lambda d: {"other": str(d.second.pk)}, allowed=DONE),
    Door("undo-merge", on("merge/999999/undo/"), set(), post=lambda _d: {}),
    Door("split", lambda d: f"/desk/tickets/{d.ticket.pk}/split/{d.message.pk}/", WORKS, allowed=DONE,
         post=lambda _d: {"subject": "Apart"}),
    Door("message-body", lambda d: f"/desk/messages/{d.message.pk}/body/", SEES),
    Door("message-source", lambda d: f"/desk/messages/{d.message.pk}/source/", SEES, allowed=(200, 404)),
    Door("message-trace", lambda d: f"/desk/messages/{d.message.pk}/trace/", SEES),
    Door("resend", lambda d: f"/desk/messages/{d.message.pk}/resend/", set(), post=lambda _d: {}),
    Door("attachment", at("/desk/attachments/999999/"), set()),
    Door("read-attachment", at("/desk/attachments/999999/read/"), set(), post=lambda _d: {}),
    Door("upload", at("/desk/uploads/"), DESK, post=lambda _d: {}, allowed=(422,)),
    Door("remove-upload", at("/desk/uploads/999999/remove/"), set(), post=lambda _d: {}),
]  # fmt: skip
# Nobody passes: what they ask for does not exist, or may not be done with a message that came in.
NOBODY = {
    "organisation",
    "end-referral",
    "remove-participant",
    "unlink",
    "undo-merge",
    "attachment",
    "read-attachment",
    "remove-upload",
    "resend",
}


@pytest.mark.django_db  # the scene's database is made only for a run that says it needs one
def test_every_address_stands_in_the_table():
    names = {door.name for door in DOORS}
    known = {pattern.name for pattern in urlpatterns if getattr(pattern, "name", None)}
    inner = [pattern for pattern in urlpatterns if not getattr(pattern, "name", None)]
    known |= {one.name for resolver in inner for one in resolver.url_patterns}
    missing = {name for name in known if name not in names and not any(door.startswith(f"{name} ") for door in names)}
    assert missing == set()


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_it_lets_in_whom_it_should(desk: Desk, door: Door):
    # One desk for all roles: each is undone before the next, which is far quicker than eight desks.
    for role in ROLES:
        with transaction.atomic():
            _try(desk, door, role)
            transaction.set_rollback(True)


def _try(desk: Desk, door: Door, role: str) -> None:
    expected = door.expected(role)
    if door.name in NOBODY and role in DESK:
        expected = (403, 404, 422)
    before = desk.facts()
    client = desk.client(role)
    path = door.path(desk)
    answer = client.post(path, door.post(desk)) if door.post else client.get(path)
    if answer.streaming:
        list(answer)  # a file is closed at its end
    assert answer.status_code in expected, f"{role}: {answer!r}"
    if answer.status_code >= 400 or role in {"anonymous", "customer"}:
        assert desk.facts() == before
    if role == "anonymous":
        assert "login" in answer["Location"]
        assert "next=" in answer["Location"]
    if role == "customer":
        assert answer["Location"].startswith("/portal/")


@pytest.mark.parametrize("door", [door for door in DOORS if door.post], ids=lambda door: door.name)
def test_it_refuses_htmx_in_words_without_changing_anything(desk: Desk, door: Door):
    before = desk.facts()
    answer = desk.client("other").post(door.path(desk), door.post(desk), headers=HTMX)
    if "other" in door.who:
        return
    assert answer.status_code in {403, 404}
    assert answer["HX-Retarget"] == "#toasts"
    assert b"toast error" in answer.content
    assert desk.facts() == before


def test_it_sends_htmx_of_nobody_to_the_sign_in_page(desk: Desk):
    answer = desk.client("anonymous").get("/desk/", headers=HTMX)
    assert answer.status_code == 401
    assert "next=" in answer["HX-Redirect"]
