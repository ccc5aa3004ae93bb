"""Background jobs of webhooks: thin shells, ids only, idempotent."""

from __future__ import annotations

from deskbell.kernel.jobs import RetryStrategy, periodic, task
from deskbell.webhooks.actions.cleaning import delete_old, find_forgotten
from deskbell.webhooks.actions.delivering import send_due
from deskbell.webhooks.actions.queueing import WAKE_JOB, defer_sending
from deskbell.webhooks.fan_out import QUEUE, SEND_JOB


@task(name=SEND_JOB, queue=QUEUE, retry=RetryStrategy(max_attempts=30, exponential_wait=2))
def send(*, webhook_id: int, **_later: object) -> None:
    """Send what is due. What a server answers is not an error of the job; the database being away is."""
    send_due(webhook_id)


@task(name=WAKE_JOB, queue=QUEUE)
def wake(*, webhook_id: int, **_later: object) -> None:
    """Its time has come; the job that sends waits for its turn."""
    defer_sending(webhook_id)


@periodic(cron="*/2 * * * *")
@task(name="webhooks.find_forgotten", queue="events")
def sweep(timestamp: int) -> None:
    del timestamp
    find_forgotten()


@periodic(cron="23 * * * *")
@task(name="webhooks.delete_old", queue="events")
def clean(timestamp: int) -> None:
    del timestamp
    delete_old()
