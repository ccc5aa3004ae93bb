"""Several messages taken in together, where commits are real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from deskbell.channels.api import InboundMessage, InboundState
from deskbell.channels.intake import batch, pipeline
from deskbell.channels.intake.context import Intake
from deskbell.channels.intake.deliver import Arrived, deliver_several, store_several
from deskbell.channels.tests.factories import mailbox
from deskbell.channels.tests.test_batch import questions
from deskbell.kernel.api import clock, read
from deskbell.kernel.testing import cloned_database
from deskbell.tickets.api import Ticket


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned_database() as address:
        yield address


def test_a_process_that_dies_in_a_batch_leaves_all_to_be_recovered(
    committed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = mailbox()
    raws = questions(box)
    before = InboundMessage.objects.count()

    def die(intake: Intake) -> None:
        if "Cleo" in intake.mail.author.name:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "STAGES", (*pipeline.STAGES[:-1], ("probe", die), pipeline.STAGES[-1]))
        with pytest.raises(KeyboardInterrupt):
            deliver_several([Arrived(raw, mailbox=box) for raw in raws])
    connection.close()
    assert InboundMessage.objects.filter(state=InboundState.RECEIVED).count() == before + 5
    assert not Ticket.objects.exists()
    with clock.moved_to(clock.now() + timedelta(minutes=10)):
        assert pipeline.recover(older_than=timedelta(minutes=5)) == 5
    assert Ticket.objects.count() == 5


def test_what_another_process_has_taken_up_is_left_to_it(committed: str) -> None:
    box = mailbox()
    rows = store_several([Arrived(raw, mailbox=box) for raw in questions(box)])
    with psycopg.connect(committed) as other:
        other.execute("UPDATE channels_inboundmessage SET state = 'dismissed' WHERE id = %s", [rows[2].pk])
    results = batch.process_several([(row, read(row.raw)) for row in rows])
    assert [result.state for result in results] == ["processed", "processed", "dismissed", "processed", "processed"]
