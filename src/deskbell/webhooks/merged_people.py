"""When two records of one person become one, their webhooks follow (registered with `people.merge_hooks`)."""

from __future__ import annotations

from deskbell.kernel.api import Viewer, send
from deskbell.people.api import merge_hooks


def move_webhooks(_viewer: Viewer, source_id: int, target_id: int) -> None:
    """They carry from now on what the remaining record may see."""
    send("UPDATE webhooks_webhook SET owner_id = %s WHERE owner_id = %s", [target_id, source_id])


merge_hooks.register("webhooks", move_webhooks)
