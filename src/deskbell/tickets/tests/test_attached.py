"""Files of messages, read with them."""

from __future__ import annotations

import pytest

from deskbell.tickets import api as tickets
from deskbell.tickets.models import Attachment
from deskbell.tickets.queries.attached import attach_files
from deskbell.tickets.tests import factories as make

pytestmark = pytest.mark.django_db


def test_each_message_has_its_own_files_and_nobody_elses() -> None:
    where = make.department()
    for name in ("one", "two"):
        file = tickets.NewAttachment(make.stored(name.encode()), f"{name}.txt", "text/plain")
        make.ticket(where, content=tickets.MessageContent(text=name, channel="email", attachments=[file]))
    make.ticket(where)
    messages = list(tickets.Message.objects.order_by("pk"))
    attach_files(messages, reading=True)
    assert [[file.name for file in each.attachments.all()] for each in messages] == [["one.txt"], ["two.txt"], []]
    assert [file.file.size for each in messages for file in each.attachments.all()] == [3, 3]
    assert not any(each.attachments.filter(is_inline=False).exists() for each in messages)
    assert Attachment.objects.count() == 2
