"""What a person does with parked mail."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels import events
from deskbell.channels.access import CONFIGURE
from deskbell.channels.intake.context import IntakeResult
from deskbell.channels.intake.pipeline import HEAD_ONLY, process
from deskbell.channels.models import InboundMessage, InboundState, Mailbox
from deskbell.kernel.api import Invalid, NotFound, Viewer, clock, record


def retry_parked(viewer: Viewer, inbound_id: int, *, mailbox_id: int | None = None) -> IntakeResult:
    """Process a parked message again, for another mailbox if one is given. Raises NotFound, NotAllowed, Invalid."""
    with transaction.atomic():
        row = _lock_parked(viewer, inbound_id)
        require_whole(row)
        if mailbox_id is not None:
            mailbox = Mailbox.objects.filter(pk=mailbox_id, is_active=True).first()
            if mailbox is None:
                raise Invalid(fields={"mailbox": _("Choose a mailbox.")})
            row.mailbox = mailbox
        row.state, row.sign, row.reason = InboundState.RECEIVED, "", ""
        row.trace = [*row.trace, {"stage": "retry", "at": clock.now().isoformat(), "text": viewer.name, "data": {}}]
        row.save(update_fields=["state", "sign", "reason", "trace", "mailbox"])
        record(viewer, events.MAIL_RETRIED, row.pk)
    return process(inbound_id)


@transaction.atomic
def dismiss_parked(viewer: Viewer, inbound_id: int) -> InboundMessage:
    """Take a parked message off the list; it is kept. Raises NotFound, NotAllowed, Invalid."""
    row = _lock_parked(viewer, inbound_id)
    row.state = InboundState.DISMISSED
    row.save(update_fields=["state"])
    record(viewer, events.MAIL_DISMISSED, row.pk)
    return row


def require_whole(row: InboundMessage) -> None:
    """Raises Invalid for a message of which only the header is here."""
    if row.sign == HEAD_ONLY:
        raise Invalid(_("Only its header is here. Allow larger mail in the settings, or look at it in the mailbox."))


def _lock_parked(viewer: Viewer, inbound_id: int) -> InboundMessage:
    viewer.require(CONFIGURE)
    row = InboundMessage.objects.select_for_update().filter(pk=inbound_id).first()
    if row is None:
        raise NotFound
    if row.state not in {InboundState.PARKED, InboundState.DISMISSED}:
        raise Invalid(_("This message is not parked any more."))
    return row
