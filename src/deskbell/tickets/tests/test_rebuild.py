"""`deskbell search rebuild` while the desk runs: what is written meanwhile stays findable, and what it forgets is learnt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from deskbell.kernel.api import SYSTEM
from deskbell.search import api as search
from deskbell.search import codes, common, rebuilding
from deskbell.search.models import CommonWords, NewWord, SearchDocument
from deskbell.search.vocabulary import take_in_new_words
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as make

Capture = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


def found(text: str) -> set[int]:
    return {hit.id for hit in tickets.find_tickets(SYSTEM, text).hits}


@pytest.mark.django_db
def test_what_is_said_during_a_rebuild_is_found_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    where = make.department()
    first, second = make.ticket(where, text="A stapler."), make.ticket(where, text="A stapler, too.")
    said = iter(["zephyr", "quokka", "marzipan"])

    def meanwhile(_count: int) -> None:
        word = next(said, "")
        for ticket in (first, second):
            tickets.add_note(SYSTEM, ticket.pk, tickets.MessageContent(text=f"The {word} again."))

    assert search.rebuild("ticket", anew=True, progress=meanwhile) == 2
    for word in ("zephyr", "quokka", "stapler"):
        assert found(word) == {first.pk, second.pk}, word


@pytest.mark.django_db
def test_words_forgotten_by_a_rebuild_are_learnt_when_they_come_again(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ticket = make.ticket(make.department(), text="A wobbegong.")
    take_in_new_words()
    tickets.Message.objects.filter(ticket=ticket).update(text="Nothing.")
    search.rebuild("ticket", anew=True)
    tickets.add_note(SYSTEM, ticket.pk, tickets.MessageContent(text="The wobbegong is back."))
    assert NewWord.objects.filter(word="wobbegong").exists()


@pytest.mark.django_db
def test_common_words_are_shortened_and_found_in_old_and_new_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "FEWEST", 2)
    where = make.department()
    before = [make.ticket(where, text="A stapler.").pk, make.ticket(where, text="Another stapler.").pk]
    documents = [bytes(row) for row in SearchDocument.objects.values_list("codes", flat=True)]
    assert search.learn(documents) > 0
    assert search.learn(documents) == 0
    (full,) = codes.of_lexeme("stapler")
    after = make.ticket(where, text="A third stapler.").pk
    held = {pk: search.unpacked(bytes(row)) for pk, row in SearchDocument.objects.values_list("subject_id", "codes")}
    assert all(full in held[pk] for pk in before)
    assert full not in held[after]
    assert common.current().shortened(full) in held[after]
    assert found("staplers") == {*before, after}
    tickets.transfer(SYSTEM, after, make.department().pk, note="yours")
    assert found("staplers") == {*before, after}
    CommonWords.objects.all().delete()
