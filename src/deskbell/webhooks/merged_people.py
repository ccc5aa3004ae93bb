"""When two records of one person become one, their webhooks follow (registered with `people.merge_hooks`)."""

from __future__ import annotations

from deskbell.kernel.api import Viewer
from deskbell.people.api import merge_hooks
from deskbell.webhooks.models import Webhook


def move_webhooks(_viewer: Viewer, source_id: int, target_id: int) -> None:
    """They carry from now on what the remaining record may see."""
    Webhook.objects.filter(owner_id=source_id).update(owner_id=target_id)


merge_hooks.register("webhooks", move_webhooks)
