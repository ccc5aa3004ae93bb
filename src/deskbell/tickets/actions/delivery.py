"""What became of a message that leaves the desk; told by its channel."""

from __future__ import annotations

from django.db import transaction

from deskbell.kernel.api import SYSTEM, NotFound, record, storable
from deskbell.tickets import events
from deskbell.tickets.models import DeliveryState, Message


@transaction.atomic
def set_delivery(message_id: int, state: str, error: str = "") -> Message:
    """Set the delivery state of a message; the same state and error again changes nothing.

    For channels, as the system. Raises NotFound, and ValueError for an unknown state.
    """
    wanted = DeliveryState(state)
    message = Message.objects.select_for_update().defer("html", "quoted_html", "quoted_text").filter(pk=message_id)
    row = message.first()
    if row is None:
        raise NotFound
    before, words = str(row.delivery_state), storable(error)
    if (before, row.delivery_error) == (wanted, words):
        return row
    row.delivery_state, row.delivery_error = wanted, words
    row.save(update_fields=["delivery_state", "delivery_error"])
    record(
        SYSTEM,
        events.DELIVERY_CHANGED,
        row.ticket_id,
        events.DeliveryChanged(message_id=row.pk, state=wanted.value, error=words[:500]),
        changes={"delivery_state": (before, wanted.value)},
    )
    return row
