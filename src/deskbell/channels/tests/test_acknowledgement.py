"""Acknowledgements whose template fails, and who gets none."""

import pytest

from deskbell.channels.api import InboundState, OutboundMessage, check_mailboxes, deliver_raw, set_acknowledgement
from deskbell.channels.models import AcknowledgementTemplate, Mailbox
from deskbell.channels.tests.factories import mailbox, raw_mail, run_jobs, stages
from deskbell.kernel.api import SYSTEM, Invalid
from deskbell.tickets import api as tickets
from deskbell.tickets.tests import factories as desk

pytestmark = pytest.mark.django_db

ENGLISH = "Hello, the printer on the third floor does not print any more since yesterday morning."
# Fine with the values it is checked with, and broken with those of a real ticket.
BREAKS = "{% if ticket.subject contains 'Printer' %}{% for i in (1..2000) %}x{% endfor %}{% endif %}y"


def acknowledged_with(body: str, box: Mailbox) -> AcknowledgementTemplate:
    return set_acknowledgement(SYSTEM, department_id=box.department_id, language="en", subject="Hello", body=body)


@pytest.mark.parametrize("body", [BREAKS, "{% if ticket.number == '#1000000000' %}never{% endif %}"])
def test_a_template_that_fails_at_a_ticket_costs_neither_ticket_nor_acknowledgement(body: str) -> None:
    box = mailbox()
    template = acknowledged_with("{% if ticket.subject contains 'Printer' %}x{% endif %}y", box)
    AcknowledgementTemplate.objects.filter(pk=template.pk).update(body=body)
    result = deliver_raw(raw_mail(ENGLISH), mailbox=box)
    run_jobs()
    assert result.state == InboundState.PROCESSED
    message = tickets.Message.objects.get(ticket_id=result.ticket_id, is_automatic=True)
    assert message.text.startswith("Hello Anna Kern,\n\nyour message has arrived")
    assert OutboundMessage.objects.get().kind == "acknowledgement"
    assert "built-in text" in stages(result.inbound_id)["acknowledgement"]


def test_a_failing_template_is_told_at_its_mailbox_until_it_is_written_anew() -> None:
    box, other = mailbox(), mailbox()
    template = acknowledged_with("fine", box)
    AcknowledgementTemplate.objects.filter(pk=template.pk).update(body=BREAKS)
    deliver_raw(raw_mail(ENGLISH), mailbox=box)
    template.refresh_from_db()
    assert template.failing_since is not None
    told = {row.mailbox_id: row for row in check_mailboxes()}
    assert template.last_error in told[box.pk].sentence
    assert told[other.pk].is_well
    acknowledged_with("fine again", box)
    assert all(row.is_well for row in check_mailboxes())


def test_a_template_is_checked_with_the_longest_values() -> None:
    with pytest.raises(Invalid) as caught:
        acknowledged_with("{{ ticket.subject }}" * 900, mailbox())
    assert "body" in caught.value.fields


def test_a_ticket_a_colleague_opens_or_splits_is_not_acknowledged_as_new_mail() -> None:
    box = mailbox()
    result = deliver_raw(raw_mail(ENGLISH), mailbox=box)
    run_jobs()
    agent = desk.viewer(desk.colleague(box.department))
    before = OutboundMessage.objects.count()
    message = tickets.Message.objects.filter(ticket_id=result.ticket_id).order_by("pk")[0]
    assert result.ticket_id is not None
    split = tickets.split(agent, result.ticket_id, message.pk, subject="Toner")
    tickets.create_ticket(
        agent,
        tickets.NewTicket(
            subject="By telephone",
            content=tickets.MessageContent(text="It called.", channel=tickets.Channel.PHONE),
            department_id=box.department_id,
            requester_id=split.requester_id,
        ),
    )
    run_jobs()
    assert OutboundMessage.objects.count() == before
