"""Sending at a person's word: a test, or a delivery once more."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from deskbell.kernel.api import (
    Conflict,
    NotFound,
    Viewer,
    action,
    alteration,
    ask,
    clock,
    insertion,
    next_ids,
    record,
    send,
    visible,
)
from deskbell.webhooks import events
from deskbell.webhooks.actions.delivering import Try, begin, note
from deskbell.webhooks.actions.queueing import defer_sending
from deskbell.webhooks.actions.webhooks import lock_webhook
from deskbell.webhooks.models import Delivery, DeliveryState
from deskbell.webhooks.payload import Withheld, build
from deskbell.webhooks.sending.request import post
from deskbell.webhooks.subjects import TEST_KIND
from deskbell.webhooks.updates import tell


def send_test(viewer: Viewer, webhook_id: int) -> Delivery:
    """Send a `webhook.test` event now, also while the webhook is paused, and return what became of it.

    Takes up to ten seconds; not to be called inside a transaction. Raises NotFound, NotAllowed, Conflict.
    """
    prepared = _prepare_test(viewer, webhook_id)
    found = note(prepared, post(prepared.target, prepared.headers, prepared.body, prepared.allowed))
    if found is None:
        raise NotFound
    return found


@action()
def _prepare_test(viewer: Viewer, webhook_id: int) -> Try:
    webhook = lock_webhook(viewer, webhook_id)
    if not webhook.secret:
        raise Conflict(_("Its secret cannot be read any more: replace it first."))
    now = clock.now()
    ((delivery_id,),) = ask([next_ids(Delivery)])[0]
    delivery = Delivery(
        pk=delivery_id,
        webhook=webhook,
        message_id=f"msg_{uuid.uuid4().hex}",
        kind=TEST_KIND,
        subject_type="webhook",
        subject_id=webhook.pk,
        state=DeliveryState.WAITING,
        tries=0,
        created_at=now,
        next_try_at=now,
        last_error="",
    )
    send(*insertion([delivery]))
    record(viewer, events.WEBHOOK_TESTED, webhook.pk)
    body = build(webhook, delivery, viewer)
    if isinstance(body, Withheld):
        raise NotFound
    return begin(webhook, delivery, body)


@action()
def resend(viewer: Viewer, delivery_id: int) -> Delivery:
    """Send a delivery once more, under the id it had, with the record as it is now.

    Raises NotFound, NotAllowed, Conflict while the webhook is paused or it is being sent.
    """
    found = visible(viewer, Delivery).filter(pk=delivery_id).values_list("webhook_id", flat=True).first()
    if found is None:
        raise NotFound
    webhook = lock_webhook(viewer, found)
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    if not webhook.is_active:
        raise Conflict(_("The webhook is paused: let it go on first."))
    now = clock.now()
    if delivery.claimed_until is not None and delivery.claimed_until > now:
        raise Conflict(_("It is being sent just now."))
    delivery.state, delivery.tries, delivery.next_try_at, delivery.finished_at = DeliveryState.WAITING, 0, now, None
    send(*alteration(delivery, ["state", "tries", "next_try_at", "finished_at"]))
    webhook.rest_until = None
    send(*alteration(webhook, ["rest_until"]))
    record(viewer, events.WEBHOOK_RESENT, webhook.pk, events.DeliveryData(message_id=delivery.message_id))
    defer_sending(webhook.pk)
    tell(webhook.pk)
    delivery.webhook = webhook
    return delivery
