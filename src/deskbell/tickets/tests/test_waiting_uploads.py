"""Uploads that no message has taken yet are bounded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskbell.kernel.api import Invalid, StoredFile, clock, read, store
from deskbell.kernel.files.store import storage
from deskbell.kernel.files.unreferenced import delete_unreferenced
from deskbell.tickets import api as tickets
from deskbell.tickets.actions import drafts
from deskbell.tickets.actions.drafts import delete_abandoned_uploads
from deskbell.tickets.models import Attachment
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("limit", "value"), [("MOST_WAITING", 2), ("MOST_WAITING_BYTES", 8)])
def test_a_person_keeps_only_so_much_waiting(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(drafts, limit, value)
    anna, boris = make.viewer(make.person()), make.viewer(make.person())
    for name in ("one.txt", "two.txt"):
        tickets.upload_attachment(anna, name, "text/plain", b"four")
    with pytest.raises(Invalid):
        tickets.upload_attachment(anna, "three.txt", "text/plain", b"four")
    assert Attachment.objects.filter(uploaded_by_id=anna.user_id).count() == 2
    tickets.upload_attachment(boris, "one.txt", "text/plain", b"four")


def test_what_nobody_sent_within_two_days_is_deleted_and_its_bytes_with_it() -> None:
    anna, where = make.viewer(make.person()), make.department()
    agent = make.viewer(make.colleague(where))
    draft_for = make.ticket(where)
    tickets.save_draft(agent, draft_for.pk, "public", "<p>See the file</p>", "See the file")
    with clock.moved_to(clock.now() - timedelta(days=3)):
        abandoned = tickets.upload_attachment(anna, "abandoned.txt", "text/plain", b"nobody sent this")
        in_draft = tickets.upload_attachment(agent, "kept.txt", "text/plain", b"in a draft", ticket_id=draft_for.pk)
    fresh = tickets.upload_attachment(anna, "fresh.txt", "text/plain", b"a minute old")
    StoredFile.objects.update(created_at=clock.now() - timedelta(days=3))
    assert delete_abandoned_uploads() == 1
    assert delete_unreferenced() == 1
    assert set(Attachment.objects.filter(message=None)) == {in_draft, fresh}
    assert not storage().exists(abandoned.file.storage_name)
    assert read(in_draft.file) == b"in a draft"
    assert read(store(b"nobody sent this")) == b"nobody sent this"
