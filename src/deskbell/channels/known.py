"""Mailboxes and texts of acknowledgements as each process keeps them (`kernel.reference`): to be read only.

What a reader writes on a mailbox all the time (its cursor and health) may be old here.
"""

from __future__ import annotations

from collections.abc import Sequence

from deskbell.channels.models import AcknowledgementTemplate, Mailbox
from deskbell.kernel.api import reference


@reference.cached
def known_mailboxes() -> Sequence[Mailbox]:
    """All of them, active or not, with their department and kind."""
    return tuple(Mailbox.objects.select_related("department", "default_kind").order_by("pk"))


@reference.cached
def known_templates() -> Sequence[AcknowledgementTemplate]:
    """Those in use."""
    return tuple(AcknowledgementTemplate.objects.filter(is_active=True))
