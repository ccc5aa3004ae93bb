"""Putting a parked mail into a ticket that a person chose."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels import events
from deskbell.channels.access import CONFIGURE
from deskbell.channels.actions.parked import require_whole
from deskbell.channels.intake import belonging, writing
from deskbell.channels.intake.context import Intake
from deskbell.channels.intake.trace import Trace
from deskbell.channels.mail.parse import parse
from deskbell.channels.models import InboundMessage, InboundState
from deskbell.kernel.api import (
    CauseKind,
    Invalid,
    NotAllowed,
    NotFound,
    Viewer,
    caused_by,
    clock,
    get_visible,
    may,
    on_behalf_of,
    read,
    record,
    storable_json,
)
from deskbell.tickets import api as tickets


@transaction.atomic
def deliver_parked(viewer: Viewer, inbound_id: int, ticket_id: int) -> InboundMessage:
    """Append a parked mail to the ticket `ticket_id`, as its sender's message.

    Who may decide over parked mail still needs to see and work on that ticket. Raises NotFound, NotAllowed, or
    Invalid for mail without a usable sender, an ended ticket that takes nothing more, or mail no longer parked.
    """
    viewer.require(CONFIGURE)
    rows = InboundMessage.objects.select_for_update(of=("self",)).select_related("raw", "mailbox")
    row = rows.filter(pk=inbound_id).first()
    if row is None:
        raise NotFound
    if row.state not in {InboundState.PARKED, InboundState.DISMISSED}:
        raise Invalid(_("This message is not parked any more."))
    require_whole(row)
    ticket = _ticket(viewer, ticket_id)
    raw = read(row.raw)
    trace = Trace()
    intake = Intake(row=row, raw=raw, mail=parse(raw), trace=trace, target=ticket)
    for name, stage in (("sender", belonging.sender), ("person", belonging.person), ("content", writing.content)):
        intake.stage = name
        outcome = stage(intake)
        if outcome is not None:
            raise Invalid(outcome.reason)
    assert intake.user is not None
    assert intake.body is not None
    with caused_by(CauseKind.MESSAGE, inbound_id):
        message = tickets.receive(on_behalf_of(intake.user.pk, intake.user.name), ticket.pk, intake.body)
    trace.add("ticket", _("put into %(number)s by %(name)s") % {"number": ticket.number, "name": viewer.name})
    row.state, row.sign, row.reason = InboundState.PROCESSED, "", ""
    row.ticket_id, row.message_id, row.person_id = message.ticket_id, message.pk, intake.user.pk
    row.attempts += 1
    row.processed_at = clock.now()
    row.trace = storable_json([*row.trace, *trace.entries])
    row.save()
    record(viewer, events.MAIL_DELIVERED, row.pk, events.DeliveredTo(ticket_id=ticket.pk, message_id=message.pk))
    return row


def _ticket(viewer: Viewer, ticket_id: int) -> tickets.Ticket:
    try:
        ticket = get_visible(viewer, tickets.Ticket, ticket_id)
    except NotFound:
        raise Invalid(fields={"ticket": _("There is no such ticket, or you may not see it.")}) from None
    if not may(viewer, tickets.access.WORK, ticket):
        raise NotAllowed
    return ticket
