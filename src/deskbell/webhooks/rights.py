"""Whether a webhook's owner may still see what it carries."""

from __future__ import annotations

from deskbell.kernel.api import Viewer
from deskbell.people.api import viewer_for
from deskbell.webhooks.access import MANAGE
from deskbell.webhooks.models import Webhook
from deskbell.webhooks.subjects import subjects_of


def lost_rights(webhook: Webhook, viewer: Viewer | None = None) -> bool:
    """viewer: of the owner, if it was built already. Asked for the whole webhook; each record is asked for again."""
    owner = webhook.owner
    if not owner.is_active or owner.is_blocked:
        return True
    seeing = viewer_for(owner) if viewer is None else viewer
    if not seeing.may(MANAGE):
        return True
    return not any(seeing.may_somewhere(subject.needs) for subject in subjects_of(webhook.kinds))
