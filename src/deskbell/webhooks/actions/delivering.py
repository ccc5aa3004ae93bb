"""Sending what is due, one delivery after the other, and noting what became of each.

A try is written down and committed before it is made, so that a crash leaves a trace, and the delivery waits until an
answer was written down: what was cut off is sent again, with the same id.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from deskbell import __version__
from deskbell.kernel.api import action, alteration, ask, clock, insertion, next_ids, send
from deskbell.people.api import viewer_for
from deskbell.webhooks import own_headers
from deskbell.webhooks.actions.pausing import set_paused_by_system
from deskbell.webhooks.actions.queueing import defer_sending, defer_waking
from deskbell.webhooks.models import Attempt, Delivery, DeliveryState, PauseReason, Webhook
from deskbell.webhooks.options import PAUSE_AFTER_DAYS, allowed
from deskbell.webhooks.payload import Withheld, build
from deskbell.webhooks.retrying import LEASE, LONGEST_AGE, LONGEST_REST, MOST_TRIES, asked_to_wait, rest, wait_after
from deskbell.webhooks.rights import lost_rights
from deskbell.webhooks.sending.request import TOTAL_SECONDS, Answer, post
from deskbell.webhooks.sending.signing import signed_headers
from deskbell.webhooks.sending.targets import Allowed, Target, read_target
from deskbell.webhooks.updates import tell

TURN_SECONDS = 20.0  # then other webhooks have their turn
MOST_WITHHELD = 100  # deliveries looked through in one transaction; the next turn goes on
GONE = 410


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was written down and is to be made now."""

    webhook_id: int
    delivery_id: int
    attempt_id: int
    target: Target
    headers: dict[str, str]
    body: bytes
    allowed: Allowed


def send_due(webhook_id: int) -> int:
    """Send what is due for a webhook, in order per subject, for as long as its turn lasts; returns how many tries.

    Idempotent. Ends early when the target is down: it is left alone for a while.
    """
    ends = time.monotonic() + TURN_SECONDS - TOTAL_SECONDS
    made = 0
    while made == 0 or time.monotonic() < ends:
        prepared = prepare(webhook_id)
        if prepared is None:
            break
        answer = post(prepared.target, prepared.headers, prepared.body, prepared.allowed)
        note(prepared, answer)
        made += 1
    look_again(webhook_id)
    return made


def heads(webhook: Webhook) -> QuerySet[Delivery]:
    """The oldest of each subject that waits; the others wait behind it."""
    waiting = Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    earlier = Delivery.objects.filter(
        webhook=webhook,
        state=DeliveryState.WAITING,
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        pk__lt=OuterRef("pk"),
    )
    return waiting.filter(~Exists(earlier))


def due(webhook: Webhook, now: datetime) -> QuerySet[Delivery]:
    """What may be sent now, unless somebody is sending it already."""
    found = heads(webhook).filter(next_try_at__lte=now).exclude(claimed_until__gt=now)
    return found.order_by("next_try_at", "pk")


@action()
def prepare(webhook_id: int) -> Try | None:
    """Claim the next delivery and write down the try; None when there is nothing to send (now)."""
    now = clock.now()
    webhook = _locked(webhook_id)
    if webhook is None or not webhook.is_active or (webhook.rest_until is not None and webhook.rest_until > now):
        return None
    viewer = viewer_for(webhook.owner)
    if lost_rights(webhook, viewer):
        set_paused_by_system(webhook, PauseReason.OWNER)
        return None
    if not webhook.secret:
        set_paused_by_system(webhook, PauseReason.SECRET)
        return None
    waiting = due(webhook, now).select_for_update(skip_locked=True)
    for _withheld in range(MOST_WITHHELD):
        delivery = waiting.first()
        if delivery is None:
            return None
        body = build(webhook, delivery, viewer)
        if isinstance(body, Withheld):
            # Not even that something happened is known to whoever may not see it.
            delivery.delete()
        elif delivery.tries and now - delivery.created_at > LONGEST_AGE:
            _give_up(delivery)
        else:
            return begin(webhook, delivery, body)
    return None


def begin(webhook: Webhook, delivery: Delivery, body: bytes) -> Try:
    """Write down a try of a delivery that is locked."""
    now = clock.now()
    signed = signed_headers(webhook.secrets_in_force(now), delivery.message_id, now, body)
    ours = {
        "Content-Type": "application/json",
        "User-Agent": f"Deskbell/{__version__}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        **signed,
    }
    own = webhook.headers
    ((attempt_id,),) = ask([next_ids(Attempt)])[0]
    delivery.tries, delivery.claimed_until = delivery.tries + 1, now + LEASE
    send(*alteration(delivery, ["tries", "claimed_until"]))
    attempt = Attempt(
        pk=attempt_id,
        delivery=delivery,
        started_at=now,
        request_headers=ours | dict.fromkeys(own, own_headers.MASK),
        request_body=body.decode(),
    )
    send(*insertion([attempt]))
    return Try(webhook.pk, delivery.pk, attempt.pk, read_target(webhook.url), ours | own, body, allowed())


@action()
def note(made: Try, answer: Answer) -> Delivery | None:
    """Write down what became of a try; the delivery as it is now. None when it was removed meanwhile."""
    webhook = _locked(made.webhook_id)
    delivery = Delivery.objects.select_for_update().filter(pk=made.delivery_id).first()
    if webhook is None or delivery is None:
        return None
    delivery.webhook = webhook
    attempt = Attempt(
        pk=made.attempt_id,
        seconds=answer.seconds,
        status=answer.status,
        error=answer.error,
        address=answer.address,
        response_headers={name: value.replace("\0", "") for name, value in answer.headers.items()},
        response=answer.body.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}"),
    )
    send(*alteration(attempt, ["seconds", "status", "error", "address", "response_headers", "response"]))
    delivery.claimed_until, delivery.last_status, delivery.last_error = None, answer.status, answer.error
    if answer.is_good:
        delivery.state, delivery.finished_at = DeliveryState.DELIVERED, clock.now()
    elif delivery.event_id is None or delivery.tries >= MOST_TRIES or answer.status == GONE:
        delivery.state, delivery.finished_at = DeliveryState.FAILED, clock.now()
    else:
        delivery.next_try_at = clock.now() + max(_wait(delivery), asked_to_wait(answer.headers, clock.now()))
    send(*alteration(delivery, _NOTED))
    if delivery.event_id is not None or answer.is_good:
        _note_on_webhook(webhook, answer)
    tell(webhook.pk)
    return delivery


_NOTED = ("claimed_until", "last_status", "last_error", "state", "finished_at", "next_try_at")


def _wait(delivery: Delivery) -> timedelta:
    return wait_after(delivery.tries, random.random())  # noqa: S311  (spreads load; nothing secret)


def _note_on_webhook(webhook: Webhook, answer: Answer) -> None:
    now = clock.now()
    if answer.is_good:
        webhook.failing_since, webhook.last_error, webhook.failures, webhook.rest_until = None, "", 0, None
        webhook.last_success_at = now
        webhook.save()
        return
    webhook.failing_since, webhook.last_error = webhook.failing_since or now, answer.error
    if answer.is_down:
        webhook.failures += 1
        asked = min(asked_to_wait(answer.headers, now), LONGEST_REST)
        webhook.rest_until = now + max(rest(webhook.failures), asked)
    webhook.save()
    if not webhook.is_active:
        return
    if answer.status == GONE:
        set_paused_by_system(webhook, PauseReason.GONE, answer.error)
    elif now - webhook.failing_since > timedelta(days=PAUSE_AFTER_DAYS.get()):
        set_paused_by_system(webhook, PauseReason.FAILING, answer.error)


def _give_up(delivery: Delivery) -> None:
    delivery.state, delivery.finished_at = DeliveryState.FAILED, clock.now()
    delivery.last_error = delivery.last_error or _("It was too old to be sent any more.")
    delivery.save(update_fields=["state", "finished_at", "last_error"])


@transaction.atomic
def look_again(webhook_id: int) -> None:
    """Make sure that somebody comes back for what still waits."""
    webhook = _locked(webhook_id)
    if webhook is None or not webhook.is_active:
        return
    now = clock.now()
    first: datetime | None = heads(webhook).aggregate(first=Min(Greatest("next_try_at", "claimed_until")))["first"]
    if first is None:
        return
    at = max(first, webhook.rest_until or first)
    if at <= now:
        defer_sending(webhook.pk)
    elif webhook.wakes_at is None or not now < webhook.wakes_at <= at:
        webhook.wakes_at = at
        webhook.save(update_fields=["wakes_at"])
        defer_waking(webhook.pk, at)


def _locked(webhook_id: int) -> Webhook | None:
    # NO KEY: transactions that write deliveries for the webhook do not wait for it, nor it for them.
    rows = Webhook.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("owner").filter(pk=webhook_id).first()
