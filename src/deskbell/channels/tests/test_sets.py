"""Every message of the two sets goes through the real intake; none is lost."""

import pytest

from deskbell.channels.api import InboundMessage, InboundState, deliver_raw
from deskbell.channels.mail.tests.agreement import bounce_cases, cases
from deskbell.channels.tests.factories import mailbox, run_jobs
from deskbell.kernel.api import read
from deskbell.tickets import api as tickets

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_no_message_of_the_parser_set_is_lost() -> None:
    box = mailbox()
    kept = {}
    for case in cases():
        result = deliver_raw(case.raw, mailbox=box)
        kept[case.id] = result
        row = InboundMessage.objects.get(pk=result.inbound_id)
        assert read(row.raw) == case.raw
        assert row.state != InboundState.RECEIVED
        assert row.sign != "error", (case.id, row.trace)
    assert len(kept) == InboundMessage.objects.count() == 107
    without_sender = [r for r in kept.values() if r.state == InboundState.PARKED]
    twins = {name for name, result in kept.items() if result.state == InboundState.DUPLICATE}
    assert {InboundMessage.objects.get(pk=r.inbound_id).sign for r in without_sender} <= {"no_sender", "bad_sender"}
    created = [r for r in kept.values() if r.is_new_ticket]
    assert len(created) == 107 - len(without_sender) - len(twins)
    assert tickets.Ticket.objects.count() == len(created)


def test_no_bounce_becomes_a_ticket_or_is_answered() -> None:
    box = mailbox()
    persons = {"flufl/groupwise_03.txt"}
    states = []
    for name, raw, _expected in bounce_cases():
        result = deliver_raw(raw, mailbox=box)
        row = InboundMessage.objects.get(pk=result.inbound_id)
        assert row.sign != "error", (name, row.trace)
        assert result.is_new_ticket == (name in persons), name
        states.append(result.state)
    assert set(states) <= {InboundState.PARKED, InboundState.PROCESSED, InboundState.DUPLICATE}
    run_jobs()
    assert tickets.Message.objects.filter(is_automatic=True).count() <= len(persons)
