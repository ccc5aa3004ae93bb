"""The search box and the portal's: who finds what, and what explains it."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM
from deskbell.search import api as search
from deskbell.search.models import SearchDocument
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def ids(found: search.Found[tickets.FoundRow] | search.Found[tickets.CustomerRow]) -> list[int]:
    return [hit.id for hit in found.hits]


def marked(parts: search.Marked) -> list[str]:
    return [part.text for part in parts if part.is_match]


def test_a_hit_says_why_it_was_found() -> None:
    ticket = make.ticket(make.department(), subject="Кілька принтерів", text="Dear all, three printers broke down.")
    (hit,) = tickets.find_tickets(SYSTEM, "printer breaking").hits
    assert (hit.id, hit.place, hit.message_id) == (ticket.pk, "message", make.first_message(ticket).pk)
    assert marked(hit.excerpt) == ["printers", "broke"]
    (hit,) = tickets.find_tickets(SYSTEM, "принтером").hits
    assert marked(hit.title) == ["принтерів"]


def test_customers_neither_find_nor_read_notes() -> None:
    anna = make.person()
    ticket = make.ticket(make.department(), anna, text="It rattles.")
    tickets.add_note(SYSTEM, ticket.pk, tickets.MessageContent(text="He is a notorious rattlesnake."))
    viewer = make.viewer(anna)
    assert ids(tickets.find_customer_tickets(viewer, "notorious")) == []
    assert tickets.find_customer_tickets(viewer, "notorius").also == ()
    (hit,) = tickets.find_customer_tickets(viewer, "rattl").hits
    assert (hit.id, hit.place) == (ticket.pk, "message")
    assert ids(tickets.find_tickets(SYSTEM, "notorious")) == [ticket.pk]
    assert ids(tickets.find_customer_tickets(make.viewer(make.person()), "rattles")) == []


def test_a_handover_moves_what_is_found_and_a_referral_gives_it_back() -> None:
    here, there = make.department(), make.department()
    before, after = make.viewer(make.colleague(here)), make.viewer(make.colleague(there))
    ticket = make.ticket(here, text="A wobbly table.")
    assert (ids(tickets.find_tickets(before, "wobbly")), ids(tickets.find_tickets(after, "wobbly"))) == (
        [ticket.pk],
        [],
    )
    tickets.transfer(SYSTEM, ticket.pk, there.pk, note="yours")
    assert (ids(tickets.find_tickets(before, "wobbly")), ids(tickets.find_tickets(after, "wobbly"))) == (
        [],
        [ticket.pk],
    )
    tickets.refer(SYSTEM, ticket.pk, department_id=here.pk, reason="look at it")
    assert ids(tickets.find_tickets(before, "wobbly")) == [ticket.pk]


def test_a_corrected_word_is_told_only_to_those_who_see_a_hit() -> None:
    here, there = make.department(), make.department()
    make.ticket(there, text="Project Kingfisher starts.")
    assert tickets.find_tickets(SYSTEM, "kingfihser").also == (("kingfihser", "kingfisher"),)
    found = tickets.find_tickets(make.viewer(make.colleague(here)), "kingfihser")
    assert (found.hits, found.total, found.also) == ([], 0, ())


def test_filters_narrow_and_unknown_values_are_named() -> None:
    where = make.department("Stores")
    anna = make.person("Anna Kern")
    hers = make.ticket(where, anna, text="A stapler, please.", tags=("vip",))
    make.ticket(where, text="A stapler, please.")
    for text in (
        "stapler from:anna",
        "stapler tag:vip",
        'stapler from:"Anna Kern" is:open',
        "from:anna",
        "-tag:other tag:vip",
    ):
        assert ids(tickets.find_tickets(SYSTEM, text)) == [hers.pk], text
    assert (
        len(ids(tickets.find_tickets(SYSTEM, "stapler department:stores state:new created:today is:unassigned"))) == 2
    )
    assert ids(tickets.find_tickets(SYSTEM, "stapler has:attachment")) == []
    for text in ("stapler state:xyz", "colour:red", "is:sleeping", "created:soon", "number:x", "kind:none", "tag:"):
        assert tickets.find_tickets(SYSTEM, text).problems, text


def test_the_number_comes_first_and_phrases_stand_together() -> None:
    where = make.department()
    first = make.ticket(where, text="The red folder.")
    make.ticket(where, text=f"As in {first.pk}: a folder that is red.")
    assert ids(tickets.find_tickets(SYSTEM, f"#{first.pk}"))[0] == first.pk
    assert ids(tickets.find_tickets(SYSTEM, '"red folder"')) == [first.pk]


def test_writing_all_anew_gives_the_same_documents() -> None:
    ticket = make.ticket(make.department(), text="A peculiar noise.")
    before = SearchDocument.objects.values_list("codes", flat=True).get(subject_id=ticket.pk)
    SearchDocument.objects.update(codes=b"", version=0)
    assert any(each.is_outdated for each in search.health())
    assert search.rebuild("ticket", anew=True) == 1
    assert SearchDocument.objects.values_list("codes", flat=True).get(subject_id=ticket.pk) == before
    assert ids(tickets.find_tickets(SYSTEM, "peculiar")) == [ticket.pk]
    assert not any(each.is_outdated or each.missing or each.is_unfinished for each in search.health())
