"""Uploads that no message has taken yet are bounded."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import Invalid
from deskbell.tickets import api as tickets
from deskbell.tickets.actions import drafts
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
