"""How a mailbox is doing, as shown in its settings and by `doctor`."""

from __future__ import annotations

from django.db.models import Value
from django.db.models.functions import Coalesce

from deskbell.channels.models import Mailbox
from deskbell.kernel.api import clock


def mark_well(mailbox_id: int) -> None:
    now = clock.now()
    Mailbox.objects.filter(pk=mailbox_id).update(last_checked_at=now, last_ok_at=now, failing_since=None, last_error="")


def mark_failing(mailbox_id: int, sentence: str) -> None:
    now = clock.now()
    Mailbox.objects.filter(pk=mailbox_id).update(
        last_checked_at=now, failing_since=Coalesce("failing_since", Value(now)), last_error=sentence
    )
