"""Background jobs of channels: thin shells, ids only, idempotent."""

from __future__ import annotations

from datetime import timedelta

from deskbell.channels.actions.queueing import SEND_JOB, defer_sending
from deskbell.channels.actions.sending import STUCK_AFTER, send_now
from deskbell.channels.intake.pipeline import recover
from deskbell.channels.models import OutboundMessage, OutboundState
from deskbell.kernel.api import clock
from deskbell.kernel.jobs import RetryStrategy, periodic, task

FORGOTTEN_AFTER = timedelta(minutes=5)


@task(name=SEND_JOB, queue="mail", retry=RetryStrategy(max_attempts=30, exponential_wait=2))
def send(*, outbound_id: int, **_later: object) -> None:
    """Send one message. What a mail server says is not an error of the job; the database being away is."""
    send_now(outbound_id)


@periodic(cron="*/2 * * * *")
@task(name="channels.sweep", queue="mail")
def sweep(timestamp: int) -> None:
    """Pick up what a crash left behind: messages whose job is gone, incoming mail nobody finished processing."""
    del timestamp
    overdue = clock.now() - FORGOTTEN_AFTER
    waiting = OutboundMessage.objects.filter(
        state__in=(OutboundState.QUEUED, OutboundState.SENDING), next_try_at__lt=overdue
    )
    for row in waiting.exclude(attempted_at__gt=clock.now() - STUCK_AFTER)[:200]:
        defer_sending(row)
    recover(older_than=FORGOTTEN_AFTER)
