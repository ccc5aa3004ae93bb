"""Delivery reports: the message they are about shows that it came back, and why."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.channels.mail.bounces import Bounce
from deskbell.channels.models import OutboundMessage, OutboundState
from deskbell.tickets.api import DeliveryState, Message, set_delivery


@transaction.atomic
def mark_bounced(report: Bounce) -> Message | None:
    """Note a report on the message of ours it is about; None when it is about none.

    A delay changes nothing but the recipient's note. Idempotent.
    """
    row = (
        OutboundMessage.objects.select_for_update(of=("self",))
        .select_related("message")
        .filter(mail_id__in=report.original_message_ids, message__isnull=False)
        .first()
    )
    if row is None or row.message is None:
        return None
    if report.is_delayed or not report.failed:
        return row.message
    failed = {recipient.address.lower(): recipient for recipient in report.failed}
    named = False
    for entry in row.recipients:
        recipient = failed.get(str(entry["address"]).lower())
        if recipient is not None:
            named = True
            entry["state"], entry["error"] = OutboundState.BOUNCED.value, recipient.text or recipient.status
    if not named and len(row.recipients) == 1:
        # Forwarded on the way: the report names an address we never wrote to.
        first = report.failed[0]
        row.recipients[0]["state"], row.recipients[0]["error"] = OutboundState.BOUNCED.value, first.text or first.status
    sentence = _sentence(report)
    row.state, row.last_error = OutboundState.BOUNCED, sentence
    row.save(update_fields=["recipients", "state", "last_error"])
    set_delivery(row.message.pk, DeliveryState.BOUNCED, sentence)
    return row.message


def _sentence(report: Bounce) -> str:
    addresses = ", ".join(recipient.address for recipient in report.failed[:5])
    reason = next((r.text or r.status for r in report.failed if r.text or r.status), "")
    if reason:
        return _("Returned: %(address)s could not be reached (%(reason)s). Try another address or resend.") % {
            "address": addresses,
            "reason": reason[:200],
        }
    return _("Returned: %(address)s could not be reached. Try another address or resend.") % {"address": addresses}
