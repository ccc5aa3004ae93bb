"""Looking at and replacing the secret that signs."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from deskbell.kernel.api import Viewer, clock, record
from deskbell.webhooks import events
from deskbell.webhooks.actions.webhooks import lock_webhook
from deskbell.webhooks.models import Webhook
from deskbell.webhooks.sending.signing import new_secret

BOTH_SIGN_FOR = timedelta(days=1)


@transaction.atomic
def show_secret(viewer: Viewer, webhook_id: int) -> str:
    """The secret; the log keeps who looked. Raises NotFound, NotAllowed."""
    webhook = lock_webhook(viewer, webhook_id)
    record(viewer, events.WEBHOOK_SECRET_SHOWN, webhook.pk)
    secret: str = webhook.secret
    return secret


@transaction.atomic
def rotate_secret(viewer: Viewer, webhook_id: int) -> Webhook:
    """Replace the secret. The one before signs too for a day. Raises NotFound, NotAllowed."""
    webhook = lock_webhook(viewer, webhook_id)
    webhook.previous_secret, webhook.previous_secret_until = webhook.secret, clock.now() + BOTH_SIGN_FOR
    webhook.secret = new_secret()
    webhook.save(update_fields=["secret", "previous_secret", "previous_secret_until"])
    record(viewer, events.WEBHOOK_SECRET_ROTATED, webhook.pk)
    return webhook
