"""When documents are written."""

from __future__ import annotations

import pytest

from deskbell.kernel.api import SYSTEM
from deskbell.tickets.api import MessageContent, documents_at_the_end, receive, search_tickets
from deskbell.tickets.tests import factories

pytestmark = pytest.mark.django_db


def test_an_import_writes_each_document_once_at_the_end():
    where = factories.department()
    viewer = factories.viewer(factories.colleague(where))
    with documents_at_the_end():
        ticket = factories.ticket(where, subject="Ladder", text="It wobbles.")
        receive(SYSTEM, ticket.pk, MessageContent(text="Still crooked.", channel="email"))
        assert not list(search_tickets(viewer, "ladder"))
    for word in ("ladder", "wobbles", "crooked"):
        assert [row.id for row in search_tickets(viewer, word)] == [ticket.pk]
