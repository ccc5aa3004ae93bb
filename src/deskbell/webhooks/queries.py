"""Webhooks and their log, for a viewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from deskbell.kernel.api import NotAllowed, NotFound, Viewer, clock, get_visible, visible
from deskbell.webhooks.access import MANAGE
from deskbell.webhooks.models import Attempt, Delivery, DeliveryState, PauseReason, Webhook
from deskbell.webhooks.subjects import TEST_KIND, subjects

PAGE = 50
MOST = 100


def webhooks(viewer: Viewer) -> QuerySet[Webhook]:
    """All webhooks with their owners, by name. Raises NotAllowed."""
    viewer.require(MANAGE)
    return visible(viewer, Webhook).select_related("owner").order_by("name", "pk")


def webhook(viewer: Viewer, webhook_id: int) -> Webhook:
    """Raises NotAllowed, NotFound."""
    viewer.require(MANAGE)
    return get_visible(viewer, Webhook, webhook_id, Webhook.objects.select_related("owner"))


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One page of a webhook's log, the latest first. next: the id to go on after, None at the end."""

    rows: list[Delivery]
    next: int | None


def deliveries(
    viewer: Viewer, webhook_id: int, *, state: str = "", before: int | None = None, size: int = PAGE
) -> DeliveryPage:
    """The log of a webhook. Raises NotAllowed."""
    viewer.require(MANAGE)
    rows = visible(viewer, Delivery).filter(webhook_id=webhook_id)
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    size = max(1, min(size, MOST))
    found = list(rows.order_by("-pk")[: size + 1])
    return DeliveryPage(found[:size], found[size - 1].pk if len(found) > size else None)


def waiting_counts(viewer: Viewer) -> dict[int, int]:
    """How many deliveries of each webhook wait. Raises NotAllowed."""
    viewer.require(MANAGE)
    rows = visible(viewer, Delivery).filter(state=DeliveryState.WAITING).order_by()
    return dict(rows.values_list("webhook_id").annotate(number=Count("pk")))


@dataclass(frozen=True, slots=True)
class DeliveryLog:
    """One delivery with its tries, the latest first. shows_content: the viewer may see what it is about."""

    delivery: Delivery
    attempts: list[Attempt]
    shows_content: bool


def delivery_log(viewer: Viewer, delivery_id: int, webhook_id: int | None = None) -> DeliveryLog:
    """One delivery; what was sent only for those who may see its subject. Raises NotAllowed, NotFound."""
    viewer.require(MANAGE)
    delivery = get_visible(viewer, Delivery, delivery_id, Delivery.objects.select_related("webhook__owner"))
    if webhook_id is not None and delivery.webhook_id != webhook_id:
        raise NotFound
    attempts = list(Attempt.objects.filter(delivery=delivery).order_by("-pk"))
    shows = may_see_content(viewer, delivery)
    if not shows:
        for attempt in attempts:
            attempt.request_body, attempt.response = "", ""
    return DeliveryLog(delivery, attempts, shows)


def may_see_content(viewer: Viewer, delivery: Delivery) -> bool:
    """By the policy of the record it is about; a test is about nothing."""
    if delivery.kind == TEST_KIND:
        return True
    if delivery.subject_type not in subjects:
        return False
    try:
        get_visible(viewer, subjects.get(delivery.subject_type).model, delivery.subject_id)
    except (NotFound, NotAllowed):
        return False
    return True


@dataclass(frozen=True, slots=True)
class WebhookHealth:
    """How a webhook is doing. sentence: what is wrong and what to do, empty when all is well. since: from when."""

    webhook_id: int
    name: str
    is_well: bool
    sentence: str
    since: datetime | None = None


def check_webhooks() -> list[WebhookHealth]:
    """Health of every webhook nobody paused on purpose, without sending anything; for `doctor` and the console."""
    rows = Webhook.objects.exclude(pause_reason=PauseReason.PERSON).select_related("owner").order_by("name", "pk")
    return [health(row) for row in rows]


def health(row: Webhook) -> WebhookHealth:
    since, sentence = row.paused_at, ""
    match row.pause_reason:
        case PauseReason.OWNER:
            sentence = _("Paused: %(name)s may no longer see what it carries. Take it over.") % {"name": row.owner}
        case PauseReason.SECRET:
            sentence = _("Paused: its secret cannot be read any more. Replace it, and enter its headers again.")
        case PauseReason.GONE | PauseReason.FAILING:
            reason = row.get_pause_reason_display()
            sentence = f"{reason}. {row.last_error}"
        case _ if row.failing_since is not None and row.failing_since < clock.now():
            since, sentence = row.failing_since, row.last_error
    return WebhookHealth(row.pk, str(row), not sentence, sentence.strip(), since if sentence else None)
