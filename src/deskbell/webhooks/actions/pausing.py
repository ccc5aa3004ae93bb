"""Pausing webhooks and letting them go on."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from deskbell.kernel.api import SYSTEM, Conflict, Viewer, clock, record
from deskbell.webhooks import events
from deskbell.webhooks.actions.queueing import defer_sending
from deskbell.webhooks.actions.webhooks import lock_webhook
from deskbell.webhooks.models import PauseReason, Webhook
from deskbell.webhooks.rights import lost_rights
from deskbell.webhooks.updates import tell


@transaction.atomic
def pause(viewer: Viewer, webhook_id: int) -> Webhook:
    """Send nothing more; what waits, waits. Events of the meantime are not kept. Raises NotFound, NotAllowed."""
    webhook = lock_webhook(viewer, webhook_id)
    if webhook.is_active:
        set_paused(viewer, webhook, PauseReason.PERSON)
    return webhook


@transaction.atomic
def resume(viewer: Viewer, webhook_id: int) -> Webhook:
    """Go on, with what waits first. Raises NotFound, NotAllowed, Conflict while its owner lacks the rights."""
    webhook = lock_webhook(viewer, webhook_id)
    if webhook.is_active:
        return webhook
    if lost_rights(webhook):
        raise Conflict(_("%(name)s may not see what it carries. Take it over first.") % {"name": webhook.owner})
    webhook.is_active, webhook.pause_reason, webhook.paused_at = True, PauseReason.NONE, None
    webhook.failing_since, webhook.last_error, webhook.failures, webhook.rest_until = None, "", 0, None
    webhook.save()
    record(viewer, events.WEBHOOK_RESUMED, webhook.pk)
    defer_sending(webhook.pk)
    tell(webhook.pk)
    return webhook


def set_paused(viewer: Viewer, webhook: Webhook, reason: PauseReason, error: str = "") -> None:
    """Pause a webhook that is locked."""
    webhook.is_active, webhook.pause_reason, webhook.paused_at = False, reason, clock.now()
    webhook.save(update_fields=["is_active", "pause_reason", "paused_at"])
    data = events.PauseData(pause_reason=reason.value, error=error)
    record(viewer, events.WEBHOOK_PAUSED, webhook.pk, data)
    tell(webhook.pk)


def set_paused_by_system(webhook: Webhook, reason: PauseReason, error: str = "") -> None:
    set_paused(SYSTEM, webhook, reason, error)
