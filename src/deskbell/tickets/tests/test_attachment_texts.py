"""From an attached file to what a search finds: once per content, with the rights of its message."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from deskbell.kernel import api as kernel
from deskbell.kernel.api import SYSTEM, NotAllowed, change, clock
from deskbell.tickets import api as tickets
from deskbell.tickets.actions.attachment_texts import READ_JOB, defer_forgotten
from deskbell.tickets.file_text import limits
from deskbell.tickets.models import AttachmentText, TextState
from deskbell.tickets.queries.attached import attach_files
from deskbell.tickets.tests import factories as make
from deskbell.tickets.tests import papers

pytestmark = pytest.mark.django_db


def content(data: bytes, name: str = "vertrag.pdf", kind: str = "application/octet-stream") -> tickets.MessageContent:
    file = tickets.NewAttachment(make.stored(data), name, kind)
    return tickets.MessageContent(text="See the file.", channel="email", attachments=[file])


def waiting() -> list[int]:
    return [job.args["file_id"] for job in ProcrastinateJob.objects.filter(task_name=READ_JOB).order_by("pk")]


def work() -> None:
    for file_id in waiting():
        tickets.read_file(file_id)


def state() -> str:
    return AttachmentText.objects.get().state


def test_what_stands_in_a_file_is_found() -> None:
    where = make.department()
    viewer = make.viewer(make.colleague(where))
    ticket = make.ticket(where, content=content(papers.docx("Die Wärmepumpe leckt")))
    assert tickets.search_tickets(viewer, "Wärmepumpe") == []
    assert state() == TextState.WAITING
    work()
    assert state() == TextState.DONE
    assert [row.id for row in tickets.search_tickets(viewer, "Wärmepumpe")] == [ticket.pk]


def test_the_same_content_is_read_once_and_found_everywhere() -> None:
    where = make.department()
    viewer = make.viewer(make.colleague(where))
    data = b"Zyklotron 7 is down"
    first, second = make.ticket(where, content=content(data)), make.ticket(where, content=content(data, "other.log"))
    assert len(waiting()) == 1
    work()
    third = make.ticket(where, content=content(data))
    assert len(waiting()) == 1
    found = {row.id for row in tickets.search_tickets(viewer, "zyklotron")}
    assert found == {first.pk, second.pk, third.pk}


def test_reading_twice_is_reading_once() -> None:
    where = make.department()
    make.ticket(where, content=content(b"Zyklotron"))
    work()
    before = AttachmentText.objects.values().get()
    work()
    assert AttachmentText.objects.values().get() == before


def test_a_file_of_a_note_is_found_by_colleagues_alone() -> None:
    where = make.department()
    anna, tom = make.person("Anna"), make.colleague(where)
    ticket = make.ticket(where, anna)
    tickets.add_note(make.viewer(tom), ticket.pk, content(b"Zyklotron, between us"))
    work()
    assert [row.id for row in tickets.search_tickets(make.viewer(tom), "zyklotron")] == [ticket.pk]
    assert tickets.customer_tickets(make.viewer(anna), state="all", text="zyklotron").rows == []
    other = make.viewer(make.colleague(make.department()))
    assert tickets.search_tickets(other, "zyklotron") == []


def test_a_file_of_a_message_is_found_by_the_person_who_asked() -> None:
    anna = make.person("Anna")
    ticket = make.ticket(make.department(), anna, content=content(papers.xlsx(), "inventar.xlsx"))
    work()
    found = tickets.customer_tickets(make.viewer(anna), state="all", text="SN-88231")
    assert [row.id for row in found.rows] == [ticket.pk]


def test_pictures_are_not_even_asked_about() -> None:
    make.ticket(make.department(), content=content(b"\x89PNG\r\n\x1a\n", "scan.png", "image/png"))
    assert waiting() == []
    assert not AttachmentText.objects.exists()


def test_a_ticket_rolled_back_leaves_no_job() -> None:
    from django.db import transaction

    with transaction.atomic():
        make.ticket(make.department(), content=content(b"Zyklotron"))
        transaction.set_rollback(True)
    assert waiting() == []


@pytest.mark.parametrize(
    ("data", "state_then", "problem"),
    [
        (papers.locked_pdf(), TextState.FAILED, limits.LOCKED),
        (papers.zip_bomb(), TextState.FAILED, limits.UNPACKS),
        (b"", TextState.NOTHING, ""),
        (b"x" * (50 * 1024 * 1024), TextState.TOO_LARGE, ""),
        (b"MZ\x90\x00", TextState.UNSUPPORTED, ""),
    ],
    ids=["locked", "bomb", "empty", "50 MB", "program"],
)
def test_what_cannot_be_read_is_told_and_hurts_nobody(data: bytes, state_then: str, problem: str) -> None:
    where = make.department()
    make.ticket(where, content=content(data, "liar.docx"))
    work()
    row = AttachmentText.objects.get()
    assert (row.state, row.problem) == (state_then, problem)
    attachment = tickets.Attachment.objects.get()
    message = tickets.Message.objects.get(pk=attachment.message_id)
    attach_files([message], reading=True)
    (attachment,) = message.attachments.all()
    words = tickets.unread_words(attachment)
    assert words.startswith("Text not searchable: ") == (state_then in {TextState.FAILED, TextState.TOO_LARGE})


def test_bytes_that_are_gone_are_told() -> None:
    from deskbell.kernel.files.store import storage

    make.ticket(make.department(), content=content(b"Zyklotron that was lost"))
    storage().delete(kernel.StoredFile.objects.get().storage_name)
    work()
    assert AttachmentText.objects.get().problem == "missing"


def test_an_administrator_has_it_read_again() -> None:
    where = make.department()
    viewer, tom = make.viewer(make.colleague(None, "administrator")), make.viewer(make.colleague(where))
    ticket = make.ticket(where, content=content(b"Zyklotron " * 200_000))
    change(SYSTEM, "tickets.text_mb", 1)
    work()
    assert state() == TextState.TOO_LARGE
    attachment = tickets.Attachment.objects.get()
    change(SYSTEM, "tickets.text_mb", 25)
    with pytest.raises(NotAllowed):
        tickets.read_again(tom, attachment.pk)
    with pytest.raises(NotAllowed):
        tickets.read_failed_again(tom, "too_large")
    with pytest.raises(NotAllowed):
        tickets.unread_files(tom)
    assert state() == TextState.TOO_LARGE
    assert [(each.reason, each.count) for each in tickets.unread_files(viewer)] == [
        ("it is larger than files that are read", 1)
    ]
    tickets.read_again(viewer, attachment.pk)
    assert tickets.read_failed_again(viewer, "too_large") == 0  # it waits already
    work()
    assert [row.id for row in tickets.search_tickets(tom, "zyklotron")] == [ticket.pk]
    assert tickets.unread_files(viewer) == []


def test_what_was_forgotten_is_taken_up_again() -> None:
    from datetime import timedelta

    make.ticket(make.department(), content=content(b"Zyklotron"))
    assert defer_forgotten() == 0
    with clock.moved_to(clock.now() + timedelta(hours=2)):
        assert defer_forgotten() == 1
        assert defer_forgotten() == 0
    assert len(waiting()) == 2
